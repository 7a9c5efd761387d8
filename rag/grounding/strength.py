"""Obligation and negation: 应当, 可以, 鼓励 and 探索 are not traded for one another, and 不得 stays 不得."""

from __future__ import annotations

import re

# One row a strength; words of one row stand for one another.
STRENGTHS: dict[str, re.Pattern[str]] = {
    "must": re.compile("必须|应当|应该|务必|一律|须(?!知)"),
    "forbidden": re.compile("不得|禁止|严禁|不准|不允许|不可以|不能"),
    "may": re.compile("(?<!不)可以|(?<!不)允许|准许|(?<!不)得以"),
    "encouraged": re.compile("鼓励|支持|引导|倡导|提倡|扶持"),
    "explored": re.compile("探索|试点|试行|先行先试|研究(?!院|所|生|机构|中心|开发|与|发展)"),
    "striven": re.compile("力争|争取|努力"),
}
_SOFT = ("forbidden", "encouraged", "explored", "striven", "may")
_NEGATION = re.compile("不|未|没有|没|无需|无须|禁止|严禁|非(?=法)")
_NO_NEGATION = re.compile(
    "不断|不同|不仅|不但|不论|不管|不过|不止|不少|不久|不足|不动产|不可或缺|未来|未成年|非常|差不多|了不起|不变|来不及|未载明|没有写|没有规定|未规定|未写明|没有问题"
)


def strengths_in(folded: str) -> frozenset[str]:
    return frozenset(name for name, pattern in STRENGTHS.items() if pattern.search(folded))


def traded(said: str, carried: str) -> list[str]:
    """Words of strength in `said` that the stretch it rests on, `carried`, doesn't have; both folded."""
    there = strengths_in(carried)
    return [m[0] for name, pattern in STRENGTHS.items() if name not in there for m in pattern.finditer(said)]


def dropped(said: str, carried: str) -> list[str]:
    """The strength of a stretch that is said over again without any: 鼓励建设 becomes 建设."""
    if strengths_in(said):
        return []
    return [m[0] for name in _SOFT for m in STRENGTHS[name].finditer(carried)][:1]


def negations(folded: str) -> list[tuple[str, str]]:
    """Each negation with the two characters behind it."""
    plain = _NO_NEGATION.sub(lambda m: "，" * len(m[0]), folded)
    return [(m[0], plain[m.end() : m.end() + 2]) for m in _NEGATION.finditer(plain)]


def negated_otherwise(said: str, carried: str) -> list[str]:
    """Negations that one of the two has and the other, speaking of the same, has not."""
    rows = [word + behind for word, behind in negations(said) if (word + behind)[:2] not in carried]
    for word, behind in negations(carried):
        stripped = re.sub("[,，。;；、]", "", behind)
        if len(stripped) > 1 and stripped in said and not any(b == behind for _, b in negations(said)):
            rows.append(word + behind)
    return rows
