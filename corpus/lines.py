"""A text as paragraphs with their offsets: the parser's only view of white space."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.front_lines import is_title
from corpus.headings import label_at

SPACE = " \t\r\n\f\v\u00a0\u3000\u200b\ufeff\u2002\u2003\u2028\u2029\u0085"
_BREAK = re.compile("(\r\n|[\n\r\f\v\u2028\u2029\u0085])")
_GAP = re.compile(rf"[{re.escape(SPACE)}]+")
_SENTENCE_END = "。；;：:！？!?)）”》"
_SHORT_HEADING = 40


@dataclass(frozen=True)
class Line:
    """A paragraph without the white space around it. `number` is the printed line's, from 1."""

    text: str
    start: int
    end: int
    number: int


def lines_of(text: str) -> tuple[Line, ...]:
    """Paragraphs in order. A text flattened to one line is cut before each numbering."""
    rows: list[Line] = []
    number, position = 1, 0
    for piece in _BREAK.split(text):
        if _BREAK.fullmatch(piece):
            number += 1
        else:
            rows.extend(_cut(piece, position, number))
        position += len(piece)
    return tuple(rows)


def _cut(piece: str, offset: int, number: int) -> Iterator[Line]:
    start = 0
    for gap in _GAP.finditer(piece):
        if gap.start() == 0 or gap.end() == len(piece):
            continue
        words = piece[start : gap.start()]
        is_front = start == 0 and number == 1 and is_title(words.strip(SPACE) or words)
        if is_front or (label_at(piece[gap.end() :]) and _may_end(words)):
            yield from _line(piece, start, gap.start(), offset, number)
            start = gap.end()
    yield from _line(piece, start, len(piece), offset, number)


def _may_end(words: str) -> bool:
    """Whether a paragraph can stop here: a full sentence, or a heading that has no stop."""
    words = words.strip(SPACE)
    if not words:
        return False
    label = label_at(words)
    is_heading = label is not None and 0 < len(words) - label.end <= _SHORT_HEADING
    return words[-1] in _SENTENCE_END or is_heading


def _line(piece: str, start: int, end: int, offset: int, number: int) -> Iterator[Line]:
    words = piece[start:end]
    stripped = words.strip(SPACE)
    if stripped:
        lead = len(words) - len(words.lstrip(SPACE))
        begin = offset + start + lead
        yield Line(stripped, begin, begin + len(stripped), number)
