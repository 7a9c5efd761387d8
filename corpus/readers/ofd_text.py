"""A text object of an OFD -> its characters, each with its place (GB/T 33190, 11.3)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from unicodedata import east_asian_width

from corpus.readers.layout.drawing import UNKNOWN, Drawn, Point, turn_of

_PRIVATE = range(0xE000, 0xF000)
_WIDE, _NARROW = 1.0, 0.5  # heights of the type that a character takes, where only the font would know
_WIDEST = 1.3  # further on, the next one stands apart from it

Matrix = tuple[float, float, float, float, float, float]
SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class TextCode(NamedTuple):
    """Characters, where the first one stands, and the steps to each next one."""

    text: str
    x: float
    y: float
    steps_across: tuple[float, ...]
    steps_down: tuple[float, ...]


def numbers_of(words: str | None) -> tuple[float, ...]:
    """Numbers parted by blanks; what is none counts as none."""
    return tuple(number for word in (words or "").split() if (number := _number(word)) is not None)


def steps_of(words: str | None, most: int) -> tuple[float, ...]:
    """Steps as they are written, `g 3 5.2` for three of the same; no more than `most` of them."""
    steps: list[float] = []
    tokens = iter((words or "").split())
    for token in tokens:
        if token != "g":
            count, step = 1.0, _number(token)
        else:
            count, step = _number(next(tokens, "")) or 0.0, _number(next(tokens, ""))
        if step is None:
            continue
        steps += [step] * int(max(0.0, min(count, most - len(steps))))
        if len(steps) >= most:
            break
    return tuple(steps)


def _number(word: str) -> float | None:
    try:
        value = float(word)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """The one transformation, then the other."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def at(matrix: Matrix, x: float, y: float) -> Point:
    """A place, upwards: OFD's own run down the page."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, -(b * x + d * y + f)


def drawn_by(codes: Sequence[TextCode], size: float, stretch: float, matrix: Matrix) -> Iterator[Drawn]:
    """`size` is the type's height, `stretch` how wide it is against what is usual."""
    a, b, c, d, _, _ = matrix
    height = size * math.hypot(c, d)
    for code in codes:
        x, y = code.x, code.y
        for number, char in enumerate(code.text):
            usual = size * stretch * (_WIDE if east_asian_width(char) in "WFA" else _NARROW)
            across, down = _step(code.steps_across, number), _step(code.steps_down, number)
            if across is None and down is None:
                across = usual
            width = across if across and 0 < across <= _WIDEST * size * stretch else usual
            corners = at(matrix, x, y), at(matrix, x + width, y - size)
            yield Drawn(_named(char), turn_of(a, -b), height, corners[0], corners)
            x, y = x + (across or 0.0), y + (down or 0.0)


def _step(steps: Sequence[float], number: int) -> float | None:
    """The last one holds for all that follow."""
    return steps[min(number, len(steps) - 1)] if steps else None


def _named(char: str) -> str:
    return UNKNOWN if ord(char) in _PRIVATE or char < " " else char
