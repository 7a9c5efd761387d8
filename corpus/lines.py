"""A text as paragraphs with their offsets: the parser's only view of white space."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.dates import DAY
from corpus.front_lines import TITLE_LIMIT, is_colophon, is_date, is_number, is_organ, is_title
from corpus.headings import ARTICLE, SECTION, Label, label_at
from corpus.printed_forms import INVISIBLE, visible

SPACE = " \t\r\n\f\v\u00a0\u3000\u2002\u2003\u2028\u2029\u0085" + INVISIBLE
_BREAK = re.compile("(\r\n|[\n\r\f\v\u2028\u2029\u0085])")
_GAP = re.compile(rf"[{re.escape(SPACE)}]+")
_SENTENCE_END = "。；;：:！？!?)）”》"
_GLUED = re.compile("(?<=[。；;：:！？!?）)])(?=[第一二三四五六七八九十（(0-9①-⑳㈠-㈩⑴-⒇⒈-⒛])")
_FIRST = re.compile("第一[条章编]|一、")
_SIGNED = re.compile(rf"(?:(?<=[。；）)])\s{{0,8}}|\s{{2,8}})(?P<organ>[一-鿿][一-鿿\s]{{3,60}}{DAY}\s*)$")
_DAY_AT_END = re.compile(rf"{DAY}\s*$")
_WORD = re.compile(r"\S+")
_SIGN_OFF = 120  # characters from the end in which it stands
_FRONT = re.compile(
    r"\s*(?P<title>[^。；：，\s]{0,40}关于[^。；：\s]{2,80}?的(?:通知|意见|决定|公告|通告|批复|函|通报))(?=[一-鿿])"
    r"(?P<number>[一-鿿]{1,10}[〔\[（(]\d{4}[〕\]）)]\d{1,5}号)?(?P<addressees>[^。；：]{2,120}：)?"
)
_ANNEXES = re.compile(r"附\s?件\s?[:：]")
_MISSED = 2  # numbers that one may follow another by
_CONTENTS = re.compile(r"目\s*[录錄次]")
_OPEN, _CLOSE = "（([【〔［", "）)]】〕］"
_ROLES = re.compile(r"[（(\[【〔［](?:责任|責任|牵头|牽頭|负责|負責|主办|承办|落实|配合)(?:单位|單位|部门|部門)[:：]")
_LONGEST_ROLES = 400
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
    """Where the paragraphs of a text begin that lost its line ends, and has no blanks in their place."""
    first = _first_label(piece)
    opening = label_at(piece, first) if first else None
    rows = [first] if opening else []
    latest = {opening.rank.name: 1} if opening else {}
    for found in _GLUED.finditer(piece, first):
        label = label_at(piece, found.start())
        if label and found.start() > first and _goes_on(label, latest):
            latest[label.rank.name] = label.number or 0
            rows.append(found.start())
    if not {ARTICLE.name, SECTION.name} & set(latest):
        rows = []
    rows = [*_front_ends(piece[: rows[0]]), *rows] if rows else rows
    tail = _sign_off(piece)
    return [*rows, tail] if tail and (not rows or tail > rows[-1]) else rows


def _sign_off(piece: str) -> int:
    """Where the organs begin that sign a text on one line, their day at its end; 0 where none do."""
    if found := _SIGNED.search(piece, max(0, len(piece) - _SIGN_OFF)):
        return found.start("organ")
    start = 0
    if day := _DAY_AT_END.search(piece, max(0, len(piece) - _SIGN_OFF)):
        for word in reversed(list(_WORD.finditer(piece, max(0, day.start() - _SIGN_OFF), day.start()))):
            if not is_organ(word[0]):
                break
            start = word.start()
    return start


def _first_label(piece: str) -> int:
    """Where 第一条, 第一章 or 一、 stands right behind the title; 0 where it doesn't."""
    found = _FIRST.search(piece, 0, _LONGER_THAN_TITLE)
    return found.start() if found and is_title(piece[: found.start()].strip(SPACE)) else 0


def _front_ends(front: str) -> list[int]:
    """Where the title, the 文号 and the addressees end that stand on one line without a blank."""
    found = _FRONT.match(front)
    if found is None:
        return []
    return [stop for name in ("title", "number", "addressees") if 0 < (stop := found.end(name)) < len(front)]


def _goes_on(label: Label, latest: dict[str, int]) -> bool:
    """Whether it is the next of its kind, or begins a new row of them."""
    return label.number == 1 or (label.number is not None and label.number == latest.get(label.rank.name, 0) + 1)


def _cut_at_gaps(piece: str, offset: int, number: int, blank: bool) -> Iterator[Line]:
    start = 0
    lead = _GAP.match(piece)
    first = lead.end() if lead else 0  # where the words begin that end at the gap
    has_numbers = False
    is_long = len(piece) > _FLATTENED
    latest: dict[str, int] = {}
    for gap in _GAP.finditer(piece):
        if gap.start() == 0 or gap.end() == len(piece) or not gap[0].strip(INVISIBLE):
            continue
        before = piece[first : min(gap.start(), first + _LONGER_THAN_TITLE)]
        is_front = start == 0 and number == 1 and is_title(before)
        is_front = is_front or bool(_CONTENTS.fullmatch(before))
        label = label_at(piece, gap.end())
        numbered = label is not None and bool(piece[gap.end() + label.end :][:_REACH].strip(SPACE))
        if not has_numbers and not numbered and is_long:
            is_front = is_front or _ends_front_line(before)
        elif is_long and not numbered:
            is_front = is_front or bool(_ANNEXES.match(piece, gap.end()) and piece[gap.start() - 1] in _SENTENCE_END)
        may_end = _may_end(piece, first, gap.start()) or (is_long and label is not None and _is_next(label, latest))
        if is_front or (numbered and may_end) or _ends_with_roles(piece, first, gap.start(), gap.end()):
            has_numbers = has_numbers or numbered
            if label is not None:
                latest[label.rank.name] = label.number or 0
            yield from _line(piece, start, gap.start(), offset, number, blank)
            start = first = gap.end()
    yield from _line(piece, start, len(piece), offset, number, blank)


def _is_next(label: Label, latest: dict[str, int]) -> bool:
    """Whether it follows the one before of its kind, though the sentence between them has lost its end."""
    before = latest.get(label.rank.name)
    return before is not None and label.rank.level > ARTICLE.level and 0 < (label.number or 0) - before <= _MISSED


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


def _line(piece: str, start: int, end: int, offset: int, number: int, blank: bool) -> Iterator[Line]:
    words = piece[start:end]
    stripped = words.strip(SPACE)
    if stripped:
        lead = len(words) - len(words.lstrip(SPACE))
        begin = offset + start + lead
        yield Line(visible(stripped), begin, begin + len(stripped), number, start == 0 and lead > 0, blank)
