"""A document's parts: its main body and its annexes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.bounds import MAX_ANNEXES
from corpus.errors import UnreadableTextError
from corpus.front_lines import is_colophon, is_date, is_organ
from corpus.lines import Line
from corpus.numerals import NUMERAL
from corpus.script import fold, simplify
from corpus.types import BODY

_NUMBER = rf"[0-9]{{1,2}}(?:\s?[-.]\s?[0-9]{{1,2}}(?![0-9]))*|[a-z](?:\.?[0-9]{{1,2}})?|{NUMERAL}"
_MARK = re.compile(
    rf"[\s#*>]*(?P<open>[(\[<《])?\s*(?P<mark>附\s*(?P<kind>[件表录图])?(?:\s*(?P<number>{_NUMBER}))?)\s*"
    r"(?P<close>[)\]>》])?(?P<colon>[\s*]*[:.、]?)\s*(?P<rest>.*)"
)
_ITEM = re.compile(r"\s*(?P<number>[0-9]{1,2})\s*[.、]\s*.{0,120}")
_TITLE_LIMIT = 60
_BELOW = 3  # lines that tell an annex from a list of annexes


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
        found = _MARK.match(fold(line.text[: 2 * _TITLE_LIMIT + 1])) if index else None
        if found is None or not _is_mark(found, line.text):
            continue
        colon, rest = found["colon"].strip(" *"), found["rest"].strip(" *")
        mark = re.sub(r"\s", "", found["mark"]).upper()
        is_list = bool(rest) and colon == ":" and not found["number"]
        is_list = (is_list and not _has_own_text(lines, index)) or (
            not rest and colon == ":" and not found["number"] and _names_annexes(lines, index)
        )
        rows.append(_Mark(index, mark, bool(rest), is_list))
    return rows


def _is_mark(found: re.Match[str], line: str) -> bool:
    """Whether the line is the mark, alone or with a title: no sentence about an annex."""
    rest, colon = found["rest"].strip(" *"), found["colon"].strip(" *")
    if bool(found["open"]) != bool(found["close"]) or not (found["kind"] or found["number"] or colon == ":"):
        return False
    if rest and (len(line) > 2 * _TITLE_LIMIT or len(rest) > _TITLE_LIMIT or re.search("[。,;]", rest)):
        return False
    is_apart = bool(colon or found["close"]) or line[found.end("mark") : found.start("rest")].strip("*") != ""
    return not rest or is_apart or bool(found["number"] and rest[0] == "(" and rest[-1] == ")")


def _names_annexes(lines: Sequence[Line], index: int) -> bool:
    """附件： with nothing under it but numbered titles, down to the sign-off or the end."""
    count = 0
    for line in lines[index + 1 :]:
        item = _ITEM.fullmatch(fold(line.text)) if len(line.text) <= 2 * _TITLE_LIMIT else None
        if item is None or int(item["number"]) != count + 1 or line.text[-1] in "。；;：":
            return count > 0 and (
                _closes(line.text) or is_colophon(line.text) or bool(_MARK.match(fold(line.text[:20])))
            )
        count += 1
    return count > 0


def _has_own_text(lines: Sequence[Line], index: int) -> bool:
    """附：名单 below the sign-off with its text under it, where a list of annexes has only their names."""
    if not _closes(lines[index - 1].text):
        return False
    below = [line.text for line in lines[index + 1 : index + 1 + _BELOW]]
    return any(not _ITEM.fullmatch(text) and not _closes(text) and not is_colophon(text) for text in below)


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
