"""Rows of a page's tables: one line each, its cells parted by tabs; a cell that spans rows is said in each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

_MOST = 60  # columns that a cell's place is counted in
_ROWS = 1_000  # that one cell may span
_REPEATED = 200  # characters of a spanning cell that is said again
_LONGEST, _PARAGRAPHS = 2_000, 12  # characters of a row, and paragraphs of a cell: what has more lays out a page


class Place(NamedTuple):
    """The row that a paragraph stands in, counted through the page, and its column."""

    row: int
    column: int


@dataclass
class _Table:
    first: int = 0  # its first row, which is the header
    row: int = 0
    column: int = -1
    next_column: int = 0
    spans: dict[int, tuple[int, Place]] = field(
        default_factory=dict
    )  # rows a column is still taken for, and by which cell


@dataclass
class Cells:
    """Where the parser is among the tables of a page."""

    spanned: dict[Place, Place] = field(default_factory=dict)  # places that a cell elsewhere fills
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
            table = self._tables[-1]
            self._finish_row(table)
            self._rows += 1
            table.first = table.first or self._rows
            table.row, table.column, table.next_column = self._rows, -1, 0
        elif tag in ("td", "th") and self._tables:
            self._start_cell(self._tables[-1], attributes)

    def end(self, tag: str) -> None:
        if tag == "table" and self._tables:
            self._finish_row(self._tables.pop())
        elif tag in ("td", "th", "tr") and self._tables:
            self._tables[-1].column = -1

    def _start_cell(self, table: _Table, attributes: Mapping[str, str]) -> None:
        column = table.next_column
        while column < _MOST and self._is_taken(table, column):
            column += 1
        table.column = min(column, _MOST)
        own = Place(table.row, table.column)
        last = min(column + _count(attributes.get("colspan"), _MOST), _MOST)
        rows = _count(attributes.get("rowspan"), _ROWS) - 1
        for taken in range(column, last):
            if rows:
                table.spans[taken] = (rows, own)
            if taken > column and table.row == table.first:
                self.spanned[Place(table.row, taken)] = own
        table.next_column = max(last, column)

    def _is_taken(self, table: _Table, column: int) -> bool:
        """Whether a cell above reaches down into this place, which is then filled."""
        rows, cell = table.spans.get(column, (0, Place(0, 0)))
        if not rows:
            return False
        self.spanned[Place(table.row, column)] = cell
        table.spans[column] = (rows - 1, cell)
        return True

    def _finish_row(self, table: _Table) -> None:
        if table.row:
            for column in [column for column in table.spans if column >= table.next_column]:
                self._is_taken(table, column)


def _count(printed: str | None, most: int) -> int:
    """What colspan or rowspan says, within bounds; 1 where it is no number."""
    digits = (printed or "").strip()
    return max(1, min(int(digits), most)) if digits.isascii() and digits.isdigit() and len(digits) < 5 else 1


def joined(blocks: Sequence[tuple[str, Place | None]], spanned: Mapping[Place, Place]) -> list[tuple[str, range]]:
    """The lines of the paragraphs, each with the paragraphs that it is made of: a row of short cells is one line.

    `spanned` has the places that a cell of another place fills.
    """
    filled: dict[int, list[tuple[int, Place]]] = {}
    for place, cell in spanned.items():
        filled.setdefault(place.row, []).append((place.column, cell))
    words: dict[Place, str] = {}
    lines: list[tuple[str, range]] = []
    start = 0
    for row, group in groupby(blocks, key=lambda block: block[1].row if block[1] else 0):
        own = list(group)
        line = _row(own, filled.get(row, ()), words) if row else None
        each = [(text, range(start + n, start + n + 1)) for n, (text, _) in enumerate(own)]
        lines += each if line is None else [(line, range(start, start + len(own)))]
        start += len(own)
    return lines


def _row(
    blocks: Sequence[tuple[str, Place | None]], filled: Iterable[tuple[int, Place]], words: dict[Place, str]
) -> str | None:
    """The row as a line; None where its cells lay out a page. `words` are those of the cells so far."""
    cells: dict[int, list[str]] = {}
    for text, place in blocks:
        cells.setdefault(place.column if place else 0, []).append(text)
    row = next((place.row for _, place in blocks if place), 0)
    words.update((Place(row, column), " ".join(texts)) for column, texts in cells.items())
    is_layout = sum(len(text) for text, _ in blocks) > _LONGEST or any(len(c) > _PARAGRAPHS for c in cells.values())
    for column, cell in filled:
        if column not in cells and len(words.get(cell, "")) <= _REPEATED:
            cells[column] = [words.get(cell, "")]
    if is_layout or set(cells) == {0}:
        return None
    return "\t".join(" ".join(cells.get(column, ())) for column in range(max(cells) + 1))
