"""Obligation: 应当, 可以, 鼓励 and 探索 are not traded for one another."""

from __future__ import annotations

import re

# One row a strength; words of one row stand for one another.
STRENGTHS: dict[str, re.Pattern[str]] = {
    "must": re.compile("必须|应当|应该|务必|须(?!知)"),
    "may": re.compile(
        "(?<![不才])可以|(?<!不)允许|准许|(?<!不)得以|(?<![不才就只也未没节功性智产效职技动核潜许认])[能可](?![力源耗否靠能行及见供])|有权"
    ),
    "encouraged": re.compile("鼓励|支持|引导|倡导|提倡|扶持"),
    "explored": re.compile("探索|试点|试行|先行先试"),
    "striven": re.compile("力争|争取|努力"),
}
_SOFT = ("encouraged", "explored", "striven")


def strengths_in(folded: str) -> frozenset[str]:
    return frozenset(name for name, pattern in STRENGTHS.items() if pattern.search(folded))


def traded(said: str, carried: str) -> list[str]:
    """Words of strength in `said` that the stretch it rests on, `carried`, doesn't have; both folded.

    What a clause says without any strength, people may be told that they may have.
    """
    there = strengths_in(carried)
    return [
        m[0]
        for name, pattern in STRENGTHS.items()
        if name not in there and not (name == "may" and not there)
        for m in pattern.finditer(said)
    ]


def dropped(said: str, carried: str) -> list[str]:
    """The strength of a stretch that is said over again without any: 鼓励建设 becomes 建设."""
    if strengths_in(said):
        return []
    return [m[0] for name in _SOFT for m in STRENGTHS[name].finditer(carried)][:1]
