"""The page of contents in front of a document: its entries look like headings and open nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.headings import decimal_at, label_at
from corpus.lines import Line
from corpus.script import fold

_HEAD = re.compile(r"[#*\s]*[(\[]?目\s*[录錄次][)\]]?[*\s:]*|contents")
_LEADER = re.compile(r"(?:[.·…．。‥⋯・_\-—\s]{2,}|\t)\s*[(（〔\[-]?\s*(?:[0-9]{1,4}|[ivx]{1,6})\s*[)）〕\]-]?$")
_IN_BRACKETS = re.compile(
    r"\s*[(（〔\[]\s*[0-9]{1,4}\s*[)）〕\]]$|\s+[0-9]{1,4}$"
)  # 总则（1）, 总则 1: under 目录 alone
_LONGEST = 100  # characters of an entry
_FRONT = 60  # lines within which contents begin
_NO_ENTRY = re.compile("[。；;！？!?]")
_PAGE_ONLY = re.compile(r"[.·…．‥⋯・\-—\s]*[0-9]{1,4}")


def contents_of(lines: Sequence[Line]) -> range:
    """The lines of the contents, the line 目录 with them; empty where there are none."""
    for index, line in enumerate(lines[:_FRONT]):
        if len(line.text) <= _LONGEST and _HEAD.fullmatch(fold(line.text)):
            if stop := _end(lines, index + 1):
                return range(index, stop)
            return range(0)
        if _has_leader(line.text) and index + 1 < len(lines) and _has_leader(lines[index + 1].text):
            return range(index, _after_leaders(lines, index))
    return range(0)


def is_contents_head(line: str) -> bool:
    """目录 on a line of its own, which is no title."""
    return len(line) <= _LONGEST and bool(_HEAD.fullmatch(fold(line)))


def _has_leader(text: str, brackets: bool = False) -> bool:
    if len(text) > _LONGEST or text.count("\t") > 1:
        return False
    folded = fold(text)
    return bool(_LEADER.search(folded)) or (brackets and bool(_IN_BRACKETS.search(folded)))


def _after_leaders(lines: Sequence[Line], start: int, brackets: bool = False) -> int:
    """Past the last entry with a page's number; an entry may be printed over two lines."""
    last = start
    for index in range(start, len(lines)):
        if _has_leader(lines[index].text, brackets) or (last < index and _PAGE_ONLY.fullmatch(lines[index].text)):
            last = index + 1
        elif index - last > 1 or _NO_ENTRY.search(lines[index].text):
            break
    return last


def _end(lines: Sequence[Line], start: int) -> int:
    """One past the last entry: 0 where what follows 目录 is no list of what comes."""
    if start < len(lines) and _has_leader(lines[start].text, brackets=True):
        return _after_leaders(lines, start, brackets=True)
    stop = start
    while stop < len(lines) and len(lines[stop].text) <= _LONGEST and not _NO_ENTRY.search(lines[stop].text):
        stop += 1
    if stop == start:
        return 0
    first = _entry(lines[start].text)
    again = [i for i in range(start + 1, min(stop + 1, len(lines))) if _opens(lines[i].text, first)]
    if not again:
        return 0
    later = {_entry(line.text) for line in lines[again[-1] :]}
    end = again[-1]
    while end > start + 1 and _entry(lines[end - 1].text) not in later:
        end -= 1  # a title between the contents and what they list
    return end


def _opens(text: str, entry: str) -> bool:
    """Whether the line is what the entry names; the text may go on behind it."""
    own = _entry(text)
    return own == entry or (bool(entry) and own.startswith(entry) and (label_at(text) or decimal_at(text)) is not None)


def _entry(text: str) -> str:
    """The entry's words, to be compared."""
    words = _IN_BRACKETS.sub("", _LEADER.sub("", fold(text[: 2 * _LONGEST])))
    return re.sub(r"^[\s#>*+-]+|[#*_\s]", "", words)
