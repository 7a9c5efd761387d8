"""What is printed about a document as label and value: 发文机关：国务院, in a page's table or a text's own lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Literal

Fact = Literal[
    "title",
    "index",
    "issuer",
    "source",
    "number",
    "dated",
    "published",
    "from",
    "to",
    "until",
    "repealed",
    "state",
    "site",
]
_LABELS: tuple[tuple[Fact, str], ...] = (
    ("title", "标题|文件名称|名称"),
    (
        "index",
        "索引号|统一编号|主题分类|主题词|体裁|组配分类|公开方式|公开时限|浏览量|浏览次数|浏览字号|字号|字体|责任编辑",
    ),
    ("issuer", "发文机关|发布机关|发布机构|发文单位|制定机关|公布机关|发文机构"),
    ("source", "信息来源|来源|文章来源"),
    ("number", "发文字号|文号|文件编号|发文文号"),
    ("dated", "成文日期|发文日期|印发日期|签发日期"),
    ("published", "发布日期|公布日期|公开日期|发布时间|发表时间|生成日期|时间"),
    ("from", "实施日期|生效日期|施行日期|生效时间"),
    ("to", "失效日期|失效时间"),
    ("until", "有效期至|终止日期"),
    ("repealed", "废止日期|废止时间"),
    ("site", "网站名称"),
    ("state", "有效性|效力状态|文件状态|时效性|时效"),
)
_GAP = r"[\s\u3000]*"


def _spaced(words: str) -> str:
    """索 引 号 as well as 索引号."""
    return "|".join(_GAP.join(map(re.escape, word)) for word in words.split("|"))


_ANY = "|".join(f"(?P<f_{fact}>{_spaced(words)})" for fact, words in _LABELS)
_LABELLED = re.compile(rf"(?:{_ANY}){_GAP}[:：\]】][ \t\u3000\u00a0]*")
_LINE = re.compile(rf"[\s\u3000\[【]*(?:{_ANY}){_GAP}[:：\]】]\s*(?P<value>.{{0,200}})", re.DOTALL)
_LONGEST = 400  # characters of a line of facts


def facts_in(line: str) -> Iterator[tuple[Fact, str, str]]:
    """(fact, label, value) for each that the line prints; several may share it."""
    if len(line) > _LONGEST or not _LABELLED.match(line.lstrip("\t \u3000[【")):
        return  # a sentence may hold such words
    found = list(_LABELLED.finditer(line))
    for one, following in zip_longest(found, found[1:]):
        value = line[one.end() : following.start() if following else len(line)].rstrip("[【 \u3000")
        value = " ".join(value.strip().split("\t")[0].split())
        if one.lastgroup:
            yield one.lastgroup.removeprefix("f_"), re.sub(r"\s", "", one[0])[:-1], value  # type: ignore[misc]


def is_fact(line: str) -> bool:
    """Whether the line is a label and its value, and nothing else."""
    return len(line) <= _LONGEST and bool(_LINE.fullmatch(line)) and next(facts_in(line), None) is not None


def fact_lines(lines: Iterable[str]) -> Iterator[str]:
    """Each fact with a value that these lines print, on a line of its own; of one kind the first."""
    seen: set[Fact] = set()
    for line in lines:
        for fact, label, value in facts_in(line):
            if value and fact not in seen and fact not in ("title", "index"):
                seen.add(fact)
                yield f"{label}：{value}"


def facts_of(lines: Iterable[str]) -> Mapping[Fact, str]:
    """The facts that the lines print, by kind."""
    rows: dict[Fact, str] = {}
    for line in lines:
        for fact, _, value in facts_in(line):
            if value:
                rows.setdefault(fact, value)
    return rows
