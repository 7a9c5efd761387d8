"""What a tally counts by: the likeliest kind of which a word stands in the question, and the number that goes with it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.numerals import NUMERAL, number_of
from corpus.script import fold
from rag.reading.kinds import Kinds, Tally

# A fitted kind is believed where the grammar has its word: no superlative without 最.
_MARKS: tuple[tuple[Tally, re.Pattern[str]], ...] = (
    ("most", re.compile("最[^,。?]{0,3}[多忙重]|居首|第一多")),
    ("fewest", re.compile("最[^,。?]{0,3}[少轻闲]")),
    ("at_least", re.compile("以上|至少|不少于|超过|达到|多达|凑满|多个|多家")),
    ("exactly", re.compile("[只仅单光][^,。?]{0,2}[一1][个家]|(?<!第)[一1][个家](?:部门|单位)|单独|独自|独家|唯一")),
    ("together", re.compile("[都同共均]|一起|一块|一道")),
)
_BODIES = re.compile(rf"({NUMERAL}|[0-9]{{1,2}}|两)(?=[个家](?!以?[上下]?的?[月年小]))")
_LEAST = 0.05  # probability of a kind


def tally_of(asked: str, kinds: Kinds) -> Tally:
    """The likeliest kind of tally whose mark the question has."""
    folded = fold(asked)
    odds: Mapping[str, float] = kinds.tallies
    marked = [kind for kind, mark in _MARKS if mark.search(folded) and odds.get(kind, 0.0) >= _LEAST]
    return max(marked, key=lambda kind: odds[kind], default="none")


def bodies_counted(asked: str) -> int | None:
    """三个以上部门, 两家单位: how many bodies."""
    found = _BODIES.search(fold(asked))
    return (2 if found[1] == "两" else number_of(found[1])) if found else None
