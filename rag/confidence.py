"""How sure it is that a clause answers: several features, weighed together, not one similarity."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from corpus.script import fold
from corpus.types import Node
from index.types import RetrievedClause
from index.words import Words

# Fitted by `python -m eval.calibrate` on the development questions; `policyqa eval` checks them on the others.
WEIGHTS: Mapping[str, float] = {"bias": 0.0}
THRESHOLD = 0.5
_GENERIC = re.compile(
    r"政策|规定|支持|鼓励|扶持|要求|内容|安排|措施|方案|意见|规划|计划|文件|部门|单位|负责|牵头|责任|什么|哪些|怎么|如何|多少|有没有|"
    r"是否|可以|能不能|请问|一下|关于|方面|我们|你们|这个|那个|上海|企业|公司|在线|新经济|发展|推进|推动|具体|目标"
)


def features(question: str, found: Sequence[RetrievedClause], words: Words) -> dict[str, float]:
    """What speaks for the first clause: scores, their lead, and how much of the question its words cover."""
    if not found:
        return {"bias": 1.0, "score": -5.0}
    best = found[0]
    runner_up = found[1].score if len(found) > 1 else 0.0
    terms = content_terms(question, words)
    haystack = fold(best.clause.label + best.clause.text)
    return {
        "bias": 1.0,
        "meaning": best.signals.get("sentence_meaning", 0.0),
        "clause_meaning": best.signals.get("clause_meaning", 0.0),
        "words": best.signals.get("sentence_words", 0.0),
        "clause_words": best.signals.get("clause_words", 0.0),
        "lead": best.score - runner_up,
        "cosine": ((best.cosine or 0.85) - 0.85) * 20,
        "coverage": coverage(terms, haystack),
        "pairs": pair_coverage(question, haystack),
        "length": math.log(1 + len(question)),
    }


def probability(values: Mapping[str, float], weights: Mapping[str, float] = WEIGHTS) -> float:
    """The logistic of the weighted sum, between 0 and 1."""
    total = sum(weight * values.get(name, 0.0) for name, weight in weights.items())
    return 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))


def content_terms(question: str, words: Words) -> tuple[str, ...]:
    """The question's words that carry a topic."""
    rows = (word for word in words.words(question) if len(word) > 1 and not _GENERIC.fullmatch(word))
    return tuple(dict.fromkeys(rows))


def coverage(terms: Sequence[str], haystack: str) -> float:
    """The share of the terms that stand in the clause; 1 when there are none."""
    return sum(term in haystack for term in terms) / len(terms) if terms else 1.0


def pair_coverage(question: str, haystack: str) -> float:
    """The share of the question's character pairs that stand in the clause."""
    plain = _GENERIC.sub("，", fold(question))
    pairs = {run[i : i + 2] for run in re.findall("[一-鿿a-z0-9]{2,}", plain) for i in range(len(run) - 1)}
    return sum(pair in haystack for pair in pairs) / len(pairs) if pairs else 1.0


def nearest_nodes(found: Sequence[RetrievedClause], count: int = 3) -> tuple[Node, ...]:
    return tuple(row.clause for row in found[:count])
