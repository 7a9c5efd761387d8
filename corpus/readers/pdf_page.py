"""One page of a PDF as PDFium finds it: its characters with their places, and the straight lines that it draws."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any

from pypdfium2 import raw

from corpus.readers.layout.drawing import UNKNOWN, Drawn, Outline, Point, page_of, turn_of
from corpus.readers.paged import Found

_MOST_OBJECTS = 20_000  # of a page: more are a map or a drawing, whose lines make no table
_FORM_DEPTH = 6
_HYPHEN = 2  # what PDFium says for a hyphen at the end of a line
_PRIVATE = range(0xE000, 0xF000)  # what fonts that hide their text use; symbols lie above
_BLANKS = frozenset([0x09, 0x0A, 0x0D, 0x20])
_SHEET = ((0.0, 0.0), (595.0, 842.0))

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def page_found(page: Any, words: Any, most: int) -> Found:
    """What stands on the page. `page` and `words` are PDFium's. No more than `most` characters are looked at, and one."""
    box = _box(page)
    outlines, is_picture = _outlines(page, abs((box[1][0] - box[0][0]) * (box[1][1] - box[0][1])))
    return Found(page_of(box, list(_drawn(words.raw, most + 1)), outlines), is_picture)


def _drawn(words: Any, most: int) -> Iterator[Drawn]:
    x, y = ctypes.c_double(), ctypes.c_double()
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    high = 0
    for at in range(min(raw.FPDFText_CountChars(words), most)):
        if raw.FPDFText_IsGenerated(words, at) == 1:
            continue
        code = raw.FPDFText_GetUnicode(words, at)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        text = _character(code, high, raw.FPDFText_HasUnicodeMapError(words, at) == 1)
        high = 0
        if not (
            raw.FPDFText_GetCharOrigin(words, at, x, y)
            and raw.FPDFText_GetLooseCharBox(words, at, box)
            and raw.FPDFText_GetMatrix(words, at, matrix)
        ):
            continue
        size = raw.FPDFText_GetFontSize(words, at) * math.hypot(matrix.c, matrix.d)
        corners = (box.left, box.bottom), (box.right, box.top)
        yield Drawn(text, turn_of(matrix.a, matrix.b), size, (x.value, y.value), corners)


def _character(code: int, high: int, is_unnamed: bool) -> str:
    if code in _BLANKS and not is_unnamed:
        return " "
    if high and 0xDC00 <= code < 0xE000:
        return chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00)
    if code == _HYPHEN and not is_unnamed:
        return "-"
    if is_unnamed or code < 0x20 or code > 0x10FFFF or 0xD800 <= code < 0xE000 or code in _PRIVATE:
        return UNKNOWN
    return chr(code)


def _box(page: Any) -> tuple[Point, Point]:
    """The page's edges; a page that has none is as large as a sheet."""
    left, bottom, right, top = page.get_bbox()
    if not all(map(math.isfinite, (left, bottom, right, top))) or right <= left or top <= bottom:
        return _SHEET
    return (left, bottom), (right, top)


def _outlines(page: Any, area: float) -> tuple[list[Outline], bool]:
    """What the page draws, and whether an image covers more than half of it. No lines of a page that draws too much."""
    outlines: list[Outline] = []
    is_picture = False
    for count, (kind, one, matrix) in enumerate(_objects(page.raw)):
        if count >= _MOST_OBJECTS or len(outlines) >= _MOST_OBJECTS:
            return [], is_picture
        if kind == raw.FPDF_PAGEOBJ_PATH:
            outlines += _drawn_by(one, matrix)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            is_picture = is_picture or _covered(matrix) > area / 2
    return outlines, is_picture


def _objects(page: Any) -> Iterator[tuple[int, Any, Matrix]]:
    for at in range(raw.FPDFPage_CountObjects(page)):
        yield from _inside(raw.FPDFPage_GetObject(page, at), _SAME, 0)


def _inside(one: Any, outer: Matrix, depth: int) -> Iterator[tuple[int, Any, Matrix]]:
    kind = raw.FPDFPageObj_GetType(one)
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(one, own)
    matrix = _times((own.a, own.b, own.c, own.d, own.e, own.f), outer)
    yield kind, one, matrix
    if kind == raw.FPDF_PAGEOBJ_FORM and depth < _FORM_DEPTH:
        for at in range(raw.FPDFFormObj_CountObjects(one)):
            yield from _inside(raw.FPDFFormObj_GetObject(one, at), matrix, depth + 1)


def _drawn_by(path: Any, matrix: Matrix) -> Iterator[Outline]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path, fill, stroke) or not (fill.value or stroke.value):
        return
    points: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(min(raw.FPDFPath_CountSegments(path), _MOST_OBJECTS)):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind != raw.FPDF_SEGMENT_LINETO:
            yield Outline(tuple(points), bool(stroke.value))
            points = []
        if kind != raw.FPDF_SEGMENT_BEZIERTO and raw.FPDFPathSegment_GetPoint(segment, x, y):
            points.append(_at(matrix, x.value, y.value))
        if points and raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    yield Outline(tuple(points), bool(stroke.value))


def _covered(matrix: Matrix) -> float:
    """An image is drawn on a square of one by one."""
    a, b, c, d, _, _ = matrix
    return abs(a * d - b * c)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _at(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
