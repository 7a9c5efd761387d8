"""How an address is spoken in a question: 第17条, 附件二第二部分第（四）项第2点, 三（五）, 头一条."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.numerals import NUMERAL, number_of
from corpus.script import fold

NUMBER = rf"(?:{NUMERAL}|[0-9]{{1,3}})"
# How an address is spoken (folded) -> the ranks of numbering it can mean, likeliest first.
_STEPS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(rf"第?\s*\(({NUMBER})\)\s*(?:项|条|点|款|部分)?"), ("(一)", "(1)")),
    (re.compile(r"(?<=[)])\s*[、,.]?\s*([0-9]{1,2})(?![0-9]|年|个|家|项|条|万|亿|%)"), ("1.",)),
    (re.compile(rf"第({NUMBER})(?:的?(?:那|这)一?(?:条|项|点|个))"), ("第一条", "1.", "专项1", "(一)", "(1)")),
    (re.compile(rf"第({NUMBER})(?:小节|小部分)"), ("(一)", "第一节")),
    (re.compile(r"[头首](一)(?:条|项|点)"), ("第一条", "1.", "专项1", "(一)", "(1)")),
    (re.compile(rf"第({NUMBER})(?:大?部分|大?块|大项|章|编|节|大点)"), ("一、", "第一章", "第一节")),
    (re.compile(rf"专项(?:行动)?({NUMBER})(?![0-9])|第({NUMBER})个?专项(?!行动)"), ("专项1",)),
    (
        re.compile(rf"第({NUMBER})(?:条|项|点|小点|小项|款)(?!\s*(?:商业|线路|跑道|道路|街|路|河|船))"),
        ("第一条", "1.", "专项1", "(一)", "(1)"),
    ),
    (re.compile(rf"(?<![第零一二三四五六七八九十百])({NUMERAL})\s*[、,.]?\s*(?=\({NUMERAL}\))"), ("一、",)),
)
_DEPTHS = ("一、", "(一)", "1.")
_GAP = 10  # characters between two steps of one address
_PAIR, _RANGE = 2, 9  # steps side by side; clauses of one range
_ONLY_ADDRESS = re.compile("[第()零一二三四五六七八九十百0-9、条项点款部分]+")
_POINTS = re.compile(r"\(1\).+\(2\)")
_QUOTED = re.compile('“[^”]*”|「[^」]*」|"[^"]*"')


@dataclass(frozen=True)
class Step:
    start: int
    words: str
    number: int
    ranks: tuple[str, ...]


def steps_of(asked: str) -> tuple[list[Step], str]:
    """The steps of the address that a question names, outermost first, and the folded words they were read from.

    Empty when it names none, or counts its own points off.
    """
    folded = fold(_QUOTED.sub(lambda m: "，" * len(m[0]), asked))
    folded = folded if len(_steps_in(folded)) > 1 else fold(_QUOTED.sub(_blank, asked))
    if _POINTS.search(folded):
        return [], folded
    return _together(_steps_in(folded), folded), folded


def _blank(quoted: re.Match[str]) -> str:
    """Quoted words are no address, unless they are one: “(四)”下面的第1条."""
    return quoted[0] if _ONLY_ADDRESS.fullmatch(fold(quoted[0][1:-1])) else "，" * len(quoted[0])


def side_by_side(steps: Sequence[Step], folded: str) -> list[Step]:
    """第3条和第4条, 第3到第5条: steps of one kind side by side, ranges filled in; empty when they nest instead."""
    if len(steps) != _PAIR or steps[0].ranks != steps[1].ranks:
        return []
    first, last = steps
    between = folded[first.start + len(first.words) : last.start]
    if re.fullmatch(r"\s*(?:和|与|跟|、|及|以及|还有)\s*", between):
        return [first, last]
    if re.fullmatch(r"\s*(?:到|至|-)\s*", between) and first.number < last.number <= first.number + _RANGE:
        return [replace(first, number=number) for number in range(first.number, last.number + 1)]
    return []


def _steps_in(folded: str) -> list[Step]:
    rows: list[Step] = []
    for pattern, ranks in _STEPS:
        for found in pattern.finditer(folded):
            number = number_of(next(group for group in found.groups() if group))
            taken = any(found.start() < step.start + len(step.words) and step.start < found.end() for step in rows)
            if number is not None and found[0] and not taken:
                rows.append(Step(found.start(), found[0], number, ranks))
    return sorted(rows, key=lambda step: step.start)


def _together(steps: Sequence[Step], folded: str) -> list[Step]:
    """The steps of one address: of several stretches of them the longest, and the later of equals."""
    stretches: list[list[Step]] = []
    for step in steps:
        before = stretches[-1][-1] if stretches else None
        gap = folded[before.start + len(before.words) : step.start] if before else ""
        near = len(gap) <= _GAP and not re.search("[,。;?!—]", gap)
        if before and (near or max(_depths(step)) > min(_depths(before))):
            stretches[-1].append(step)
        else:
            stretches.append([step])
    addresses = [steps for steps in stretches if not _counts_off(steps)]
    return max(reversed(addresses), key=len, default=[])


def _counts_off(steps: Sequence[Step]) -> bool:
    """都有（一）（二）（三）: numbers of one kind one after another are no address; two of them are a pair."""
    kinds = [shape for step in steps if (shape := re.sub(rf"{NUMBER}|[、,.\\s]", "", step.words))]
    return len(set(kinds)) < len(kinds) and len(kinds) != _PAIR


def _depths(step: Step) -> list[int]:
    """How deep in a document a step of this kind can lie."""
    return [_DEPTHS.index(rank) for rank in step.ranks if rank in _DEPTHS] or [0]
