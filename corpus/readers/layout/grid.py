"""Ruled tables: lines that cross -> cells, and the characters in them -> a line a row."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from corpus.readers.layout.rows import rows_of
from corpus.readers.layout.types import Glyph, Page

_MOST_RULES = 1500  # across, and down, once those in line are joined: past it a drawing, and no table
_MOST_CELLS = 5000
_NEAR = 0.25  # of a height of type: as far as two lines may miss each other that meet on paper
_MIDDLE = 0.35  # of its height, above the line that a character stands on

Span = tuple[float, float]


@dataclass(frozen=True)
class Grid:
    """A table's lines: where its rows and columns begin and end, and which cells are one."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    head_of: dict[tuple[int, int], tuple[int, int]] = field(repr=False)  # the upper left of those that are one

    def cell_of(self, glyph: Glyph) -> tuple[int, int] | None:
        """Row and column of the cell that the character stands in."""
        x, y = (glyph.left + glyph.right) / 2, glyph.base - _MIDDLE * glyph.size
        if not (self.xs[0] <= x < self.xs[-1] and self.ys[0] <= y < self.ys[-1]):
            return None
        return self.head_of[bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1]


def grids_of(page: Page) -> list[Grid]:
    """The page's tables of at least two columns, from the top."""
    if not page.rules or not page.glyphs:
        return []
    near = _NEAR * median(glyph.size for glyph in page.glyphs)
    across = _joined([(r.top, r.left, r.right) for r in page.rules if r.is_across], near)
    down = _joined([(r.left, r.top, r.bottom) for r in page.rules if not r.is_across], near)
    if not across or not down or len(across) > _MOST_RULES or len(down) > _MOST_RULES:
        return []
    grids = [grid for rows, columns in _crossing(across, down, near) if (grid := _grid(rows, columns, near))]
    return sorted(grids, key=lambda grid: grid.ys[0])


def lines_in(grid: Grid, glyphs: Iterable[Glyph]) -> list[list[str]]:
    """A list of cells for each row that holds words.

    A cell that is merged over rows says its words in each of them; one that is merged over columns says them in the
    first.
    """
    held: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        if (cell := grid.cell_of(glyph)) is not None:
            held.setdefault(cell, []).append(glyph)
    words = {cell: _words(inside) for cell, inside in held.items()}
    table = []
    for row in range(len(grid.ys) - 1):
        heads = [grid.head_of[row, column] for column in range(len(grid.xs) - 1)]
        if any(head[0] == row and words.get(head) for head in heads):
            table.append([words.get(head, "") if head[1] == column else "" for column, head in enumerate(heads)])
    return table


def _words(glyphs: Iterable[Glyph]) -> str:
    """A cell's words on one line. Those of a narrow cell are broken anywhere: what ends a paragraph can't be told."""
    text = ""
    for row in rows_of(glyphs):
        words = row.text.replace("\t", " ")
        text += words if not text or _closes_up(text[-1], words[0]) else f" {words}"
    return text


def _closes_up(before: str, after: str) -> bool:
    return not (before.isascii() and after.isascii() and before.isalnum() and after.isalnum() and not after.isdigit())


def _joined(lines: list[tuple[float, float, float]], near: float) -> list[tuple[float, float, float]]:
    """Lines as (place, from, to), those in line with one another joined where they meet."""
    rows: list[tuple[float, float, float]] = []
    lines.sort()
    start = 0
    while start < len(lines):
        stop = start
        while stop < len(lines) and lines[stop][0] - lines[start][0] <= near:
            stop += 1
        place = lines[start][0]
        for begin, end in _merged(sorted((line[1], line[2]) for line in lines[start:stop]), near):
            rows.append((place, begin, end))
        start = stop
    return rows


def _merged(spans: Iterable[Span], near: float) -> list[Span]:
    rows: list[Span] = []
    for begin, end in spans:
        if rows and begin <= rows[-1][1] + near:
            rows[-1] = rows[-1][0], max(end, rows[-1][1])
        else:
            rows.append((begin, end))
    return rows


Lines = list[tuple[float, float, float]]


def _crossing(across: Lines, down: Lines, near: float) -> list[tuple[Lines, Lines]]:
    """The lines that hang together by crossing, as (across, down) each."""
    owner = list(range(len(across) + len(down)))

    def find(one: int) -> int:
        while owner[one] != one:
            owner[one] = one = owner[owner[one]]
        return one

    down_at = [line[0] for line in down]
    for number, (y, left, right) in enumerate(across):
        first = bisect_right(down_at, left - near)
        for other in range(first, bisect_right(down_at, right + near)):
            _, top, bottom = down[other]
            if top - near <= y <= bottom + near:
                owner[find(number)] = find(len(across) + other)
    groups: dict[int, tuple[Lines, Lines]] = {}
    for number, line in enumerate(across):
        groups.setdefault(find(number), ([], []))[0].append(line)
    for number, line in enumerate(down):
        groups.setdefault(find(len(across) + number), ([], []))[1].append(line)
    return list(groups.values())


def _grid(across: Lines, down: Lines, near: float) -> Grid | None:
    if len(across) < 2 or not down:
        return None
    left, right = min(line[1] for line in across), max(line[2] for line in across)
    xs = _places(
        [*(line[0] for line in down), left, right], near
    )  # a table may be open at its sides, or cut by the page
    top, bottom = min(line[1] for line in down), max(line[2] for line in down)
    ys = _places([*(line[0] for line in across), top, bottom], near)
    rows, columns = len(ys) - 1, len(xs) - 1
    if columns < 2 or rows < 1 or rows * columns > _MOST_CELLS:
        return None
    walls, floors = _by_place(down, xs, near), _by_place(across, ys, near)
    head = {(row, column): (row, column) for row in range(rows) for column in range(columns)}
    for row in range(rows):
        middle = (ys[row] + ys[row + 1]) / 2
        for column in range(1, columns):
            if not _covers(walls[column], middle):
                head[row, column] = head[row, column - 1]
    for column in range(columns):
        middle = (xs[column] + xs[column + 1]) / 2
        for row in range(1, rows):
            if not _covers(floors[row], middle):
                head[row, column] = head[row - 1, column]
    if all(head[row, column][1] == 0 for row in range(rows) for column in range(columns)):
        return None
    return Grid(xs, ys, head)


def _places(values: Iterable[float], near: float) -> tuple[float, ...]:
    rows: list[float] = []
    for value in sorted(values):
        if not rows or value - rows[-1] > near:
            rows.append(value)
    return tuple(rows)


def _by_place(lines: Lines, places: Sequence[float], near: float) -> list[list[Span]]:
    rows: list[list[Span]] = [[] for _ in places]
    for place, begin, end in lines:
        at = max(0, bisect_right(places, place + near) - 1)
        rows[at].append((begin - near, end + near))
    return rows


def _covers(spans: Iterable[Span], value: float) -> bool:
    return any(begin <= value <= end for begin, end in spans)
