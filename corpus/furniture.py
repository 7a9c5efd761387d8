"""Lines that belong to the page and not to the document: page numbers, and the running heads beside them.

They stay in the text, which a clause is a slice of; no label is read from them, and no sentence holds one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from corpus.script import fold

_LONGEST = 40  # characters of a page number's line, and of a running head
_N = "[0-9]{1,4}"
_PAGE = re.compile(
    rf"[-~·•]{{1,3}} ?{_N} ?[-~·•]{{1,3}}|第 ?{_N} ?页(?:[ ,/()]{{0,3}}[共总]? ?{_N} ?页\)?)?|"
    rf"[共总] ?{_N} ?页[ ,/]{{0,3}}第 ?{_N} ?页|page ?{_N}(?: ?(?:of|/) ?{_N})?|{_N} ?页|[-=_*~─━═]{{3,40}}|<!-+ ?[^<>]{{0,30}}-+>"
)
_OF = re.compile(r"[0-9]{1,3} ?/ ?([0-9]{1,3})")
_ALONE = re.compile("[0-9]{1,3}")
_PROSE = re.compile("[，。；,;]")
_ENDED = "。；;：:！？!?)）”》」』|"
_FRONT = 6  # lines among which a title stands that later pages repeat
_LEAST = 10  # characters of a line that a page ended in the middle of


class _Line(Protocol):
    @property
    def text(self) -> str: ...


def is_page_number(line: str) -> bool:
    """－ 2 －, — 3 —, 第 3 页 共 9 页, -4-: a number that only a page prints so; a rule across it, or a
    comment of Markdown."""
    return len(line) <= _LONGEST and bool(_PAGE.fullmatch(fold(line).strip()))


def furniture_of(lines: Sequence[_Line]) -> frozenset[int]:
    """Which of the lines are page numbers or running heads, by index."""
    pages = {i for i, line in enumerate(lines) if is_page_number(line.text)}
    pages |= _parts_of_a_total(lines) | {i for i in range(1, len(lines) - 1) if _breaks_a_sentence(lines, i)}
    return frozenset(pages | _running_heads(lines, pages))


def _parts_of_a_total(lines: Sequence[_Line]) -> set[int]:
    """3/9 and 4/9: one alone may be a fraction in a table."""
    found = {
        i: of[1]
        for i, line in enumerate(lines)
        if len(line.text) <= _LONGEST and (of := _OF.fullmatch(fold(line.text).strip()))
    }
    totals = Counter(found.values())
    return {i for i, total in found.items() if totals[total] > 1}


def _breaks_a_sentence(lines: Sequence[_Line], index: int) -> bool:
    """A bare number between two halves of a sentence."""
    if not _ALONE.fullmatch(lines[index].text):
        return False
    before, after = lines[index - 1].text, lines[index + 1].text
    return (
        len(before) >= _LEAST
        and before[-1] not in _ENDED
        and "\t" not in before
        and "一" <= after[0] <= "鿿"
        and bool(_PROSE.search(after[:200]))
    )


def _running_heads(lines: Sequence[_Line], pages: set[int]) -> set[int]:
    """The title, or another line that comes again and again, right above or below a page's number."""
    beside = {j for i in pages for j in (i - 1, i + 1) if 0 <= j < len(lines) and j not in pages}
    beside = {j for j in beside if j >= _FRONT and len(lines[j].text) <= _LONGEST and lines[j].text[-1] not in _ENDED}
    front = {line.text for line in lines[:_FRONT]}
    again = Counter(lines[j].text for j in beside)
    return {j for j in beside if lines[j].text in front or again[lines[j].text] > 1}
