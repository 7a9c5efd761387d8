"""A text as paragraphs with their offsets: the parser's only view of white space."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.dates import DAY
from corpus.front_lines import TITLE_LIMIT, is_colophon, is_date, is_number, is_organ, is_title
from corpus.headings import ARTICLE, SECTION, Label, label_at
from corpus.printed_forms import INVISIBLE, visible
from corpus.script import fold

SPACE = " \t\r\n\f\v\u00a0\u3000\u2002\u2003\u2028\u2029\u0085" + INVISIBLE
_BREAK = re.compile("(\r\n|[\n\r\f\v\u2028\u2029\u0085])")
_GAP = re.compile(rf"[{re.escape(SPACE)}]+")
_SENTENCE_END = "。；;：:！？!?)）”》"
_GLUED = re.compile("(?<=[。；;：:！？!?）)])(?=[第一二三四五六七八九十（(0-9①-⑳㈠-㈩⑴-⒇⒈-⒛])")
_SIGNED = re.compile(rf"[一-鿿]{{4,40}}{DAY}")
_CONTENTS = re.compile(r"目\s*[录錄次]")
_SHORT_HEADING = 40
_REACH = 64  # as far as a label goes
_FLATTENED = 200  # characters from which on a line may be several that lost their breaks
_LONGER_THAN_TITLE = 2 * TITLE_LIMIT + 1
_FLAT = 0.6  # share of a text from which on one line is all of it


@dataclass(frozen=True)
class Line:
    """A paragraph without the white space around it and the signs that don't show. `number` is the printed line's,
    from 1. `indented` where it is set in as paragraphs are, `after_blank` where an empty line stands before it.
    """

    text: str
    start: int
    end: int
    number: int
    indented: bool = field(default=False, compare=False)
    after_blank: bool = field(default=False, compare=False)


def lines_of(text: str) -> tuple[Line, ...]:
    """Paragraphs in order. A text flattened to one line is cut before each numbering."""
    rows: list[Line] = []
    number, position, blank = 1, 0, False
    for piece in _BREAK.split(text):
        if _BREAK.fullmatch(piece):
            number += 1
        else:
            is_flat = len(piece) > _FLATTENED and len(piece) >= _FLAT * len(text)
            found = list(_cut(piece, position, number, blank, is_flat))
            blank = not found
            rows.extend(found)
        position += len(piece)
    return tuple(rows)


def _cut(piece: str, offset: int, number: int, blank: bool, is_flat: bool) -> Iterator[Line]:
    glued = _glued(piece) if is_flat else []
    start = 0
    for stop in (*glued, len(piece)):
        yield from _cut_at_gaps(piece[start:stop], offset + start, number, blank)
        start = stop


def _glued(piece: str) -> list[int]:
    """Where paragraphs of a text begin that lost its line ends and has no blanks in their place."""
    rows: list[int] = []
    latest: dict[str, int] = {}
    for found in _GLUED.finditer(piece):
        label = label_at(piece, found.start())
        if label and _goes_on(label, latest):
            latest[label.rank.name] = label.number or 0
            rows.append(found.start())
    if not {ARTICLE.name, SECTION.name} & set(latest):
        return []
    last = max(piece.rfind(sign) for sign in "。）)；")
    tail = piece[last + 1 :].strip(SPACE)
    if rows and last > rows[-1] and len(tail) <= TITLE_LIMIT and _SIGNED.fullmatch(fold(tail)):
        rows.append(last + 1)
    return rows


def _goes_on(label: Label, latest: dict[str, int]) -> bool:
    """Whether it is the next of its kind, or begins a new row of them."""
    return label.number == 1 or (label.number is not None and label.number == latest.get(label.rank.name, 0) + 1)


def _cut_at_gaps(piece: str, offset: int, number: int, blank: bool) -> Iterator[Line]:
    start = 0
    lead = _GAP.match(piece)
    first = lead.end() if lead else 0  # where the words begin that end at the gap
    has_numbers = False
    for gap in _GAP.finditer(piece):
        if gap.start() == 0 or gap.end() == len(piece) or not gap[0].strip(INVISIBLE):
            continue
        before = piece[first : min(gap.start(), first + _LONGER_THAN_TITLE)]
        is_front = start == 0 and number == 1 and is_title(before)
        is_front = is_front or bool(_CONTENTS.fullmatch(before))
        numbered = bool(label_at(piece, gap.end()))
        if not has_numbers and not numbered and len(piece) > _FLATTENED:
            is_front = is_front or _ends_front_line(before)
        if is_front or (numbered and _may_end(piece, first, gap.start())):
            has_numbers = has_numbers or numbered
            yield from _line(piece, start, gap.start(), offset, number, blank)
            start = first = gap.end()
    yield from _line(piece, start, len(piece), offset, number, blank)


def _ends_front_line(before: str) -> bool:
    """Whether a line of a notice ended here before it was flattened: a sentence, a title, who signs, a day."""
    words = before.strip(SPACE)
    if words[-1:] in _SENTENCE_END and len(words) < _LONGER_THAN_TITLE:
        return words[-1:] not in "）)》”" or is_colophon(words) or is_title(words)
    return is_title(words) or is_organ(words) or is_date(words) or is_number(words) or words[-1:] in "。；："


def _may_end(piece: str, start: int, stop: int) -> bool:
    """Whether a paragraph of the words from `start` can stop here: a full sentence, or a heading that has no stop."""
    if piece[stop - 1] in _SENTENCE_END:
        return True
    label = label_at(piece[start : min(stop, start + _REACH)])
    return label is not None and 0 < stop - start - label.end <= _SHORT_HEADING


def _line(piece: str, start: int, end: int, offset: int, number: int, blank: bool) -> Iterator[Line]:
    words = piece[start:end]
    stripped = words.strip(SPACE)
    if stripped:
        lead = len(words) - len(words.lstrip(SPACE))
        begin = offset + start + lead
        yield Line(visible(stripped), begin, begin + len(stripped), number, start == 0 and lead > 0, blank)
