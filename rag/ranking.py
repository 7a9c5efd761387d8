"""Which of the clauses that a search found is meant: what speaks for each beside the others, weighed together.

Search compares each clause with the whole corpus; here the first ones are compared with one another.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from corpus.script import fold, simplify
from corpus.types import Corpus, Document, Node
from index.types import RetrievedClause
from rag.question import Query
from rag.reading.plan import request_of
from rag.request import Request
from rag.say.values import has_value

CANDIDATES = 20  # clauses compared
# Fitted by `python -m eval.rank` on the development questions, which also says what each fold gains.
WEIGHTS: Mapping[str, float] = {
    "rank": 0.386,
    "score": 1.867,
    "answers": 2.126,
    "pairs": 0.658,
    "place": -0.126,
    "clause_meaning": 0.224,
    "sentence_meaning": 0.462,
    "clause_words": -0.034,
    "sentence_words": 0.057,
    "length": 1.465,
    "general": -0.927,
    "bodies": 0.387,
    "value_near": 0.367,
    "value_best": -0.037,
    "value": 0.357,
    "consequence": -0.094,
    "deadline": 1.164,
    "eligibility": 0.801,
    "yes_no": 0.491,
}
_DEVIATIONS = 1.5  # of a score, for each unit of the weighted sum
_REMEMBERED = 8192  # texts whose pairs are kept
_SIGNALS = ("clause_meaning", "sentence_meaning", "clause_words", "sentence_words")
# How texts print what is wanted; read of the sentence nearest to the question, or of the clause.
_PRINTED_NEAR: Mapping[str, re.Pattern[str]] = {
    "eligibility": re.compile("条件|符合|具有|年满|户籍|属于|的人员|的家庭|对象"),
    "yes_no": re.compile("不得|不予|应当|可以|无需|不再|禁止|不受|除外|必须|允许|均可|不限"),
}
_PRINTED: Mapping[str, re.Pattern[str]] = {
    "consequence": re.compile("罚款|处以|责令|吊销|撤销|追究|处分|没收|取消|退回|追回|不予|停发|收回"),
    "deadline": re.compile(r"\d日|工作日|个月内|年内|截至|截止|之日起|期限|时限|每年|\d月"),
}
_GENERAL = re.compile("总则|附则|总体要求|指导思想")


def ranked(query: Query, found: Sequence[RetrievedClause], corpus: Corpus) -> tuple[RetrievedClause, ...]:
    """The clauses as they are likeliest meant, each with the score that says so, in deviations.

    Without vectors the order stays: the weights were fitted with them.
    """
    if not found or found[0].cosine is None:
        return tuple(found)
    rows = features(query, found, corpus)
    sums = [sum(weight * row[name] for name, weight in WEIGHTS.items()) for row in rows]
    order = sorted(range(len(found)), key=lambda place: -sums[place])
    return tuple(replace(found[place], score=_DEVIATIONS * sums[place]) for place in order)


def features(query: Query, found: Sequence[RetrievedClause], corpus: Corpus) -> tuple[dict[str, float], ...]:
    """For each clause, in order, what may speak for or against it."""
    request = request_of(query, "find")
    documents = [corpus.document(row.clause.document_id) for row in found]
    held = [
        _pairs(row.clause.text) | _pairs(row.clause.label) | _pairs(_above(document, row.clause))
        for row, document in zip(found, documents, strict=True)
    ]
    read = [row.answers for row in found if row.answers is not None]
    unread = min(read, default=0.0)
    rarity = _rarity(_pairs(query.residue or query.bare), held)
    return tuple(
        {
            "rank": 1 / (1 + place),
            "score": row.score / 5,
            "answers": (unread if row.answers is None else row.answers) / 5,
            "pairs": _share(rarity, pairs),
            "place": row.clause.start / max(len(document.text), 1) if document else 0.0,
            **{name: row.signals.get(name, 0.0) for name in _SIGNALS},
            **_own(request, query.kinds.wants, row, rarity),
        }
        for place, (row, document, pairs) in enumerate(zip(found, documents, held, strict=True))
    )


def _own(
    request: Request, wants: Mapping[str, float], row: RetrievedClause, rarity: Mapping[str, float]
) -> dict[str, float]:
    """What the clause's own words have."""
    text = _folded(row.clause.text)
    told = [one.sentence.subhead + one.sentence.text for one in row.sentences] or [row.clause.text]
    fits = [one.score for one in row.sentences] or [0.0]
    near = _folded(told[fits.index(max(fits))])
    best = max(told, key=lambda words: _share(rarity, _pairs(words)))
    return {
        "length": math.log(1 + len(row.clause.text)) / 5,
        "general": float(bool(_GENERAL.search(row.clause.label))),
        "bodies": wants["bodies"] * bool(row.clause.departments),
        "value_near": float(has_value(request, near)),
        "value_best": float(has_value(request, _folded(best))),
        "value": float(has_value(request, text)),
        **{name: wants[name] * bool(form.search(text)) for name, form in _PRINTED.items()},
        **{name: wants[name] * bool(form.search(near)) for name, form in _PRINTED_NEAR.items()},
    }


def _above(document: Document | None, clause: Node) -> str:
    """The words of what the clause stands under."""
    rows, parent = [], clause.parent
    while document and parent is not None and (node := document.node(parent)) is not None:
        rows.append(node.text)
        parent = node.parent
    return "\n".join(rows)


def _rarity(pairs: frozenset[str], texts: Sequence[frozenset[str]]) -> dict[str, float]:
    """The pairs that any of the texts has, each worth more the fewer have it."""
    counts = {pair: sum(pair in held for held in texts) for pair in pairs}
    return {pair: math.log((len(texts) + 1) / (count + 0.5)) for pair, count in counts.items() if count}


def _share(weights: Mapping[str, float], held: frozenset[str]) -> float:
    total = sum(weights.values())
    return sum(weight for pair, weight in weights.items() if pair in held) / total if total else 0.0


@lru_cache(_REMEMBERED)
def _folded(text: str) -> str:
    return fold(simplify(text))


@lru_cache(_REMEMBERED)
def _pairs(text: str) -> frozenset[str]:
    """The pairs of characters of a text, without its punctuation."""
    plain = re.sub("[^一-鿿a-z0-9.%]", "", _folded(text))
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))
