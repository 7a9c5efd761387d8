"""The numbering of Chinese documents, as a table: a new numbering is a row."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.numerals import NUMERAL, number_of
from corpus.script import fold

_N = f"(?:{NUMERAL}|[0-9]{{1,6}})"
# What follows a label when it is only mentioned: “第三条规定”, “（一）至（三）项”.
_MENTIONED = "规定|第|款|项|的|所|中|和|及|以及|或|至|到|、|,|。|;|:"


@dataclass(frozen=True)
class Rank:
    """One kind of numbering. `level` orders the kinds, outermost first; `pattern` matches folded text."""

    name: str
    level: int
    pattern: re.Pattern[str]


def _row(level: int, name: str, pattern: str) -> Rank:
    return Rank(name, level, re.compile(pattern))


RANKS = (
    _row(1, "第一编", rf"第{_N}编(?!{_MENTIONED})"),
    _row(2, "第一分编", rf"第{_N}分编(?!{_MENTIONED})"),
    _row(3, "第一章", rf"第{_N}章(?!{_MENTIONED})"),
    _row(4, "第一节", rf"第{_N}节(?!{_MENTIONED})"),
    _row(5, "第一条", rf"第{_N}条(?:之{NUMERAL})?(?!{_MENTIONED})"),
    _row(6, "一、", rf"{NUMERAL}(?:、(?!{NUMERAL}[、是])|\.(?![0-9]))"),
    _row(7, "专项1", rf"(?:专项|任务|行动|工程|专栏){_N}(?=[:\s])"),
    _row(8, "(一)", rf"\({NUMERAL}\)(?!、?\(|[和及或至到项])"),
    _row(9, "1.", r"[0-9]{1,3}(?:[.、](?![0-9])|、(?=[0-9]+[gd]))"),
    _row(10, "(1)", r"\([0-9]{1,2}\)(?!、?\(|[和及或至到项])|[0-9]{1,2}\)"),
    _row(11, "①", r"[①-⑳]"),
)
ARTICLE, SECTION = RANKS[4], RANKS[5]
SECTION_OF_ARTICLES = Rank("一、", 4, SECTION.pattern)  # where articles stand under 一、
CHAPTERS = frozenset(rank.level for rank in RANKS[:4])
_REACH = 64  # a label and what must not follow it stand among a line's first characters
_MARKDOWN = re.compile(r"(?:#{1,6}\s*|\*\*)?")


@dataclass(frozen=True)
class Label:
    """A numbering at the start of a line. `printed` as it stands, `end` where its words begin."""

    rank: Rank
    printed: str
    end: int

    @property
    def address(self) -> str:
        """The label as a path has it: simplified, half-width brackets, no punctuation after it."""
        return re.sub(r"[、.:\s]+$", "", fold(self.printed))

    @property
    def number(self) -> int | None:
        found = re.search(rf"{NUMERAL}|[0-9]+|[①-⑳]", self.address)
        return number_of(found[0]) if found else None


def label_at(line: str, at: int = 0) -> Label | None:
    """The numbering that stands at `at` in `line`, or None: a mention, a year or an amount opens nothing.

    Its `end` counts from `at`. Only the next few characters are looked at, however long the line is.
    """
    line = line[at : at + _REACH]
    folded = fold(line)
    skipped = _MARKDOWN.match(folded)
    start = skipped.end() if skipped else 0
    for rank in RANKS:
        if found := rank.pattern.match(folded, start):
            return Label(rank, line[start : found.end()], found.end())
    return None


@dataclass(frozen=True)
class Heading:
    """An open heading: its rank's level, its address, and the number it carries."""

    level: int
    address: str


def enter(open_headings: tuple[Heading, ...], label: Label) -> tuple[Heading, ...]:
    """The headings that are open once `label` has been read: deeper and equal ones close."""
    level = label.rank.level
    kept = tuple(heading for heading in open_headings if heading.level < level)
    return (*kept, Heading(level, label.address))
