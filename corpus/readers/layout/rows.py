"""Characters on one height -> a row of words, with the blanks that it prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from corpus.readers.layout.types import Glyph

_HAN = re.compile("[⺀-〇〡-鿿豈-﫿︰-﹏！-｠￠-￦\U00020000-\U0003ffff“”‘’…—·]")
# All in heights of the type.
_SAME_HEIGHT = 0.45  # less than a row's distance from the next, more than a raised note's
_TWICE = 0.25  # a character that is drawn twice, to make it bold
_WORD, _HAN_GAP = 0.3, 0.5  # between Latin words, and where a Chinese character stands beside the gap
_CELL = 2.5  # and wider than any blank: what follows stands apart
_PRINTED = 0.12  # narrower than any printed blank


@dataclass(frozen=True)
class Row:
    """Characters that stand side by side, from left to right, none of them blank at either end."""

    glyphs: tuple[Glyph, ...]

    @property
    def left(self) -> float:
        return self.glyphs[0].left

    @cached_property
    def right(self) -> float:
        return max(glyph.right for glyph in self.glyphs)

    @cached_property
    def base(self) -> float:
        return max(self.glyphs, key=lambda glyph: glyph.size).base

    @cached_property
    def size(self) -> float:
        """Never nothing, so that lengths can be told in it."""
        return max(median(glyph.size for glyph in self.glyphs), 1e-6)

    @cached_property
    def text(self) -> str:
        return text_of(self.glyphs)


def is_han(char: str) -> bool:
    """A Chinese character, or punctuation as wide as one: no blank stands beside it where a line is broken."""
    return bool(_HAN.match(char))


def rows_of(glyphs: Iterable[Glyph]) -> list[Row]:
    """Rows from the page's top to its foot."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: (one.base, one.left)):
        if rows and glyph.base - rows[-1][0].base <= _SAME_HEIGHT * max(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [row for row in map(row_of, rows) if row]


def row_of(glyphs: Iterable[Glyph]) -> Row | None:
    """The row that these make, each character once; None where all are blank."""
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda one: one.left):
        twice = row and row[-1].text == glyph.text and glyph.left - row[-1].left < _TWICE * glyph.size
        if not twice and (row or not glyph.is_blank):
            row.append(glyph)
    while row and row[-1].is_blank:
        row.pop()
    return Row(tuple(row)) if row else None


def parts_of(row: Row, gap: float) -> list[Row]:
    """The row cut wherever it is empty for at least `gap` heights of its type."""
    parts: list[list[Glyph]] = []
    right = 0.0
    for glyph in row.glyphs:
        if glyph.is_blank:
            continue
        if not parts or glyph.left - right >= gap * glyph.size:
            parts.append([])
        parts[-1].append(glyph)
        right = max(right, glyph.right)
    if len(parts) == 1:
        return [row]
    bounds = [*(part[0].left for part in parts[1:]), float("inf")]
    cut: list[list[Glyph]] = [[] for _ in parts]
    at = 0
    for glyph in row.glyphs:
        while not glyph.is_blank and glyph.left >= bounds[at]:
            at += 1
        cut[at].append(glyph)
    return [part for part in map(row_of, cut) if part]


def text_of(glyphs: Sequence[Glyph]) -> str:
    """The words, with a blank where one is printed or where as much room is left; a tab where far more is."""
    words = [glyph for glyph in glyphs if not glyph.is_blank]
    gaps = [(after.left - before.right) / max(before.size, after.size, 1e-9) for before, after in pairwise(words)]
    usual = max(0.0, median(gaps)) if len(gaps) > 3 else 0.0
    if _is_spaced_out(words, gaps):
        return "".join(glyph.text for glyph in words)
    pieces: list[str] = []
    blanks = ""
    at = 0
    for glyph in glyphs:
        if glyph.is_blank:
            blanks += glyph.text
            continue
        if at:
            pieces.append(_between(words[at - 1], glyph, gaps[at - 1], usual, blanks))
        pieces.append(glyph.text)
        blanks = ""
        at += 1
    return "".join(pieces)


def _between(before: Glyph, after: Glyph, gap: float, usual: float, blanks: str) -> str:
    if gap > _CELL + usual and not blanks.strip(" \u00a0"):
        return "\t"
    if blanks and gap > _PRINTED:
        return blanks
    beside_han = is_han(before.text[-1]) or is_han(after.text[0])
    return " " if gap > (_HAN_GAP if beside_han else _WORD) + usual * 2 else ""


def _is_spaced_out(words: Sequence[Glyph], gaps: Sequence[float]) -> bool:
    """Whether a title's characters stand apart evenly, to fill the line."""
    if len(words) < 4 or not all(is_han(glyph.text[0]) for glyph in words):
        return False
    return min(gaps) > _HAN_GAP and max(gaps) < 1.5 * min(gaps)
