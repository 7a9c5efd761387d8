"""What an OFD's page draws: its characters and its lines, in millimetres, upwards."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.readers.layout.drawing import Drawn, Outline, Point, page_of
from corpus.readers.ofd_package import Element, Sheet, named, tag_of
from corpus.readers.ofd_text import SAME, Matrix, TextCode, at, drawn_by, numbers_of, steps_of, times
from corpus.readers.paged import Found

_SHEET = (0.0, 0.0, 210.0, 297.0)
_HOLDERS = frozenset(["Page", "Content", "Layer", "PageBlock"])  # what holds objects
_MOST_LINES = 20_000  # of a page: more are a drawing, whose lines make no table
_THIN = 1.0  # millimetres: a bar so thin is a line
_USUAL_SIZE = 3.7  # millimetres, where a text object says none
_POINTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}  # numbers behind each step of a path


def page_found(sheet: Sheet, most: int) -> Found:
    """The page with no more than `most` characters, and one."""
    drawn: list[Drawn] = []
    outlines: list[Outline] = []
    box = _box(sheet.box)
    is_picture = False
    for one in (found for layer in sheet.layers for found in _objects(layer)):
        kind = tag_of(one)
        if kind == "TextObject" and len(drawn) <= most:
            drawn += _text(one, most + 1 - len(drawn))
        elif kind == "PathObject" and len(outlines) <= _MOST_LINES:
            outlines += _path(one)
        elif kind == "ImageObject":
            is_picture = is_picture or _covers(one, box)
    return Found(page_of(box, drawn, outlines if len(outlines) <= _MOST_LINES else (), _THIN), is_picture)


def _covers(image: Element, box: tuple[Point, Point]) -> bool:
    """Whether it covers more than half of the page."""
    boundary = numbers_of(image.get("Boundary"))
    (left, top), (right, bottom) = box
    return len(boundary) == 4 and 2 * boundary[2] * boundary[3] > (right - left) * (top - bottom)


def _objects(holder: Element) -> Iterator[Element]:
    """In the page's order, however the blocks are nested."""
    waiting = [holder]
    while waiting:
        one = waiting.pop()
        if tag_of(one) in _HOLDERS:
            waiting.extend(reversed(one))
        else:
            yield one


def _box(words: str | None) -> tuple[Point, Point]:
    numbers = numbers_of(words)
    left, top, width, height = numbers if len(numbers) == 4 and min(numbers[2:]) > 0 else _SHEET
    return (left, -top), (left + width, -(top + height))


def _matrix(one: Element) -> Matrix:
    """From the object's own space to the page's."""
    boundary, own = numbers_of(one.get("Boundary")), numbers_of(one.get("CTM"))
    x, y = boundary[:2] if len(boundary) >= 2 else (0.0, 0.0)
    a, b, c, d, e, f = own if len(own) == 6 else SAME
    return times((a, b, c, d, e, f), (1.0, 0.0, 0.0, 1.0, x, y))


def _text(one: Element, most: int) -> list[Drawn]:
    size = next(iter(numbers_of(one.get("Size"))), _USUAL_SIZE)
    stretch = next(iter(numbers_of(one.get("HScale"))), 1.0)
    codes: list[TextCode] = []
    x = y = 0.0
    for code in named(one, "TextCode"):
        text = (code.text or "").strip("\r\n")[:most]
        x, y = next(iter(numbers_of(code.get("X"))), x), next(iter(numbers_of(code.get("Y"))), y)
        across, down = steps_of(code.get("DeltaX"), len(text)), steps_of(code.get("DeltaY"), len(text))
        codes.append(TextCode(text, x, y, across, down))
        most -= len(text)
    return list(drawn_by(codes, size, stretch, _matrix(one)))


def _path(one: Element) -> Iterator[Outline]:
    """Its straight lines. It is stroked unless it says that it isn't."""
    matrix = _matrix(one)
    is_stroked = (one.get("Stroke") or "true").strip().lower() != "false"
    points: list[Point] = []
    for step, numbers in _steps(" ".join(child.text or "" for child in named(one, "AbbreviatedData"))):
        if step == "C" and points:
            points.append(points[0])
        if step != "L":
            yield Outline(tuple(points), is_stroked)
            points = []
        if len(numbers) >= 2:
            points.append(at(matrix, numbers[-2], numbers[-1]))
    yield Outline(tuple(points), is_stroked)


def _steps(words: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    tokens = words.split()[: 8 * _MOST_LINES]
    place = 0
    while place < len(tokens):
        count = _POINTS.get(tokens[place])
        if count is None:
            place += 1
            continue
        yield tokens[place], numbers_of(" ".join(tokens[place + 1 : place + 1 + count]))
        place += 1 + count
