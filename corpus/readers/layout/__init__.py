"""Pages of placed characters -> the text: in reading order, paragraphs whole, without what the pages print around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from corpus.readers.layout.columns import Block, blocks_of, gutters_of
from corpus.readers.layout.furniture import Place, furniture_of
from corpus.readers.layout.grid import Grid, grids_of, lines_in
from corpus.readers.layout.paragraphs import (
    Measure,
    Printed,
    first_indents_of,
    joined,
    measure_of,
    printed_lines,
    text_between,
)
from corpus.readers.layout.rows import Row, rows_of
from corpus.readers.layout.types import Glyph, Page, Rule
from corpus.readers.reading import Reading

__all__ = ["Glyph", "Page", "Rule", "reading_of_pages"]

_GUTTERS = 3  # of a document, those that most pages have
_SHARE = 0.1  # of a document's characters, in columns as wide as its text
_ROWS = 20  # of a table, that show whether its rows have numbers
_NARROWER = 1.5  # heights of the type by which a column may be so and still be as wide


@dataclass(frozen=True)
class _Prose:
    page: int
    width: float  # of the page
    block: Block


@dataclass(frozen=True)
class _Table:
    page: int
    rows: tuple[tuple[str, ...], ...]


_Piece = tuple[int, str]  # the page that it begins on, and its words


def reading_of_pages(pages: Sequence[Page]) -> Reading:
    """The document that the pages print. A row of a table is a line, its cells parted by tabs."""
    items = _items(pages)
    text, starts = _text(_paragraphs(items), len(pages))
    return Reading(text, starts)


def _items(pages: Sequence[Page]) -> list[_Prose | _Table]:
    """What the pages hold, in reading order."""
    grids = [grids_of(page) for page in pages]
    rows = [rows_of(_outside(page, own)) for page, own in zip(pages, grids, strict=True)]
    around = furniture_of(rows, [page.height for page in pages])
    kept = [[row for at, row in enumerate(own) if Place(number, at) not in around] for number, own in enumerate(rows)]
    known = [gutter for own in kept for gutter in gutters_of(own)]
    gutters = _most_common(known)
    items: list[_Prose | _Table] = []
    for number, page in enumerate(pages):
        items += _of_page(number, page, grids[number], kept[number], gutters)
    return items


def _outside(page: Page, grids: Sequence[Grid]) -> list[Glyph]:
    return [glyph for glyph in page.glyphs if all(grid.cell_of(glyph) is None for grid in grids)]


def _most_common(gutters: Sequence[float]) -> list[float]:
    """Gutters of several pages, one for those that differ by little."""
    counted = Counter(round(gutter) for gutter in gutters)
    return [float(gutter) for gutter, count in counted.most_common(_GUTTERS) if count > 1]


def _of_page(
    number: int, page: Page, grids: Sequence[Grid], rows: Sequence[Row], gutters: Sequence[float]
) -> Iterator[_Prose | _Table]:
    """A page from top to foot: its tables, and the text above, between and below them."""
    at = 0
    for grid in grids:
        stop = at
        while stop < len(rows) and rows[stop].base < grid.ys[0]:
            stop += 1
        yield from (_Prose(number, page.width, block) for block in blocks_of(rows[at:stop], gutters))
        at = stop
        yield _Table(number, tuple(map(tuple, lines_in(grid, page.glyphs))))
    yield from (_Prose(number, page.width, block) for block in blocks_of(rows[at:], gutters))


def _paragraphs(items: Sequence[_Prose | _Table]) -> Iterator[list[_Piece]]:
    """Each paragraph and each row as its lines, the blanks between them included."""
    measures = _measures([item for item in items if isinstance(item, _Prose)])
    lines = {
        id(item): printed_lines(item.block.rows, measures[id(item)], item.page)
        for item in items
        if isinstance(item, _Prose)
    }
    first_indents = first_indents_of([line for printed in lines.values() for line in printed])
    for is_table, run in groupby(items, key=lambda item: isinstance(item, _Table)):
        if is_table:
            yield from _table_lines([item for item in run if isinstance(item, _Table)])
        else:
            yield from map(_pieces, joined([line for item in run for line in lines[id(item)]], first_indents))


def _pieces(paragraph: Sequence[Printed]) -> list[_Piece]:
    pieces = [(paragraph[0].page, paragraph[0].text)]
    for before, line in pairwise(paragraph):
        pieces += [(before.page, text_between(before.text, line.text)), (line.page, line.text)]
    return pieces


def _measures(prose: Sequence[_Prose]) -> dict[int, Measure]:
    """Each block's own measure; of one that is too short to show it, that of a like page: the nearest, facing alike."""
    own = {id(item): measure_of(item.block.rows) for item in prose}
    chosen = dict(own)
    by_column: dict[tuple[object, ...], list[_Prose]] = {}
    for item in prose:
        by_column.setdefault((round(item.width), *item.block.column), []).append(item)
    for like in by_column.values():
        size = median(row.size for item in like for row in item.block.rows)
        widest = _usual_width([(own[id(item)].width, sum(len(row.glyphs) for row in item.block.rows)) for item in like])
        whole = [item for item in like if own[id(item)].width >= widest - _NARROWER * size]
        for item in like:
            mine = own[id(item)]
            if mine.width >= widest - _NARROWER * size:
                continue
            fitting = [w for w in whole if _holds(own[id(w)], mine, size)]
            if fitting:
                nearest = min(fitting, key=lambda w: ((w.page - item.page) % 2, abs(w.page - item.page)))
                chosen[id(item)] = own[id(nearest)]
    return chosen


def _usual_width(widths: Sequence[tuple[float, int]]) -> float:
    """The width that a good part of the characters are set in, or in a wider one."""
    total, seen = sum(characters for _, characters in widths), 0
    for width, characters in sorted(widths, reverse=True):
        seen += characters
        if seen >= total * _SHARE:
            return width
    return 0.0


def _holds(outer: Measure, inner: Measure, size: float) -> bool:
    return outer.left - size <= inner.left and inner.right <= outer.right + size


def _table_lines(tables: Sequence[_Table]) -> Iterator[list[_Piece]]:
    """The rows of tables that follow one another. One that goes on over the page has its header once, its rows whole."""
    rows: list[tuple[int, list[str]]] = []
    header: tuple[str, ...] = ()
    last: _Table | None = None
    for table in tables:
        own = list(table.rows)
        goes_on = last is not None and own and table.page == last.page + 1 and len(own[0]) == len(header)
        if own and goes_on and own[0] == header:
            own = own[1:]
        if own and goes_on and _is_rest(own[0], rows):
            rows[-1] = rows[-1][0], [a + b for a, b in zip(rows[-1][1], own[0], strict=True)]
            own = own[1:]
        if table.rows and not goes_on:
            header = table.rows[0]
        rows += [(table.page, list(row)) for row in own]
        last = table
    for page, cells in rows:
        yield [(page, "\t".join(cells).rstrip("\t"))]


def _is_rest(row: Sequence[str], above: Sequence[tuple[int, list[str]]]) -> bool:
    """The lower part of a row that a page break cut: without a number, where those above have one."""
    numbered = [cells[0][:1].isdigit() for _, cells in above[max(1, len(above) - _ROWS) :]]
    return not row[0] and bool(numbered) and all(numbered)


def _text(paragraphs: Iterator[list[_Piece]], pages: int) -> tuple[str, tuple[int, ...]]:
    """The paragraphs a line each, and where in the text each page begins."""
    pieces: list[str] = []
    starts: dict[int, int] = {}
    length = 0
    for paragraph in paragraphs:
        if pieces:
            pieces.append("\n")
            length += 1
        for page, words in paragraph:
            if words:
                starts.setdefault(page, length)
            pieces.append(words)
            length += len(words)
    text = "".join(pieces)
    rows = [len(text)] * pages
    following = len(text)
    for page in range(pages - 1, -1, -1):
        following = rows[page] = starts.get(page, following)
    return text, tuple(rows)
