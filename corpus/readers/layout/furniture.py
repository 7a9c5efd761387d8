"""What a page prints around its text: running headers and footers, and page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from corpus.headings import label_at
from corpus.readers.layout.rows import Row
from corpus.script import fold

_EDGE = 3  # rows from the top and from the foot that are looked at
_ZONE = 0.2  # of the page's height, from the top and from the foot
_SAME_PLACE = 0.01  # of the page's height
_MARGIN = 0.12  # of the page's height, in which a number that stands alone is the page's
_OFTEN, _FEW_PAGES = 3, 4  # pages that a header stands on; two will do where there are no more than so many
_DASH = r"[-–—－−―‐_~·•・.\s]"
_PAGE_NUMBER = re.compile(rf"(?:{_DASH}{{0,9}}[0-9]{{1,4}}{_DASH}{{0,9}}|第?\s*[0-9]{{1,4}}\s*(?:页|/).{{0,16}})")
_NUMBER = re.compile("[0-9]+")
_BARE = re.compile("[0-9]{1,4}")
_LONGEST = 120


class Place(NamedTuple):
    """A row of a page, counted from the page's first."""

    page: int
    row: int


class _Edge(NamedTuple):
    place: Place
    is_top: bool
    depth: int  # rows between it and the edge
    height: float  # where it stands, as a share of the page's height
    text: str
    numbers: tuple[int, ...]


def furniture_of(pages: Sequence[Sequence[Row]], heights: Sequence[float]) -> set[Place]:
    """The rows that are no part of the text. A row in which only a label's number changes is a heading.

    Where most pages would be left with nothing, what they have in common is their text.
    """
    edges = [edge for number, rows in enumerate(pages) for edge in _edges(number, rows, heights[number])]
    numbers = _page_numbers(edges, pages)
    found = _outermost(edges, numbers | _repeated(edges, len(pages)))
    emptied = sum(bool(rows) and all(Place(n, at) in found for at in range(len(rows))) for n, rows in enumerate(pages))
    return found if 2 * emptied <= len(pages) else _outermost(edges, numbers)


def _repeated(edges: Sequence[_Edge], pages: int) -> set[Place]:
    """Rows that come again at their height of other pages."""
    groups: dict[tuple[bool, str], list[_Edge]] = defaultdict(list)
    for edge in edges:
        groups[edge.is_top, _NUMBER.sub("#", edge.text)].append(edge)
    least = _OFTEN if pages > _FEW_PAGES else 2
    found: set[Place] = set()
    for group in groups.values():
        for same in _at_one_height(group):
            if len({edge.place.page for edge in same}) >= least and _runs_on(same):
                found |= {edge.place for edge in same}
    return found


def _edges(page: int, rows: Sequence[Row], height: float) -> list[_Edge]:
    edges = []
    last = len(rows) - 1
    for number in sorted({*range(min(_EDGE, len(rows))), *range(max(0, len(rows) - _EDGE), len(rows))}):
        row = rows[number]
        text = fold(" ".join(row.text.split()))
        share = row.base / height if height else 0.0
        if len(text) <= _LONGEST and min(share, 1 - share) <= _ZONE:
            is_top = share < 0.5
            depth = number if is_top else last - number
            numbers = tuple(int(found) for found in _NUMBER.findall(text))
            edges.append(_Edge(Place(page, number), is_top, depth, share, text, numbers))
    return [edge for edge in edges if edge.depth < _EDGE]


def _page_numbers(edges: Sequence[_Edge], pages: Sequence[Sequence[Row]]) -> set[Place]:
    """In a margin, between dashes or as 第2页; a bare number where it counts the pages, or where there is one page."""
    numbers = [e for e in edges if _PAGE_NUMBER.fullmatch(e.text) and min(e.height, 1 - e.height) <= _MARGIN]
    bare = [edge for edge in numbers if _BARE.fullmatch(edge.text) and _is_apart(edge, pages[edge.place.page])]
    counted = Counter(edge.numbers[0] - edge.place.page for edge in bare)
    found = {edge.place for edge in numbers if not _BARE.fullmatch(edge.text)}
    if not found:
        found |= {e.place for e in bare if counted[e.numbers[0] - e.place.page] > 1 or len(pages) == 1}
    return found


def _is_apart(edge: _Edge, rows: Sequence[Row]) -> bool:
    row = edge.place.row
    beside = (
        rows[row + 1] if edge.is_top and row + 1 < len(rows) else rows[row - 1] if row and not edge.is_top else None
    )
    return beside is None or abs(beside.base - rows[row].base) > 1.5 * rows[row].size


def _at_one_height(edges: Sequence[_Edge]) -> list[list[_Edge]]:
    groups: list[list[_Edge]] = []
    for edge in sorted(edges, key=lambda one: one.height):
        if groups and edge.height - groups[-1][0].height <= _SAME_PLACE:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    return groups


def _runs_on(edges: Sequence[_Edge]) -> bool:
    """Whether all print the same, or what differs counts the pages."""
    if len({edge.numbers for edge in edges}) == 1:
        return True
    if any(label_at(edge.text) or edge.text.startswith("附") for edge in edges):
        return False
    counts = [{edge.numbers[at] - edge.place.page for edge in edges} for at in range(len(edges[0].numbers))]
    return any(len(offsets) == 1 for offsets in counts)


def _outermost(edges: Sequence[_Edge], found: set[Place]) -> set[Place]:
    """Those with nothing further out that stays: what the text runs around is a part of it."""
    kept: set[Place] = set()
    for edge in sorted(edges, key=lambda one: (one.place.page, one.is_top, one.depth)):
        page, row = edge.place
        outer = range(row) if edge.is_top else range(row + 1, row + 1 + edge.depth)
        if edge.place in found and all(Place(page, other) in kept for other in outer):
            kept.add(edge.place)
    return kept
