"""How sure it is that a clause answers: several features, weighed together, not one similarity."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from corpus.script import fold
from corpus.types import Corpus, Node
from index.types import RetrievedClause
from index.words import Words
from rag.question import Query
from rag.scope import Scope
from rag.wording import EMPTY

# Fitted by `python -m eval.calibrate` on the development questions; `policyqa eval` checks them on the others.
WEIGHTS: Mapping[str, float] = {"bias": 0.0}
THRESHOLD = 0.5
_QUOTED = re.compile('[“「"]([^”」"]{2,12})[”」"]')
_KNOWN_LIMIT = 10  # a word in more clauses than this names no topic


class Familiarity:
    """How many clauses hold a word: what a question names that the texts have only elsewhere, or nowhere."""

    def __init__(self, corpus: Corpus, words: Words) -> None:
        self._words = words
        self._texts = [(clause.document_id, fold(clause.label + clause.text)) for clause in corpus.clauses]
        self._size = len(self._texts)
        self._counts: dict[str, int] = {}
        self._whole = [(d.id, d.metadata.jurisdiction, fold(d.text)) for d in corpus.documents]
        self._halves: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[str, str]] = {}

    def count(self, word: str) -> int:
        """In how many clauses `word` stands."""
        if word not in self._counts:
            self._counts[word] = sum(word in text for _, text in self._texts)
        return self._counts[word]

    def weight(self, word: str) -> float:
        """Inverse document frequency; a word that no clause has weighs most."""
        return math.log((self._size + 1) / (self.count(word) + 0.5))

    def longest_runs(self, words: str, scope: Scope) -> tuple[int, int]:
        """How long a stretch of `words` the texts in question have, and how long a one only the others have."""
        inside, outside = self._split(scope)
        here = away = 1
        for run in re.findall("[一-鿿a-z0-9+]{2,}", words):
            for start in range(len(run) - 1):
                while start + here < len(run) and run[start : start + here + 1] in inside:
                    here += 1
                while start + away < len(run) and run[start : start + away + 1] in outside:
                    away += 1
        return here, away

    def _split(self, scope: Scope) -> tuple[str, str]:
        """The texts of the named places and documents, and the rest; nothing is outside when nothing is named."""
        key = (scope.places, scope.documents)
        if key not in self._halves:
            inside: list[str] = []
            outside: list[str] = []
            for document_id, jurisdiction, text in self._whole:
                named = not scope.places or jurisdiction in scope.places
                named = named and (not scope.documents or document_id in scope.documents)
                (inside if named else outside).append(text)
            self._halves[key] = ("\n".join(inside), "\n".join(outside))
        return self._halves[key]

    def topics(self, query: Query) -> tuple[str, ...]:
        """The words of the question's topic, names of places, documents and bodies left aside."""
        rows = (word for word in self._words.words(query.bare) if len(EMPTY.sub("", word)) > 1)
        return tuple(dict.fromkeys(rows))


def features(query: Query, found: Sequence[RetrievedClause], familiarity: Familiarity) -> dict[str, float]:
    """What speaks for the first clause: scores, their lead, and how much of the question its words cover."""
    best = found[0]
    haystack = fold(best.clause.label + best.clause.text)
    words = familiarity.topics(query)
    weights = {word: familiarity.weight(word) for word in words}
    total = sum(weights.values())
    held = sum(weight for word, weight in weights.items() if word in haystack)
    elsewhere = [
        weight
        for word, weight in weights.items()
        if word not in haystack and 0 < familiarity.count(word) <= _KNOWN_LIMIT
    ]
    quoted = [fold(words) for words in _QUOTED.findall(query.asked)]
    here, away = familiarity.longest_runs(query.bare, query.scope)
    return {
        "bias": 1.0,
        "meaning": best.signals.get("sentence_meaning", 0.0),
        "clause_meaning": best.signals.get("clause_meaning", 0.0),
        "entry_meaning": best.signals.get("entry_meaning", 0.0),
        "words": best.signals.get("sentence_words", 0.0),
        "entry_words": best.signals.get("entry_words", 0.0),
        "lead": best.score - (found[1].score if len(found) > 1 else 0.0),
        "cosine": ((best.cosine or 0.85) - 0.85) * 20,
        "coverage": held / total if total else 1.0,
        "pairs": pair_coverage(query.residue, haystack),
        "elsewhere": max(elsewhere, default=0.0),
        "away": float(max(away - here, 0)),
        "here": float(min(here, 8)),
        "quoted_missing": float(any(words not in haystack for words in quoted)),
        "length": math.log(1 + len(query.residue)),
    }


def probability(values: Mapping[str, float], weights: Mapping[str, float] = WEIGHTS) -> float:
    """The logistic of the weighted sum, between 0 and 1."""
    total = sum(weight * values.get(name, 0.0) for name, weight in weights.items())
    return 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))


def pair_coverage(words: str, haystack: str) -> float:
    """The share of the character pairs of `words` that stand in the clause."""
    pairs = {words[i : i + 2] for i in range(len(words) - 1)}
    return sum(pair in haystack for pair in pairs) / len(pairs) if pairs else 1.0


def nearest_nodes(found: Sequence[RetrievedClause], count: int = 3) -> tuple[Node, ...]:
    return tuple(row.clause for row in found[:count])
