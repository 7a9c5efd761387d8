"""A document's parts: its main body and its annexes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.bounds import MAX_ANNEXES
from corpus.errors import UnreadableTextError
from corpus.front_lines import is_date, is_organ
from corpus.lines import Line
from corpus.numerals import NUMERAL
from corpus.script import fold, simplify

BODY = "正文"
_MARK = re.compile(rf"(?P<mark>附(?:件|表|录)\s*(?:[0-9]{{1,2}}|{NUMERAL})?)\s*(?P<colon>[:.、]?)\s*(?P<rest>.*)")
_TITLE_LIMIT = 60


@dataclass(frozen=True)
class Part:
    """The main body (mark `正文`, or empty when the document has no annexes) or one annex."""

    mark: str
    label: str
    lines: tuple[Line, ...]
    is_annex: bool = False
    annex_list: int | None = None  # index of the line that begins the list of annexes


@dataclass(frozen=True)
class _Mark:
    index: int
    mark: str
    has_title: bool
    is_list: bool


def parts_of(lines: Sequence[Line]) -> tuple[Part, ...]:
    """Body first, then the annexes in order. A document without annexes is one part.

    Raises UnreadableTextError naming the line past which there are more annexes than a document can have.
    """
    if not lines:
        return ()
    marks = _marks(lines)
    headings = _headings(lines, marks)
    if len(headings) > MAX_ANNEXES:
        line = lines[headings[MAX_ANNEXES].index].number
        raise UnreadableTextError(f"line {line}: more than {MAX_ANNEXES} annexes. Split the file.")
    first = headings[0].index if headings else len(lines)
    lists = [m.index for m in marks if m.index < first]
    body = Part(
        BODY if headings else "",
        BODY if headings else "",
        tuple(lines[:first]),
        annex_list=lists[0] if lists else None,
    )
    rows = [body] if first else []
    ends = [mark.index for mark in headings[1:]] + [len(lines)] * bool(headings)
    for mark, end in zip(headings, ends, strict=True):
        own = tuple(lines[mark.index : end])
        rows.append(Part(mark.mark, _label(mark, own), own, is_annex=True))
    return tuple(rows)


def _marks(lines: Sequence[Line]) -> list[_Mark]:
    rows = []
    for index, line in enumerate(lines):
        found = _MARK.fullmatch(fold(line.text))
        if not found or index == 0:
            continue
        rest = found["rest"]
        if rest and (len(rest) > _TITLE_LIMIT or re.search("[。,;]", rest)):
            continue
        if rest and not found["colon"] and not line.text[found.end("mark")].isspace():
            continue
        mark = re.sub(r"\s", "", found["mark"])
        is_list = bool(rest) and (found["colon"] == ":" and mark in ("附件", "附表", "附录"))
        rows.append(_Mark(index, mark, bool(rest), is_list))
    return rows


def _headings(lines: Sequence[Line], marks: Sequence[_Mark]) -> list[_Mark]:
    """The marks that open an annex: not those of a list, nor the earlier of two alike."""
    rows = []
    last = {mark.mark: position for position, mark in enumerate(marks)}
    for position, mark in enumerate(marks):
        again = last[mark.mark] > position
        next_index = marks[position + 1].index if position + 1 < len(marks) else len(lines)
        between = [line for line in lines[mark.index + 1 : next_index] if not _closes(line.text)]
        empty = mark.has_title and not between
        if not (mark.is_list or again or empty):
            rows.append(mark)
    return rows


def _closes(text: str) -> bool:
    return is_date(text) or is_organ(text)


def _label(mark: _Mark, lines: Sequence[Line]) -> str:
    """`附件1 嘉定区…计划`: the mark with its title."""
    printed = simplify(lines[0].text)
    if mark.has_title:
        return printed
    has_title = len(lines) > 1 and len(lines[1].text) <= _TITLE_LIMIT and lines[1].text[-1] not in "。；：;:"
    return f"{printed} {simplify(lines[1].text)}" if has_title else printed
