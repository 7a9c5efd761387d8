"""A text as paragraphs with their offsets: the parser's only view of white space."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.front_lines import TITLE_LIMIT, is_colophon, is_date, is_number, is_organ, is_title
from corpus.headings import label_at

SPACE = " \t\r\n\f\v\u00a0\u3000\u200b\ufeff\u2002\u2003\u2028\u2029\u0085"
_BREAK = re.compile("(\r\n|[\n\r\f\v\u2028\u2029\u0085])")
_GAP = re.compile(rf"[{re.escape(SPACE)}]+")
_SENTENCE_END = "。；;：:！？!?)）”》"
_OPEN, _CLOSE = "（([【〔［", "）)]】〕］"
_ROLES = re.compile(r"[（(\[【〔［](?:责任|責任|牵头|牽頭|负责|負責|主办|承办|落实|配合)(?:单位|單位|部门|部門)[:：]")
_LONGEST_ROLES = 400
_SHORT_HEADING = 40
_REACH = 64  # as far as a label goes
_FLATTENED = 200  # characters from which on a line may be several that lost their breaks
_LONGER_THAN_TITLE = 2 * TITLE_LIMIT + 1


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
    lead = _GAP.match(piece)
    first = lead.end() if lead else 0  # where the words begin that end at the gap
    has_numbers = False
    for gap in _GAP.finditer(piece):
        if gap.start() == 0 or gap.end() == len(piece):
            continue
        before = piece[first : min(gap.start(), first + _LONGER_THAN_TITLE)]
        is_front = start == 0 and number == 1 and is_title(before)
        numbered = bool(label_at(piece, gap.end()))
        if not has_numbers and not numbered and len(piece) > _FLATTENED:
            is_front = is_front or _ends_front_line(before)
        is_end = numbered and _may_end(piece, first, gap.start())
        if is_front or is_end or _ends_with_roles(piece, first, gap.start(), gap.end()):
            has_numbers = has_numbers or numbered
            yield from _line(piece, start, gap.start(), offset, number)
            start = first = gap.end()
    yield from _line(piece, start, len(piece), offset, number)


def _ends_front_line(before: str) -> bool:
    """Whether a line of a notice ended here before it was flattened: a sentence, a title, who signs, a day."""
    words = before.strip(SPACE)
    if words[-1:] in _SENTENCE_END and len(words) < _LONGER_THAN_TITLE:
        return words[-1:] not in "）)》”" or is_colophon(words) or is_title(words)
    return is_title(words) or is_organ(words) or is_date(words) or is_number(words) or words[-1:] in "。；："


def _ends_with_roles(piece: str, start: int, stop: int, following: int) -> bool:
    """Whether the paragraph's bracket of who is responsible stops here; another bracket goes with it."""
    if piece[stop - 1] not in _CLOSE or piece[following] in _OPEN:
        return False
    words = piece[max(start, stop - _LONGEST_ROLES) : stop]
    opening = [found.start() for found in _ROLES.finditer(words)][-1:]
    inside = words[opening[0] :] if opening else ""
    return bool(inside) and sum(sign in _OPEN for sign in inside) == sum(sign in _CLOSE for sign in inside)


def _may_end(piece: str, start: int, stop: int) -> bool:
    """Whether a paragraph of the words from `start` can stop here: a full sentence, or a heading that has no stop."""
    if piece[stop - 1] in _SENTENCE_END:
        return True
    label = label_at(piece[start : min(stop, start + _REACH)])
    return label is not None and 0 < stop - start - label.end <= _SHORT_HEADING


def _line(piece: str, start: int, end: int, offset: int, number: int) -> Iterator[Line]:
    words = piece[start:end]
    stripped = words.strip(SPACE)
    if stripped:
        lead = len(words) - len(words.lstrip(SPACE))
        begin = offset + start + lead
        yield Line(stripped, begin, begin + len(stripped), number)
