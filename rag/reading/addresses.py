"""How an address is spoken in a question: 第17条, 附件二第二部分第（四）项第2点, 6.4.1底下的（2）, 三（五）, 头一条."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, pairwise

from corpus.numerals import NUMERAL, number_of
from corpus.script import fold

NUMBER = rf"(?:{NUMERAL}|[0-9]{{1,3}})"
ANNEX, BODY, DECIMAL, PARAGRAPH, OF_A_FORM = "附件1", "正文", "1.1", "第一款", "第一栏"
_TOPS = frozenset([ANNEX, BODY, DECIMAL])  # an address begins anew with one of these
_MOST = 12  # steps of one form that are read
_ITEMS = ("第一条", "1.", "专项1", "(一)", "(1)")
# How an address is spoken (folded) -> the ranks of numbering it can mean, likeliest first.
_STEPS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(rf"附\s*[件表录]\s*({NUMBER})"), (ANNEX,)),
    (re.compile(r"(?<![\d.])(?:\d{1,2}\.){2,4}\d{1,2}(?![\d.])"), (DECIMAL,)),
    (re.compile(r"(?<![\d.])\d{1,2}\.\d{1,2}(?=\s*(?:节|条|款|项|部分|小节|里|底下|下|中|的|那|这|写|讲|说|列|规定|$))"), (DECIMAL,)),
    (re.compile(rf"第?\s*\(({NUMBER})\)\s*(?:项|条|点|款|部分)?"), ("(一)", "(1)")),
    (re.compile(r"(?<=[)])\s*[、,.]?\s*([0-9]{1,2})(?![0-9]|年|个|家|项|条|万|亿|%)"), ("1.",)),
    (re.compile(rf"第({NUMBER})(?:的?(?:那|这)一?(?:条|项|点|个))"), _ITEMS),
    (re.compile(rf"第({NUMBER})(?:小节|小部分)"), ("(一)", "第一节")),
    (re.compile(r"[头首](一)(?:条|项|点)"), _ITEMS),
    (re.compile(rf"第({NUMBER})(?:大?部分|大?块|大项|章|编|节|大点)"), ("一、", "第一章", "第一节")),
    (re.compile(rf"第({NUMBER})个?问(?!题)|第({NUMBER})个?问题"), ("一、", "(一)", "1.")),
    (re.compile(rf"第({NUMBER})(?:自然)?段"), (PARAGRAPH,)),
    (re.compile(rf"第({NUMBER})[栏格行](?!业|动|政|人)"), (OF_A_FORM,)),
    (re.compile(rf"专项(?:行动)?({NUMBER})(?![0-9])|第({NUMBER})个?专项(?!行动)"), ("专项1",)),
    (re.compile(rf"第({NUMBER})条(?!\s*(?:商业|线路|跑道|道路|街|路|河|船))"), (*_ITEMS, "一、")),
    (re.compile(rf"第({NUMBER})款"), (PARAGRAPH, *_ITEMS)),
    (re.compile(rf"第({NUMBER})(?:项|点|小点|小项)"), _ITEMS),
    (re.compile(rf"(?<![第零一二三四五六七八九十百])({NUMERAL})\s*[、,.]?\s*(?=\({NUMERAL}\))"), ("一、",)),
)  # fmt: skip
_PATH = re.compile(
    rf"(?:(?P<document>[a-z][a-z0-9-]*)#)?(?P<path>(?:附件{NUMBER}/|正文/)?{NUMERAL}(?:/(?:\({NUMBER}\)|{NUMBER}|专项[0-9]+))+)"
)
_BODY = re.compile(r"正文|主体部分|方案本身|总方案|主方案|主文件")
_DEPTHS = ("一、", "(一)", "1.")
_GAP = 10  # characters between two steps of one address
_PAIR, _RANGE, _MOST = 2, 9, 6  # steps side by side; clauses of one range; addresses of one question
_ONLY_ADDRESS = re.compile("[第()零一二三四五六七八九十百0-9、条项点款部分]+")
_POINTS = re.compile(r"\(1\).+\(2\)")
_QUOTED = re.compile('“[^”]*”|「[^」]*」|"[^"]*"')
_NEXT_TO = re.compile("(?:部分|里面?|中|的|第|[、,\\s])*")  # between a part and an address inside it
_AND = re.compile(r"\s*(?:和|与|跟|、|及|以及|还有)\s*")
_TO = re.compile(r"\s*(?:到|至|-)\s*")
_JOINED = re.compile(r"和|与|跟|、|及|还有|又|[?]")


@dataclass(frozen=True)
class Step:
    """One number of an address. `ranks` are the kinds of numbering it can be of, likeliest first."""

    start: int
    words: str
    number: int
    ranks: tuple[str, ...]

    @property
    def is_paragraph(self) -> bool:
        return self.ranks[0] == PARAGRAPH


Steps = tuple[Step, ...]


@lru_cache(maxsize=64)
def addresses_of(asked: str) -> tuple[Steps, ...]:
    """The addresses that a question names, each with its steps outermost first: several where they stand side by side.

    Empty when it names none, or counts its own points off.
    """
    folded = fold(_QUOTED.sub(lambda m: "，" * len(m[0]), asked))
    folded = folded if len(_steps_in(folded)) > 1 else fold(_QUOTED.sub(_blank, asked))
    steps = _steps_in(folded)
    if _POINTS.search(folded) and not any(set(step.ranks) & _TOPS for step in steps):
        return ()
    return tuple(
        address for stretch in _asked(_stretches(steps, folded), folded) for address in _side_by_side(stretch, folded)
    )


@dataclass(frozen=True)
class PrintedPath:
    """An address as the product itself prints it: notice-2020#二/(二)/8, or without the document."""

    document: str | None
    path: str


def printed_path(asked: str) -> PrintedPath | None:
    found = _PATH.search(fold(asked))
    return PrintedPath(found["document"], found["path"]) if found else None


def _blank(quoted: re.Match[str]) -> str:
    """Quoted words are no address, unless they are one: “(四)”下面的第1条."""
    return quoted[0] if _ONLY_ADDRESS.fullmatch(fold(quoted[0][1:-1])) else "，" * len(quoted[0])


def _steps_in(folded: str) -> list[Step]:
    rows: list[Step] = []
    for pattern, ranks in _STEPS:
        for found in islice(pattern.finditer(folded), _MOST):
            digits = next((group for group in found.groups() if group), found[0].split(".")[-1])
            number = number_of(digits)
            taken = any(found.start() < step.start + len(step.words) and step.start < found.end() for step in rows)
            if number is not None and found[0] and not taken:
                rows.append(Step(found.start(), found[0], number, ranks))
    rows += [Step(found.start(), found[0], 0, (BODY,)) for found in _BODY.finditer(folded)]
    rows = sorted(rows, key=lambda step: step.start)
    return rows if any(step.ranks != (BODY,) for step in rows) else []


def _stretches(steps: Sequence[Step], folded: str) -> list[Steps]:
    """Runs of steps that belong together, none that only counts off."""
    rows: list[list[Step]] = []
    for step in steps:
        before = rows[-1][-1] if rows else None
        gap = _between(before, step, folded) if before else ""
        near = len(gap) <= _GAP and not re.search("[,。;?!—]", gap)
        if before and before.ranks[0] in (ANNEX, BODY) and step.ranks[0] != OF_A_FORM and not _NEXT_TO.fullmatch(gap):
            rows.append([step])
            continue
        if before and not _begins_anew(step, before) and (near or max(_depths(step)) > min(_depths(before))):
            rows[-1].append(step)
        else:
            rows.append([step])
    return [tuple(row) for row in rows if not _counts_off(row) and any(step.ranks != (BODY,) for step in row)]


def _asked(stretches: Sequence[Steps], folded: str) -> list[Steps]:
    """The longest, and the later of equals; with the others of the same shape where a word joins them."""
    if not stretches:
        return []
    chosen = max(reversed(stretches), key=len)
    same = [row for row in stretches if _shape(row) == _shape(chosen)]
    joined = all(_JOINED.search(_between(a[-1], b[0], folded)) for a, b in pairwise(same))
    return same[:_MOST] if joined else [chosen]


def _shape(steps: Steps) -> tuple[tuple[str, ...], ...]:
    return tuple(step.ranks for step in steps)


def _side_by_side(steps: Steps, folded: str) -> list[Steps]:
    """第3条和第4条, 第3到第5条, 第二条第一项和第二项: the last steps are of one kind and joined; ranges are filled in."""
    if len(steps) < _PAIR:
        return [steps]
    *above, first, last = steps
    if first.ranks != last.ranks or any(step.ranks == last.ranks for step in above):
        return [steps]
    between = _between(first, last, folded)
    if _AND.fullmatch(between):
        return [(*above, first), (*above, last)]
    if _TO.fullmatch(between) and first.number < last.number <= first.number + _RANGE:
        numbers = range(first.number, last.number + 1)
        return [(*above, replace(first, number=number)) for number in numbers]
    return [steps]


def _between(first: Step, second: Step, folded: str) -> str:
    return folded[first.start + len(first.words) : second.start]


def _begins_anew(step: Step, before: Step) -> bool:
    """Annexes, decimals, and an article behind an item: 第十条第四项 … 第十八条."""
    return step.ranks[0] in _TOPS or (step.words.endswith("条") and before.words.endswith(("款", "项")))


def _counts_off(steps: Sequence[Step]) -> bool:
    """都有（一）（二）（三）: numbers of one kind one after another are no address; two of them are a pair."""
    kinds = [shape for step in steps if (shape := re.sub(rf"{NUMBER}|[、,.\\s]", "", step.words))]
    return len(set(kinds)) < len(kinds) and len(kinds) > _PAIR and len(set(kinds[:-1])) < len(kinds[:-1])


def _depths(step: Step) -> list[int]:
    """How deep in a document a step of this kind can lie."""
    return [_DEPTHS.index(rank) for rank in step.ranks if rank in _DEPTHS] or [0]
