"""Tables in a clause's text: rows with the head of each column, as Markdown rows or as lines with tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n\u2028\u2029\u0085]+")
_RULE = re.compile(r"[\s|:+-]*-[\s|:+-]*")
_LONGEST_ROW = 20_000


@dataclass(frozen=True)
class Cell:
    """`text[start:end]` stands in the column headed `header`; both without the white space around them."""

    header: str
    text: str
    start: int
    end: int


def rows_in(text: str) -> Iterator[tuple[Cell, ...]]:
    """Each row's cells, the head of its table left out. A row has as many cells as it prints."""
    heads: list[str] = []
    sign = ""
    for line in _LINE.finditer(text):
        words = line[0]
        now = _sign_of(words)
        if not now or now != sign:
            heads, sign = [], now
        if not now or _RULE.fullmatch(words):
            continue
        cells = _cells(text, line.start(), line.end(), now)
        if not heads:
            heads = [words for words, _, _ in cells]
            continue
        yield tuple(Cell(head, *cell) for head, cell in zip(heads, cells, strict=False))


def _sign_of(words: str) -> str:
    if len(words) > _LONGEST_ROW:
        return ""
    return "|" if words.strip().startswith("|") and words.count("|") > 2 else "\t" if "\t" in words.strip() else ""


def _cells(text: str, start: int, end: int, sign: str) -> list[tuple[str, int, int]]:
    """Words and offsets of each cell between the signs."""
    if sign == "|":
        start = text.index("|", start, end) + 1
        end = text.rindex("|", start, end) if text[start:end].rstrip().endswith("|") else end
    rows = []
    while start <= end:
        stop = text.find(sign, start, end)
        stop = end if stop < 0 else stop
        words = text[start:stop]
        lead = len(words) - len(words.lstrip())
        begin = start + lead
        rows.append((words.strip(), begin, begin + len(words.strip())))
        start = stop + 1
    return rows
