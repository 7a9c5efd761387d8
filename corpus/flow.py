"""A clause's text as it reads on: over line ends that only the page made, past page numbers, without signs that don't
show. Each of its characters knows where in the text it stands, so that what is found in it is quoted as printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from corpus.front_lines import is_date, is_number, is_organ, is_title
from corpus.furniture import is_page_number
from corpus.headings import ARTICLE, decimal_at, label_at
from corpus.printed_forms import INVISIBLE, places, visible
from corpus.wrapped import is_bare_heading, is_unfinished

_LINE = re.compile(r"[^\r\n\u2028\u2029\u0085]+")
_BLANK = " \t\u00a0\u3000" + INVISIBLE
_LEAST, _HEAD = 10, 40  # characters of a line that may have been broken, and of a running head
_PROSE = re.compile("[，。；、,;（《“]")
_SENTENCE = re.compile("[，。；,;]")
_BULLET = re.compile("——|[-*+•·●■◆]|[一二三四五六七八九十]是")
_HAN = re.compile("[一-鿿]")


@dataclass(frozen=True)
class Flow:
    """`words` are `text` as it reads on; `at[i]` is where the i-th of them stands."""

    text: str
    words: str
    at: tuple[int, ...]

    def printed(self, words: str) -> str:
        """The words as they stand in the text, with the line ends and signs among them."""
        start = self.words.find(words)
        if start < 0 or not words:
            return words
        return self.text[self.at[start] : self.at[start + len(words) - 1] + 1]

    @cached_property
    def is_as_printed(self) -> bool:
        return self.words == self.text


def flowing(text: str) -> Flow:
    """The text without page numbers' lines and the breaks inside sentences."""
    pieces: list[tuple[int, int]] = []
    for start, end, joins in _lines(text):
        if pieces and not joins:
            pieces.append((pieces[-1][1], start))  # the break, as it stands
        pieces.append((start, end))
    if not pieces:
        return Flow(text, text, tuple(range(len(text))))
    if not text[pieces[-1][1] :].strip():
        pieces.append((pieces[-1][1], len(text)))
    if len(pieces) == 2 and pieces[0] == (0, len(text)) and visible(text) == text:
        return Flow(text, text, tuple(range(len(text))))
    words: list[str] = []
    at: list[int] = []
    for start, end in pieces:
        piece = text[start:end]
        words.append(visible(piece))
        at.extend(start + place for place in places(piece)[:-1])
    return Flow(text, "".join(words), tuple(at))


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Where the paragraphs of a clause stand: one over several lines is one, a page's number is none and ends one."""
    rows: list[tuple[int, int]] = []
    last = 0
    for start, end, joins in _lines(text):
        if joins and rows and not _has_page_number(text[last:start]):
            rows[-1] = (rows[-1][0], end)
        else:
            rows.append((start, end))
        last = end
    return rows


def unbroken(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of `text[start:end]` between page numbers: what may be quoted in one piece. Never empty."""
    if "\n" not in text[start:end]:
        return [(start, end)]
    rows: list[tuple[int, int]] = []
    last: int | None = None
    for line_start, line_end, _ in _lines(text[:end]):
        if line_end <= start:
            continue
        begin = max(start, line_start)
        if last is None or _has_page_number(text[last:begin]):
            rows.append((begin if last is not None else start, line_end))
        else:
            rows[-1] = (rows[-1][0], line_end)
        last = line_end
    return (
        [*rows[:-1], (rows[-1][0], end if not text[rows[-1][1] : end].strip() else rows[-1][1])]
        if rows
        else [(start, end)]
    )


def _has_page_number(between: str) -> bool:
    return bool(between.strip())


def _lines(text: str) -> list[tuple[int, int, bool]]:
    """Each line but page numbers, with whether it goes on with the sentence of the one before."""
    rows: list[tuple[int, int, bool]] = []
    paged = False
    for found in _LINE.finditer(text):
        line = found[0]
        if not line.strip(_BLANK):
            continue
        if is_page_number(line):
            paged = True
            continue
        if paged and len(line) <= _HEAD and not _SENTENCE.search(line) and is_title(line.strip(_BLANK)):
            continue  # the running head of the next page
        before = rows[-1] if rows else None
        joins = before is not None and _goes_on(text, before, found.start(), line, paged)
        rows.append((*found.span(), joins))
        paged = False
    return rows


def _goes_on(text: str, before: tuple[int, int, bool], start: int, line: str, paged: bool) -> bool:
    """Whether a sentence runs over the break: the line before stops short, and this one is no beginning."""
    words = text[before[0] : before[1]].strip(_BLANK)
    if line[0] in _BLANK or "\t" in words or "\t" in line or words[0] == "|" or not is_unfinished(words):
        return False
    if len(words) < _LEAST and not (before[2] or paged):
        return False
    if not paged and text[before[1] : start].count("\n") > 1:
        return False
    first = line[0]
    if not _HAN.match(first) and first not in "，。；、）”》（《“0123456789":
        return False
    label = label_at(line)
    if label is not None and label.rank.level > ARTICLE.level:
        return False  # 第十条 inside a clause is a mention: else it would be a clause of its own
    if decimal_at(line) or _BULLET.match(line):
        return False
    if not _SENTENCE.search(words) and (is_title(words) or is_organ(words) or is_date(words) or is_number(words)):
        return False
    label = label_at(words)
    if label is not None and is_bare_heading(words, label) and not (label.rank is ARTICLE and paged):
        return False
    return bool(before[2] or paged or label or _PROSE.search(words))
