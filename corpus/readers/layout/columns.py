"""Columns of prose: a page's rows -> the blocks that are read one after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.readers.layout.rows import Row, parts_of, row_of

_GUTTER = 0.7  # heights of the type that columns stand apart at least, a mark that hangs out of one counted off
_LEAST_ROWS, _LEAST_WIDTH = 4, 8.0  # of a column: rows, and heights of the type across
_FULL, _REACHED = 1.5, 0.6  # a row that is full ends so near the edge; the share of a column's rows that are
_MOST_CUTS = 12  # places where a page is tried, those that most rows leave empty first
_WIDEST = 100  # steps of a gap that are counted
_DEPTH = 3


@dataclass(frozen=True)
class Block:
    """Rows that follow one another. `column` says which column of which they stand in; nothing for the whole width."""

    rows: tuple[Row, ...]
    column: tuple[int, ...] = ()


def blocks_of(rows: Sequence[Row], known: Sequence[float] = (), column: tuple[int, ...] = ()) -> list[Block]:
    """The rows in reading order. `known` are gutters of the document's other pages: there a short column will do."""
    if not rows:
        return []
    found = _best(rows, known) if len(column) < _DEPTH else None
    if found is None:
        return [Block(tuple(rows), column)]
    first, stop, gutter = found
    left, right = _cut(rows[first:stop], gutter)
    return [
        *([Block(tuple(rows[:first]), column)] if first else ()),
        *blocks_of(left, known, (*column, 0)),
        *blocks_of(right, known, (*column, 1)),
        *_below(rows[stop:], known, column),
    ]


def _below(rows: Sequence[Row], known: Sequence[float], column: tuple[int, ...]) -> list[Block]:
    return blocks_of(rows, known, column) if len(rows) > 1 else [Block(tuple(rows), column)] if rows else []


def gutters_of(rows: Sequence[Row]) -> list[float]:
    """Where the page is certainly set in columns."""
    found = _best(rows, ()) if rows else None
    return [found[2]] if found else []


def _best(rows: Sequence[Row], known: Sequence[float]) -> tuple[int, int, float] | None:
    """The longest run of rows (first, one past the last) that a gutter parts into columns, and where."""
    size = median(row.size for row in rows)
    spans = [[(part.left, part.right) for part in parts_of(row, _GUTTER)] for row in rows]
    places = [*known, *_places(spans, size / 2)]
    best: tuple[int, int, float] | None = None
    for place in places:
        least = 1 if place in known else _LEAST_ROWS
        for first, stop in _runs(spans, place):
            longer = best is None or stop - first > best[1] - best[0]
            if longer and _is_prose(rows[first:stop], place, size, least):
                best = first, stop, place
    return best


def _places(spans: Sequence[Sequence[tuple[float, float]]], step: float) -> list[float]:
    """Where most rows are empty, in steps across the page."""
    counted: Counter[int] = Counter()
    for row in spans:
        for (_, right), (left, _) in pairwise(row):
            counted.update(range(int(right / step) + 1, min(int(left / step), int(right / step) + _WIDEST) + 1))
    return [cell * step for cell, _ in counted.most_common(_MOST_CUTS)]


def _runs(spans: Sequence[Sequence[tuple[float, float]]], place: float) -> list[tuple[int, int]]:
    """Rows in a row that nothing of stands across the place, cut to those between the first and last beside it."""
    runs: list[tuple[int, int]] = []
    first = 0
    for number in range(len(spans) + 1):
        if number < len(spans) and not any(left < place < right for left, right in spans[number]):
            continue
        both = [at for at in range(first, number) if spans[at][0][0] < place < spans[at][-1][1]]
        if both:
            runs.append((both[0], number))
        elif number > first:
            runs.append((first, number))
        first = number + 1
    return runs


def _is_prose(rows: Sequence[Row], place: float, size: float, least: int) -> bool:
    """Whether most rows of both sides run to their column's end: those of a table or of a signature don't."""
    for side in _cut(rows, place):
        if len(side) < least:
            return False
        left, right = min(row.left for row in side), max(row.right for row in side)
        full = sum(row.right >= right - _FULL * size for row in side)
        if least > 1 and (right - left < _LEAST_WIDTH * size or full < _REACHED * len(side)):
            return False
    return True


def _cut(rows: Sequence[Row], place: float) -> tuple[list[Row], list[Row]]:
    left: list[Row] = []
    right: list[Row] = []
    for row in rows:
        for part in _halves(row, place):
            (left if part.left < place else right).append(part)
    return left, right


def _halves(row: Row, place: float) -> list[Row]:
    before = tuple(glyph for glyph in row.glyphs if glyph.left < place)
    after = row.glyphs[len(before) :]
    return [part for part in (row_of(before), row_of(after)) if part]
