"""Folding for searching and matching: script, width and case, one character for one.

The folded text has the same length as the printed one, so an offset found in it holds in the print.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from opencc import OpenCC

from corpus.printed_forms import usual

_TO_SIMPLIFIED = OpenCC("t2s")
# Forms that NFKC leaves alone and that stand for one another in policy texts.
_VARIANTS = str.maketrans("〔〕【】—–―‐−~〜", "[][]-----~~")


@lru_cache(maxsize=2**18)  # more than there are characters: a text that has them all is no slower
def _fold_character(character: str) -> str:
    if unicodedata.category(character) in ("No", "Cs"):  # ① is a numbering, not the digit 1; half a character
        return character
    normal = unicodedata.normalize("NFKC", usual(character))
    if len(normal) != 1:
        normal = character
    simplified = _TO_SIMPLIFIED.convert(normal).translate(_VARIANTS).lower()
    return simplified if len(simplified) == 1 else character


def fold(text: str) -> str:
    """Simplified, half-width, lower-case; same length as `text`. For matching, never for showing."""
    return "".join(map(_fold_character, text))


def simplify(text: str) -> str:
    """Simplified characters, radicals as the characters they stand for; everything else as printed: for names, labels
    and titles.
    """
    return _TO_SIMPLIFIED.convert(usual(text)) if _is_whole(text) else text


def _is_whole(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)
