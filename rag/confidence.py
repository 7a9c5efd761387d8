"""How sure it is that a clause answers: several features, weighed together, not one similarity."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from corpus.script import fold
from corpus.types import Corpus, Node
from index.types import RetrievedClause
from index.words import Words
from rag.question import Query
from rag.scope import Scope
from rag.vocabulary import Vocabulary
from rag.wording import EMPTY

# Fitted by `python -m eval.calibrate` on the development questions; `policyqa eval` checks them on the others.
WEIGHTS: Mapping[str, float] = {
    "bias": -3.019,
    "meaning": 0.02,
    "clause_meaning": 0.066,
    "entry_meaning": 0.138,
    "sound": 0.004,
    "words": 0.023,
    "entry_words": 0.083,
    "lead": 0.059,
    "cosine": 0.47,
    "coverage": 0.849,
    "missed": -0.091,
    "foreign": -0.142,
    "pairs": 0.897,
    "away": -0.137,
    "quoted_missing": -0.443,
    "length": 0.754,
}
# The same, fitted with POLICYQA_EMBEDDER=none: where there are no vectors, words must carry it all.
WEIGHTS_WITHOUT_MEANING: Mapping[str, float] = {
    "bias": -2.295,
    "sound": 0.043,
    "words": 0.059,
    "entry_words": 0.001,
    "lead": 0.075,
    "coverage": 1.017,
    "missed": -0.103,
    "pairs": 0.908,
    "away": -0.13,
    "quoted_missing": -1.009,
    "length": 0.826,
}
THRESHOLD = 0.38  # what it costs on either side: python -m eval.calibrate
_SPOKEN = (-1.4, 0.55, 1.0)  # the same in a conversation: bias, the odds of the question alone, the lead (log)
_FAR_AHEAD = 20.0  # deviations of lead from which on more says nothing
_QUOTED = re.compile('[“「"]([^”」"]{2,12})[”」"]')
_FOREIGN_WORDS = 2  # words that the clause lacks, each looked at in turn
_TERM_WORDS = 3  # words of the longest term looked for
_TERM_LENGTH = 3  # characters from which on a term names a topic


class Familiarity(Vocabulary):
    """The vocabulary, and what of a question's words the texts asked about have and the others."""

    def __init__(self, corpus: Corpus, words: Words) -> None:
        super().__init__(corpus, words)
        self._documents = [(d.id, d.metadata.jurisdiction, fold(d.text)) for d in corpus.documents]
        self._halves: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[str, str]] = {}

    def away(self, query: Query) -> int:
        """The length of the longest term that other places or documents treat and those asked about don't; or 0."""
        inside, outside = self._split(query.scope)
        words = self._words.words(query.bare)
        longest = 0
        for start in range(len(words)):
            for stop in range(start + 1, min(start + _TERM_WORDS, len(words)) + 1):
                term = "".join(words[start:stop])
                edges = words[start], words[stop - 1]
                if len(term) < _TERM_LENGTH or any(len(EMPTY.sub("", edge)) < len(edge) for edge in edges):
                    continue
                if term in outside and term not in inside:
                    longest = max(longest, len(term))
        return longest

    def _split(self, scope: Scope) -> tuple[str, str]:
        """The texts of the named places and documents, and the rest; nothing is outside when nothing is named."""
        key = (scope.places, scope.documents)
        if key not in self._halves:
            inside: list[str] = []
            outside: list[str] = []
            for document_id, jurisdiction, text in self._documents:
                named = not scope.places or jurisdiction in scope.places
                named = named and (not scope.documents or document_id in scope.documents)
                (inside if named else outside).append(text)
            self._halves[key] = ("\n".join(inside), "\n".join(outside))
        return self._halves[key]


def features(
    query: Query,
    found: Sequence[RetrievedClause],
    familiarity: Familiarity,
    cosines_of: Callable[[Sequence[str]], Sequence[float] | None],
) -> dict[str, float]:
    """What speaks for the first clause: scores, their lead, and how much of the question's topic it holds.

    `cosines_of` gives the first clause's cosines to other texts.
    """
    best = found[0]
    haystack = familiarity.haystack(best.clause)
    weights = {word: familiarity.weight(word) for word in query.topics}
    total = sum(weights.values())
    heard = familiarity.sound_of(haystack)
    missing = {
        word: weight
        for word, weight in weights.items()
        if word not in haystack and familiarity.sound_of(word) not in heard
    }
    missed = list(missing.values())
    quoted = [fold(words) for words in _QUOTED.findall(query.asked)]
    return {
        "bias": 1.0,
        "meaning": best.signals.get("sentence_meaning", 0.0),
        "clause_meaning": best.signals.get("clause_meaning", 0.0),
        "entry_meaning": best.signals.get("entry_meaning", 0.0),
        "sound": best.signals.get("sentence_sound", 0.0),
        "words": best.signals.get("sentence_words", 0.0),
        "entry_words": best.signals.get("entry_words", 0.0),
        "lead": best.score - (found[1].score if len(found) > 1 else 0.0),
        "cosine": ((best.cosine or 0.85) - 0.85) * 20,
        "coverage": 1.0 - sum(missed) / total if total else 0.5,
        "missed": max(missed, default=0.0),
        "foreign": _gain_without(query.text, heaviest(missing), best.cosine, cosines_of),
        "pairs": sound_coverage(query.residue, heard, familiarity),
        "away": float(familiarity.away(query)),
        "quoted_missing": float(any(words not in haystack for words in quoted)),
        "length": math.log(1 + len(query.residue)),
    }


def heaviest(words: Mapping[str, float], count: int = _FOREIGN_WORDS) -> list[str]:
    """The words that weigh most, heaviest first."""
    return sorted(words, key=words.__getitem__, reverse=True)[:count]


def _gain_without(
    text: str,
    words: Sequence[str],
    cosine: float | None,
    cosines_of: Callable[[Sequence[str]], Sequence[float] | None],
) -> float:
    """How much nearer the question comes to the clause, in hundredths, once a word that the clause lacks is gone.

    Another word for what the clause says brings the question nearer to it, and its loss away; a foreign topic's loss
    brings it nearer. 0 where nothing is lacking or there are no vectors.
    """
    if cosine is None:
        return 0.0
    rows = cosines_of([fold(text).replace(word, "") for word in words])
    return max((100 * (row - cosine) for row in rows or ()), default=0.0)


def weights_for(found: RetrievedClause) -> Mapping[str, float]:
    """The weights for what the retriever measured: with vectors, or by words alone."""
    return WEIGHTS if found.cosine is not None else WEIGHTS_WITHOUT_MEANING


def probability(values: Mapping[str, float], weights: Mapping[str, float] = WEIGHTS) -> float:
    """The logistic of the weighted sum, between 0 and 1."""
    total = sum(weight * values.get(name, 0.0) for name, weight in weights.items())
    return 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))


def in_conversation(sure: float, lead: float) -> float:
    """How sure a follow-up's clause is: few of its words are the question's, so what counts is how far it leads."""
    bias, odds, ahead = _SPOKEN
    alone = math.log(max(sure, 1e-9) / max(1 - sure, 1e-9))
    total = bias + odds * alone + ahead * math.log1p(max(min(lead, _FAR_AHEAD), 0.0))
    return 1 / (1 + math.exp(-total))


def sound_coverage(words: str, heard: str, familiarity: Familiarity) -> float:
    """The share of the syllable pairs of `words` that are heard in the clause."""
    syllables = familiarity.sound_of(words).strip("|").split("|")
    pairs = {f"|{first}|{second}|" for first, second in pairwise(syllables)}
    return sum(pair in heard for pair in pairs) / len(pairs) if pairs else 1.0


def pair_coverage(words: str, haystack: str) -> float:
    """The share of the character pairs of `words` that stand in the clause."""
    pairs = {words[i : i + 2] for i in range(len(words) - 1)}
    return sum(pair in haystack for pair in pairs) / len(pairs) if pairs else 1.0


def nearest_nodes(found: Sequence[RetrievedClause], count: int = 3) -> tuple[Node, ...]:
    return tuple(row.clause for row in found[:count])
