"""The numbering of Chinese documents, as a table: a new numbering is a row."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.label_text import LabelText, label_text
from corpus.numerals import NUMERAL, ZEROS, number_of, numeral_of

_GAP = " {0,4}"  # blanks inside a label, as spaced-out print has them: 第 一 章
_CHINESE = rf"[{ZEROS}一二三四五六七八九十百千](?: ?[{ZEROS}一二三四五六七八九十百千]){{0,11}}"
_N = rf"(?:[0-9]{{1,6}}(?:-[0-9]{{1,2}})?(?![0-9o])|{_CHINESE})"  # 第 86-1 條 as well as 第八十六条
# What follows a label when it is only mentioned: “第三条规定”, “（一）至（三）项”.
_MENTIONED = "规定|情形|第|款|项|的|所|中|和|及|以及|或|至|到|、|,|。|;|:"
_LISTED = "(?!、?\\(|[和或至到]|及(?!时|早)|项(?!目))"  # （一）和（二）, but （三）及时报告
# What follows a decimal that measures something (1.5亿元, 3.5GHz, 2.0版, 5.6%) or is only mentioned (3.1.2中的措施).
_MEASURED = (
    " ?(?:[亿万千百%‰°倍元米吨折秒]|个(?!人)|公[里斤顷]|[平立]方|度(?!量)|版(?![权本])|分钟|小时|年(?!度)|月|日(?!常))"
    "|[a-z~/+-]|中的|[的和及至到或、,。;]|所(?![有在])|项(?!目)|规定"
)


@dataclass(frozen=True)
class Rank:
    """One kind of numbering. `level` orders the kinds, outermost first, with room between them; `pattern` matches the
    label as `corpus.label_text` reads it.
    """

    name: str
    level: int
    pattern: re.Pattern[str]


def _row(level: int, name: str, pattern: str) -> Rank:
    return Rank(name, level, re.compile(pattern))


def _division(level: int, name: str, sign: str) -> Rank:
    return _row(level, name, rf"第{_GAP}{_N}{_GAP}{_GAP.join(sign)}(?!{_MENTIONED})")


RANKS = (
    _division(10, "第一编", "编"),
    _division(20, "第一分编", "分编"),
    _division(30, "第一章", "章"),
    _division(40, "第一节", "节"),
    _row(50, "第一条", rf"第{_GAP}{_N}{_GAP}条(?:{_GAP}之{_GAP}(?:{NUMERAL}|[0-9]{{1,2}}))?(?!{_MENTIONED})"),
    _row(60, "一、", rf"{NUMERAL}{_GAP}(?:、(?!{NUMERAL}[、是])|\.(?![0-9]))"),
    _row(70, "专项1", rf"(?:专项|任务|行动|工程|专栏)(?:[0-9]{{1,6}}|{NUMERAL})(?=[:\s])"),
    _row(80, "(一)", rf"\({_GAP}{NUMERAL}{_GAP}\){_LISTED}"),
    _row(90, "1.", r"[0-9]{1,3} ?(?:[.、](?![0-9])|、(?=[0-9]+[gd]))"),
    _row(100, "(1)", rf"\({_GAP}[0-9]{{1,2}}{_GAP}\){_LISTED}|[0-9]{{1,2}}\)"),
    _row(110, "①", "[①-⑳㉑-㉟㊱-㊿]"),
)
_FIGURES = re.compile("第([0-9]+)(?:-([0-9]+))?([编章节条]|分编)(?:之(.+))?")
_ZERO = re.compile(f"[{ZEROS}]")
ARTICLE, SECTION, NUMBERED = RANKS[4], RANKS[5], RANKS[8]
SECTION_OF_ARTICLES = Rank("一、", 40, SECTION.pattern)  # where articles stand under 一、
CHAPTERS = frozenset(rank.level for rank in RANKS[:4])
# 2.1.1, of which the text around it says whether it numbers anything (corpus.decimals).
DECIMAL = _row(95, "1.1", rf"[0-9]{{1,2}}(?: ?\. ?[0-9]{{1,2}}){{1,4}}(?![0-9.]*[0-9%])[.、]?(?!{_MEASURED})")


@dataclass(frozen=True)
class Label:
    """A numbering at the start of a line. `printed` as it stands, `end` where its words begin, `words` as it reads."""

    rank: Rank
    printed: str
    end: int
    words: str

    @property
    def address(self) -> str:
        """The label as a path has it: simplified, half-width brackets, no blanks and no punctuation after it; an
        article's number in Chinese numerals, however it is printed.
        """
        bare = re.sub(r"[、.:\s]+$", "", self.words).replace(" ", "")
        return _in_chinese(bare) if bare.startswith("第") else bare

    @property
    def number(self) -> int | None:
        """Of its kind: the last of a decimal's."""
        found = re.search(rf"{NUMERAL}|[0-9]+$|[0-9]+(?!.*[0-9])|[①-⑳㉑-㉟㊱-㊿]", self.address)
        return number_of(found[0]) if found else None


def _in_chinese(address: str) -> str:
    """第2条 -> 第二条, 第86-1条 -> 第八十六条之一, 第一百○一条 -> 第一百〇一条."""
    figures = _FIGURES.match(address)
    if figures is None:
        return _ZERO.sub(lambda zero: "零" if zero[0] == "零" else "〇", address)
    number, added, kind, last = figures.groups()
    added = added or (last if last and last.isdigit() else None)
    tail = f"之{numeral_of(int(added))}" if added else f"之{last}" if last else ""
    return f"第{numeral_of(int(number))}{kind}{tail}"


def label_at(line: str, at: int = 0) -> Label | None:
    """The numbering that stands at `at` in `line`, or None: a mention, a year or an amount opens nothing.

    Its `end` counts from `at`. Only the next few characters are looked at, however long the line is.
    """
    text = label_text(line, at)
    if text is None:
        return None
    for rank in RANKS:
        if found := rank.pattern.match(text.words):
            return _label(rank, text, line, at, found.end())
    return None


def decimal_at(line: str) -> Label | None:
    """2.1.1 at the start of a line, whether or not it numbers anything."""
    text = label_text(line)
    found = DECIMAL.pattern.match(text.words) if text else None
    return _label(DECIMAL, text, line, 0, found.end()) if text and found else None


def _label(rank: Rank, text: LabelText, line: str, at: int, length: int) -> Label:
    end = text.ends[length - 1]
    return Label(rank, line[at + text.begin : at + end], end, text.words[:length])


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
