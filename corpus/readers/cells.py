"""Rows of a page's tables: one line each, its cells parted by tabs, a cell that spans rows left empty below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

_MOST = 60  # columns that a cell's place is counted in
_ROWS = 1_000  # that one cell may span
_LONGEST, _PARAGRAPHS = 2_000, 12  # characters of a row, and paragraphs of a cell: what has more lays out a page


class Place(NamedTuple):
    """The row that a paragraph stands in, counted through the page, and its column."""

    row: int
    column: int


@dataclass
class _Table:
    row: int = 0
    column: int = -1
    next_column: int = 0
    spans: dict[int, int] = field(default_factory=dict)  # rows that a column is still taken for


@dataclass
class Cells:
    """Where the parser is among the tables of a page."""

    _tables: list[_Table] = field(default_factory=list)
    _rows: int = 0

    @property
    def place(self) -> Place | None:
        """Of the words that come now; None outside of cells."""
        table = self._tables[-1] if self._tables else None
        return Place(table.row, table.column) if table and table.row and table.column >= 0 else None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "table":
            self._tables.append(_Table())
        elif tag == "tr" and self._tables:
            self._rows += 1
            table = self._tables[-1]
            table.row, table.column, table.next_column = self._rows, -1, 0
        elif tag in ("td", "th") and self._tables:
            self._start_cell(self._tables[-1], attributes)

    def end(self, tag: str) -> None:
        if tag == "table" and self._tables:
            self._tables.pop()
        elif tag in ("td", "th", "tr") and self._tables:
            self._tables[-1].column = -1

    def _start_cell(self, table: _Table, attributes: Mapping[str, str]) -> None:
        column = table.next_column
        while table.spans.get(column, 0) > 0 and column < _MOST:
            table.spans[column] -= 1
            column += 1
        table.column = min(column, _MOST)
        width = _count(attributes.get("colspan"), _MOST)
        for taken in range(column, min(column + width, _MOST)):
            table.spans[taken] = _count(attributes.get("rowspan"), _ROWS) - 1
        table.next_column = min(column + width, _MOST)


def _count(printed: str | None, most: int) -> int:
    """What colspan or rowspan says, within bounds; 1 where it is no number."""
    digits = (printed or "").strip()
    return max(1, min(int(digits), most)) if digits.isascii() and digits.isdigit() and len(digits) < 5 else 1


def joined(blocks: Sequence[tuple[str, Place | None]]) -> list[tuple[str, range]]:
    """The lines of the paragraphs, each with the paragraphs that it is made of: a row of short cells is one line."""
    lines: list[tuple[str, range]] = []
    start = 0
    for row, group in groupby(blocks, key=lambda block: block[1].row if block[1] else 0):
        own = list(group)
        line = _row(own) if row else None
        each = [(text, range(start + n, start + n + 1)) for n, (text, _) in enumerate(own)]
        lines += each if line is None else [(line, range(start, start + len(own)))]
        start += len(own)
    return lines


def _row(blocks: Sequence[tuple[str, Place | None]]) -> str | None:
    """The row as a line; None where its cells lay out a page."""
    cells: dict[int, list[str]] = {}
    for text, place in blocks:
        cells.setdefault(place.column if place else 0, []).append(text)
    is_layout = sum(len(text) for text, _ in blocks) > _LONGEST or any(len(c) > _PARAGRAPHS for c in cells.values())
    if is_layout or set(cells) == {0}:
        return None
    return "\t".join(" ".join(cells.get(column, ())) for column in range(max(cells) + 1))
