"""What a file draws on a page, whichever way up -> the page as it is read."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from corpus.readers.layout.types import Glyph, Page, Rule

UNKNOWN = "\ufffd"  # stands for a character that its font doesn't name
_SLANT = 0.05  # of a quarter turn: words at another angle are a mark across the page
_TWO_WIDE = 1.5  # heights of the type

Point = tuple[float, float]
Turned = Callable[[Point], Point]


class Drawn(NamedTuple):
    """A character that is drawn, in a space that runs upwards and to the right.

    `turn` is how many quarter turns counter-clockwise its words run; None where they run aslant. `corners` are two
    opposite ones of the room that it takes, `origin` is where it stands.
    """

    text: str
    turn: int | None
    size: float
    origin: Point
    corners: tuple[Point, Point]


class Outline(NamedTuple):
    """Corners that a pen goes to one after the other; filled, where it is not `is_stroked`."""

    points: tuple[Point, ...]
    is_stroked: bool


def turn_of(across: float, up: float) -> int | None:
    """The quarter turns of words that run in this direction."""
    if not (math.isfinite(across) and math.isfinite(up)):
        return None
    quarters = math.atan2(up, across) / (math.pi / 2)
    return round(quarters) % 4 if abs(quarters - round(quarters)) <= _SLANT else None


def page_of(
    box: tuple[Point, Point], drawn: Sequence[Drawn], outlines: Iterable[Outline] = (), thin: float = 3.0
) -> Page:
    """The page, turned so that most of its words run from left to right; words that don't then are left out.

    `box` has two opposite corners of the page. A bar that is no more than `thin` across is a line.
    """
    turns = Counter(one.turn for one in drawn if one.turn is not None)
    turn = turns.most_common(1)[0][0] if turns else 0
    turned, width, height = _upright(turn, box)
    glyphs = _glyphs([one for one in drawn if one.turn == turn and _is_finite(one)], turned)
    return Page(width, height, tuple(glyphs), tuple(rule for one in outlines for rule in _rules(one, turned, thin)))


_TURNS: tuple[Turned, ...] = (
    lambda point: point,
    lambda point: (point[1], -point[0]),
    lambda point: (-point[0], -point[1]),
    lambda point: (-point[1], point[0]),
)


def _upright(turn: int, box: tuple[Point, Point]) -> tuple[Turned, float, float]:
    """How a place becomes one of the upright page, downwards from its upper left corner; and the page's size."""
    turned = _TURNS[turn]
    xs, ys = zip(*map(turned, box), strict=True)
    left, top = min(xs), max(ys)

    def upright(point: Point) -> Point:
        x, y = turned(point)
        return x - left, top - y

    return upright, max(xs) - left, top - min(ys)


def _is_finite(drawn: Drawn) -> bool:
    places = (drawn.size, *drawn.origin, *drawn.corners[0], *drawn.corners[1])
    return drawn.size > 0 and all(map(math.isfinite, places))


def _glyphs(drawn: Iterable[Drawn], upright: Turned) -> Iterator[Glyph]:
    """A glyph for each place: where one sign stands for several characters, as one long dash for ——, they are one."""
    for (_, size), group in groupby(drawn, key=lambda one: (one.origin, one.size)):
        at_one_place = list(group)
        left, base = upright(at_one_place[0].origin)
        right = max(x for one in at_one_place for x, _ in map(upright, one.corners))
        letters = [one.text for one in at_one_place]
        if len(set(letters)) == 1 and right - left < _TWO_WIDE * size:
            letters = letters[:1]  # one that is drawn again, to make it bold
        yield Glyph("".join(letters), left, max(left, right), base, size)


def _rules(outline: Outline, upright: Turned, thin: float) -> Iterator[Rule]:
    """A bar is one line; of what the pen draws, each stretch that runs across or down."""
    points = [upright(point) for point in outline.points]
    if len(points) < 2 or not all(math.isfinite(value) for point in points for value in point):
        return
    whole = _bounds(points)
    if _is_thin(whole, thin):
        yield whole
    elif outline.is_stroked:
        yield from (rule for rule in map(_bounds, pairwise(points)) if _is_thin(rule, thin))


def _bounds(points: Iterable[Point]) -> Rule:
    xs, ys = zip(*points, strict=True)
    return Rule(min(xs), min(ys), max(xs), max(ys))


def _is_thin(rule: Rule, thin: float) -> bool:
    return min(rule.right - rule.left, rule.bottom - rule.top) <= thin
