"""How sure it is that a clause answers: several features, weighed together, not one similarity.

Every feature is relative, to the question or to what else was found for it, so that what is fitted carries over to other
texts. The trees come from `python -m eval.calibrate`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from corpus.script import fold
from corpus.types import Node
from index.types import RetrievedClause
from rag.familiarity import Familiarity
from rag.lookup import Library
from rag.printed_values import has_any
from rag.question import Query
from rag.say.bodies import has_printed, printed_at
from rag.say.pointed import Pointed

TABLE = Path(__file__).parent / "models" / "confidence.json"
THRESHOLD = 0.37  # what it costs on either side: python -m eval.calibrate
# Features of what is asked for rather than of what it is asked about; 0 as if no value were.
VALUE_FEATURES = ("value_absent",)
_SPOKEN = (-1.4, 0.55, 1.0)  # the same in a conversation: bias, the odds of the question alone, the lead (log)
_UNMEANT = -8.0  # log odds, as if nothing were there to be meant
_FAR_AHEAD = 20.0  # deviations of lead from which on more says nothing
_QUOTED = re.compile('[“「"]([^”」"]{2,12})[”」"]')
_FRONT = ("标题", "落款", "前言", "附件清单")
_COMPARED = 5  # clauses among which documents are counted and signals compared
_ALIKE = 0.3  # deviations that don't count as being behind
_SIGNALS = ("clause_meaning", "sentence_meaning", "clause_words", "sentence_words", "sentence_sound")


def features(query: Query, found: Sequence[RetrievedClause], library: Library, meant: Pointed) -> dict[str, float]:
    """What speaks for the first clause, and what against it; `meant` is what was pointed at in that clause."""
    best, kinds = found[0], query.kinds
    return {
        "length": math.log(1 + len(query.asked)),
        "bodies": kinds.wants["bodies"],
        "value": kinds.wants["value"],
        "yes_no": kinds.wants["yes_no"],
        "elsewhere": kinds.ops["other"],
        "body_meant": _body_meant(best.clause, meant),
        "figure_meant": max(meant.figure_odds, _UNMEANT),
        "value_absent": _absent(query, fold(best.clause.text)),
        **_standing(found),
        **_covered(query, best.clause, library),
    }


def _body_meant(clause: Node, meant: Pointed) -> float:
    """The odds of the surest body; even where a table names bodies, of which nobody can be pointed at."""
    if has_printed(clause) and not printed_at(clause):
        return 0.0
    return max(meant.body_odds, meant.printed_odds, _UNMEANT)


def _absent(query: Query, text: str) -> float:
    """The probability that a value of a kind is asked for that the clause doesn't have."""
    kinds = query.kinds
    odds = (p for kind, p in kinds.values.items() if kind not in ("none", "other") and not has_any(kind, text))
    return kinds.wants["value"] * sum(odds)


def _standing(found: Sequence[RetrievedClause]) -> dict[str, float]:
    """How the first clause stands among those found beside it."""
    best = found[0]
    read = sorted((row.answers for row in found if row.answers is not None), reverse=True)
    own = best.answers if best.answers is not None else min(read, default=0.0)
    others = [row.cosine or 0.0 for row in found[1:]]
    tops = {name: max(row.signals.get(name, 0.0) for row in found) for name in _SIGNALS}
    return {
        "ahead": 100 * ((best.cosine or 0.0) - sum(others) / len(others)) if others else 0.0,
        "answers": own,
        "answers_ahead": own - max((row.answers for row in found[1:] if row.answers is not None), default=own),
        "agreement": sum(best.signals.get(name, 0.0) >= top - _ALIKE for name, top in tops.items()) / len(_SIGNALS),
        "documents": float(len({row.clause.document_id for row in found[:_COMPARED]})),
        "front": float(best.clause.path.endswith(_FRONT)),
    }


def _covered(query: Query, clause: Node, library: Library) -> dict[str, float]:
    """How much of the question's topic stands in the clause, its headings and its document's title."""
    familiarity = library.familiarity
    document = library.corpus.document(clause.document_id)
    title = fold(document.metadata.title) if document else ""
    own = familiarity.haystack(clause)
    heard = familiarity.sound_of(own)
    weights = {word: familiarity.weight(word) for word in query.topics}
    missed = {word: weights[word] for word in weights if word not in own and familiarity.sound_of(word) not in heard}
    told = [weight for word, weight in missed.items() if word not in title]
    pairs = {pair: familiarity.weight(pair) for pair in _pairs(query.residue)}
    total = sum(pairs.values())
    quoted = [fold(words) for words in _QUOTED.findall(query.asked)]
    return {
        "coverage": 1.0 - sum(missed.values()) / sum(weights.values()) if any(weights.values()) else 0.5,
        "missed": max(told, default=0.0) / familiarity.heaviest,
        "pairs": sum(weight for pair, weight in pairs.items() if pair in own + title) / total if total else 0.5,
        "sounds": sound_coverage(query.residue, heard, familiarity),
        "away": float(familiarity.away(query)),
        "quoted_missing": float(any(words not in own for words in quoted)),
    }


def _pairs(words: str) -> set[str]:
    return {words[i : i + 2] for i in range(len(words) - 1)}


@dataclass(frozen=True)
class Trees:
    """Boosted trees. A tree's node is `(feature, limit, left, right)`, the left one's for values up to the limit, or
    `(gain,)`; the gains of the nodes that are reached are added to `start`.
    """

    start: float
    trees: Sequence[Sequence[Sequence[Any]]]


_EVEN = Trees(0.0, ())  # before anything is fitted


def trees_for(found: RetrievedClause) -> Trees:
    """Those for what the retriever measured: by words alone, with vectors, or with vectors and a reader of both."""
    name = "words" if found.cosine is None else "unread" if found.answers is None else "meaning"
    return open_trees().get(name, _EVEN)


@cache
def open_trees(path: Path = TABLE) -> Mapping[str, Trees]:
    """The shipped ones: `meaning` with vectors and ranker, `unread` without the ranker, `words` without vectors."""
    tables: Any = json.loads(path.read_text(encoding="utf-8"))
    return {name: Trees(**table) for name, table in tables.items()}


def probability(values: Mapping[str, float], trees: Trees) -> float:
    """Between 0 and 1. A feature that is lacking counts as 0."""
    total = trees.start + sum(_gain(values, nodes) for nodes in trees.trees)
    return 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))


def in_conversation(sure: float, lead: float) -> float:
    """How sure a follow-up's clause is: few of its words are the question's, so what counts is how far it leads."""
    bias, odds, ahead = _SPOKEN
    alone = math.log(max(sure, 1e-9) / max(1 - sure, 1e-9))
    total = bias + odds * alone + ahead * math.log1p(max(min(lead, _FAR_AHEAD), 0.0))
    return 1 / (1 + math.exp(-total))


def _gain(values: Mapping[str, float], nodes: Sequence[Sequence[Any]]) -> float:
    node = nodes[0]
    while len(node) > 1:
        name, limit, left, right = node
        node = nodes[left if values.get(name, 0.0) <= limit else right]
    return float(node[0])


def sound_coverage(words: str, heard: str, familiarity: Familiarity) -> float:
    """The share of the syllable pairs of `words` that are heard in the clause."""
    syllables = familiarity.sound_of(words).strip("|").split("|")
    pairs = {f"|{first}|{second}|" for first, second in pairwise(syllables)}
    return sum(pair in heard for pair in pairs) / len(pairs) if pairs else 1.0


def pair_coverage(words: str, haystack: str) -> float:
    """The share of the character pairs of `words` that stand in the clause."""
    pairs = _pairs(words)
    return sum(pair in haystack for pair in pairs) / len(pairs) if pairs else 1.0


def nearest_nodes(found: Sequence[RetrievedClause], count: int = 3) -> tuple[Node, ...]:
    return tuple(row.clause for row in found[:count])
