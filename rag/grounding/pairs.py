"""Pairs of neighbouring characters: what two wordings of the same have in common."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[一-鿿a-z]+|(?:19|20)\d\d(?=年)")
_LETTERS = re.compile("[一-鿿]*")
_EMPTY = re.compile("[的了和与及或是为在对将把由给予以其该这那也都就可按至到从有个第各等应当能者并]")
ORDINAL = re.compile("第[一二三四五六七八九十百零0-9]+[条款项章节目类档级等次批阶]")


def pairs(text: str) -> frozenset[str]:
    """The pairs of a folded text without its empty words; of a run of one character that character, and #第三款."""
    rows = {f"#{words}" for words in ORDINAL.findall(text)}
    for run in _PLAIN.findall(_EMPTY.sub("，", text)):
        rows |= {run[i : i + 2] for i in range(len(run) - 1)} if len(run) > 1 and not run.isdigit() else {run}
    return frozenset(rows)


def share_of(wanted: frozenset[str], there: frozenset[str]) -> float:
    """The share of the wanted pairs that are there."""
    return len(wanted & there) / len(wanted) if wanted else 0.0


def comes_closely(word: str, text: str, gap: int) -> bool:
    """Whether the characters of a word come in a text in order, with no more than `gap` others between two of them."""
    start = text.find(word[0])
    while start >= 0:
        at = start
        for character in word[1:]:
            after = text.find(character, at + 1, at + 2 + gap)
            if after < 0 or not _LETTERS.fullmatch(text, at + 1, after):
                break
            at = after
        else:
            return True
        start = text.find(word[0], start + 1)
    return False
