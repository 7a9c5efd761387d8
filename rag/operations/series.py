"""Items that run on inside one clause: （一）…（二）…, 1.…2.…, 一是…二是…, 第一步…第二步…, 方法1：…方法2：…"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.numerals import NUMERAL, number_of
from corpus.script import fold

Span = tuple[int, int]
_EDGE = r"(?:^|(?<=[\n。;:,、\s]))"  # where an item can begin, in folded text
# How the items of a series are marked; each has its number in the one group.
_MARKS = (
    re.compile(rf"{_EDGE}第({NUMERAL})[章节条](?!规定|第|款|项|的|和|至)", re.MULTILINE),
    re.compile(rf"{_EDGE}\(({NUMERAL})\)(?![、\(和或至到项])", re.MULTILINE),
    re.compile(
        rf"{_EDGE}(?:([0-9]{{1,2}})[.、](?![0-9]|$)|(?<=\s)([0-9]{{1,2}})[.、](?=20[0-9]{{2}}年))", re.MULTILINE
    ),
    re.compile(rf"{_EDGE}\(([0-9]{{1,2}})\)(?![、\(和或至到项])", re.MULTILINE),
    re.compile(rf"{_EDGE}([①-⑳])", re.MULTILINE),
    re.compile(rf"{_EDGE}({NUMERAL})是(?!否)", re.MULTILINE),
    re.compile(rf"{_EDGE}({NUMERAL})、(?!{NUMERAL}[、是])", re.MULTILINE),
    re.compile(rf"{_EDGE}第({NUMERAL}|[0-9]{{1,2}})[步类档级种项](?=[:,(、\s一-鿿])", re.MULTILINE),
    re.compile(rf"{_EDGE}[一-鿿]{{2,4}}({NUMERAL}|[0-9]{{1,2}})(?=[:：])", re.MULTILINE),
)
_STOP = re.compile(r"[。;\n]")
_SENTENCE = re.compile("[。\n]")


@dataclass(frozen=True)
class Series:
    """Spans of a text: the words that lead to the items, and the items."""

    lead: Span
    items: tuple[Span, ...]


def series_in(text: str) -> tuple[Series, ...]:
    """All series of two items and more, in the order in which they begin; one may stand inside another's item."""
    folded = fold(text)
    runs = sorted(run for mark in _MARKS for run in _runs(mark, folded))
    return tuple(_series(run, runs, folded) for run in runs)


def _runs(mark: re.Pattern[str], folded: str) -> list[list[int]]:
    """Where the marks 1, 2, 3 … of one kind stand; each 1 begins a run of its own."""
    runs: list[list[int]] = []
    for found in mark.finditer(folded):
        number = number_of(next(group for group in found.groups() if group))
        if number == 1:
            runs.append([found.start()])
        elif runs and number == len(runs[-1]) + 1:
            runs[-1].append(found.start())
    return [run for run in runs if len(run) > 1]


def _series(run: list[int], runs: list[list[int]], folded: str) -> Series:
    stops = [*run[1:], _end(run, runs, folded)]
    items = tuple((start, _trimmed(folded, start, stop)) for start, stop in zip(run, stops, strict=True))
    return Series((_lead_start(folded, run[0]), run[0]), items)


def _end(run: list[int], runs: list[list[int]], folded: str) -> int:
    """The last item's: its paragraph, with the marked lines below it; of items in running text, its sentence."""
    last = run[-1]
    around = [start for other in runs if other[0] < run[0] for start in other if start > last]
    limit = min(around, default=len(folded))
    if "\n" not in folded[run[0] : last]:
        stop = _SENTENCE.search(folded, last, limit)
        return stop.end() if stop else limit
    inside = {start for other in runs if other[0] > run[0] for start in other}
    end = last
    while (line := folded.find("\n", end, limit)) >= 0:
        end = line + len(folded[line:]) - len(folded[line:].lstrip())
        if end not in inside:
            return line
    return limit


def _lead_start(folded: str, start: int) -> int:
    """Where the sentence or line right before the items begins."""
    before = folded[:start].rstrip()
    stops = [found.end() for found in _STOP.finditer(before[:-1])] if before else []
    return stops[-1] if stops else 0


def _trimmed(folded: str, start: int, stop: int) -> int:
    return start + len(folded[start:stop].rstrip())
