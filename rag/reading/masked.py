"""A question without its names: what is left says what kind of answer is wanted, in any office's texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from corpus.places import known_places
from corpus.script import fold

DOCUMENT, PLACE, BODY = "D", "P", "B"  # no folded text holds a capital letter
_TITLE = re.compile("《[^》]{1,80}》")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LONGEST = 400  # characters of a question that say what it wants


def masked(question: str, names: Iterable[tuple[str, str]] = ()) -> str:
    """The folded question, each of `names` (words, mask) put out by its mask, longest first, and every number by 0.

    Titles in 《》 and places that are known without any text are masked as well.
    """
    plain = _TITLE.sub(DOCUMENT, fold(question)[:_LONGEST])
    for words, mask in sorted(names, key=lambda name: -len(name[0])):
        plain = plain.replace(fold(words), mask) if len(words) > 1 else plain
    return _NUMBER.sub("0", _without_places(plain))


def _without_places(plain: str) -> str:
    kept, position = [], 0
    forms, longest = _places()
    while position < len(plain):
        length = next((n for n in range(longest, 1, -1) if plain[position : position + n] in forms), 0)
        kept.append(PLACE if length else plain[position])
        position += length or 1
    return "".join(kept)


@cache
def _places() -> tuple[frozenset[str], int]:
    forms = frozenset(form for form in known_places() if len(form) > 1)
    return forms, max(map(len, forms))


def pieces(text: str, longest: int = 3) -> Sequence[str]:
    """All stretches of one to `longest` characters, repeats included; `^` and `$` mark the ends."""
    bounded = f"^{text}$"
    return [bounded[i : i + n] for n in range(1, longest + 1) for i in range(len(bounded) - n + 1)]
