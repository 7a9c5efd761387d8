"""Questions to ranked clauses: meaning and words, over clauses and their sentences, fused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from corpus.script import simplify
from corpus.shortened import shortened
from corpus.types import Corpus, Node
from index import store as stores
from index.bm25 import Bm25
from index.build import CLAUSES, ENTRIES, SENTENCES, SOUNDS, VECTORS, WORDS, settings_digest, units_of
from index.embedder import DEFAULT, SPREADS, Embedder, Vectors, comparable, open_embedder
from index.errors import REBUILD, DamagedIndexError, StaleIndexError
from index.fusion import SENTENCE_WEIGHTS, SENTENCE_WORDS, best_of_each, fuse, standardised
from index.layout import digest_of, front_of
from index.pointing import Stretch, likelihoods
from index.ranker import Ranker, fitting, open_ranker
from index.settings import IndexSettings
from index.types import RetrievedClause, ScoredSentence, SearchUnit
from index.vectors import VectorIndex
from index.verifier import Verifier, open_verifier
from index.words import Words, dictionary_of

Scores = npt.NDArray[np.float32]
_SIGNALS = {CLAUSES: "clause", SENTENCES: "sentence", ENTRIES: "entry"}
_MEANT = 500  # characters of a question whose meaning is looked up, about one window of the model; its words are all
_REMEMBERED = 4  # questions: one answer searches several times with the same words, in wider and narrower scopes
Wanted = Callable[[Node], float | None]


def everywhere(_clause: Node) -> float | None:
    """No preference: every clause may be found."""
    return 0.0


class Retriever(Protocol):
    """What answers need of a search engine. FAISS with BM25 is one; a server can be another."""

    @property
    def words(self) -> Words: ...

    def search(self, question: str, k: int = 10, wanted: Wanted = everywhere) -> tuple[RetrievedClause, ...]:
        """The best `k` clauses. `wanted` gives a clause a bonus in deviations, or None to leave it out."""
        ...

    def read(self, question: str, found: Sequence[RetrievedClause]) -> tuple[RetrievedClause, ...]:
        """The same clauses, each with how surely it answers, as far as there is a model that reads them."""
        ...

    def pointed(
        self, question: str, clause: Node, around: Stretch, stretches: Sequence[Stretch]
    ) -> tuple[float, ...] | None:
        """For each stretch of the clause the logit that it is what the question asks for, -inf for those too far from
        `around`; None without a model.
        """
        ...

    def carried(self, question: str, sentence: str, clauses: Sequence[Node]) -> float | None:
        """The logit that the clauses together carry the sentence, an answer to the question; None without a model."""
        ...

    def question_vectors(self, questions: Sequence[str]) -> Vectors | None:
        """Unit vectors of whole questions, to compare them with one another: their inner products are likenesses, which
        mean the same whatever the embedder. None without vectors.
        """
        ...

    def likenesses(self, texts: Sequence[str], clause: Node) -> tuple[float, ...] | None:
        """How near each text comes to the clause or its nearest sentence; None without vectors."""
        ...


class HybridIndex:
    """FAISS and BM25 over the corpus's clauses and sentences."""

    def __init__(
        self,
        corpus: Corpus,
        units: Mapping[str, Sequence[SearchUnit]],
        vectors: Mapping[str, VectorIndex],
        terms: Mapping[str, Bm25],
        sounds: Bm25 | None,
        embedder: Embedder | None,
        ranker: Ranker | None = None,
        spread: float = 1.0,
        verifier: Callable[[], Verifier | None] = lambda: None,
    ) -> None:
        """`verifier` opens a model that only some need."""
        self.corpus = corpus
        self._clauses = corpus.clauses
        self._units = units
        self._vectors, self._terms, self._sounds = vectors, terms, sounds
        self._embedder, self._ranker, self._spread = embedder, ranker, spread
        self._verifier = cache(verifier)
        self._raw_scores = lru_cache(maxsize=_REMEMBERED)(self._scores_of_units)
        self._readings = lru_cache(maxsize=_REMEMBERED)(_nothing_read)
        self._words = Words(dictionary_of(corpus))
        self._fronts = {
            clause.clause_id: front_of(document, clause) for document in corpus.documents for clause in document.clauses
        }
        order = {clause.clause_id: i for i, clause in enumerate(self._clauses)}
        self._owners = {
            name: np.array([order[unit.clause.clause_id] for unit in group], np.int64) for name, group in units.items()
        }

    @property
    def words(self) -> Words:
        return self._words

    def search(self, question: str, k: int = 10, wanted: Wanted = everywhere) -> tuple[RetrievedClause, ...]:
        raw = self._raw_scores(question)
        signals = {
            f"{_SIGNALS[name]}_{kind}": best_of_each(scores, self._owners[name], len(self._clauses))
            for (name, kind), scores in raw.items()
        }
        bonuses = [wanted(clause) for clause in self._clauses]
        allowed = np.array([bonus is not None for bonus in bonuses], bool)
        scores = fuse(signals) + np.array([bonus or 0.0 for bonus in bonuses], np.float32)
        best = np.argsort(-np.where(allowed, scores, -np.inf), kind="stable")[: max(min(k, int(allowed.sum())), 0)]
        z = {name: standardised(values) for name, values in signals.items()}
        weights = SENTENCE_WEIGHTS if self._embedder else SENTENCE_WORDS
        fits = fuse({kind: of for (name, kind), of in raw.items() if name == SENTENCES}, weights)
        cosines = [signals[name] for name in ("clause_meaning", "sentence_meaning") if name in signals]
        return tuple(
            RetrievedClause(
                self._clauses[i],
                float(scores[i]),
                {name: float(values[i]) for name, values in z.items()},
                max((float(values[i]) for values in cosines), default=None),
                self._scored_sentences(int(i), fits),
            )
            for i in best
        )

    def read(self, question: str, found: Sequence[RetrievedClause]) -> tuple[RetrievedClause, ...]:
        if self._ranker is None or not found:
            return tuple(found)
        known = self._readings(question)
        new = [row for row in found if row.clause.clause_id not in known]
        readings = self._ranker.read(_meant(question), [self._passage(row) for row in new])
        known.update((row.clause.clause_id, one) for row, one in zip(new, readings, strict=True))
        return tuple(replace(row, answers=known[row.clause.clause_id]) for row in found)

    def pointed(
        self, question: str, clause: Node, around: Stretch, stretches: Sequence[Stretch]
    ) -> tuple[float, ...] | None:
        if self._ranker is None:
            return None
        front = self._fronts[clause.clause_id]
        return likelihoods(self._ranker, _meant(question), front, clause.text, around, stretches)

    def carried(self, question: str, sentence: str, clauses: Sequence[Node]) -> float | None:
        verifier = self._verifier()
        if verifier is None or not clauses:
            return None
        rows = [(self._fronts.get(clause.clause_id, clause.label), clause.text) for clause in clauses]
        return verifier.carried(_meant(question), sentence, rows)

    def _passage(self, row: RetrievedClause) -> tuple[str, str]:
        """What stands before a clause's words, and those of its sentences that fit best, in reading order."""
        order = sorted(row.sentences, key=lambda one: -one.score)
        best = order[: fitting([len(one.sentence.text) for one in order])]
        words = "".join(one.sentence.text for one in sorted(best, key=lambda one: one.sentence.start))
        return self._fronts[row.clause.clause_id], simplify(words or row.clause.text)

    def question_vectors(self, questions: Sequence[str]) -> Vectors | None:
        if self._embedder is None:
            return None
        vectors = np.vstack([self._embedder.embed_queries([_meant(text)]) for text in questions])
        return comparable(vectors, self._spread)

    def likenesses(self, texts: Sequence[str], clause: Node) -> tuple[float, ...] | None:
        if self._embedder is None or not texts:
            return None
        queries = np.vstack(
            [self._embedder.embed_queries([_meant(text)]) for text in texts]
        )  # alone, as the question was
        place = next(i for i, other in enumerate(self._clauses) if other is clause)
        rows = [
            self._vectors[name].cosines(queries)[:, np.flatnonzero(self._owners[name] == place)]
            for name in (CLAUSES, SENTENCES)
            if name in self._vectors
        ]
        return tuple(1 - (1 - float(value)) / self._spread for value in np.hstack(rows).max(axis=1))

    def _scored_sentences(self, clause: int, fits: Scores) -> tuple[ScoredSentence, ...]:
        rows = np.flatnonzero(self._owners.get(SENTENCES, np.array([], np.int64)) == clause)
        found = ((self._units[SENTENCES][int(row)].sentence, float(fits[row])) for row in rows)
        return tuple(ScoredSentence(sentence, score) for sentence, score in found if sentence is not None)

    def _scores_of_units(self, question: str) -> dict[tuple[str, str], Scores]:
        """Scores of every unit, by group and kind: words, sound, and meaning where there are vectors."""
        terms = self._words.terms(question)
        rows = {(name, "words"): self._terms[name].scores(terms) for name in self._units}
        if self._sounds is not None:
            rows[SENTENCES, "sound"] = self._sounds.scores(self._words.sounds(question))
        if self._embedder is not None:
            query = self._embedder.embed_queries([_meant(question)])
            rows |= {(name, "meaning"): self._vectors[name].cosines(query)[0] for name in self._units}
        return rows


def _nothing_read(_question: str) -> dict[str, float]:
    """For a question's readings, by clause."""
    return {}


def _meant(text: str) -> str:
    """What the model reads of a question: it knows simplified characters best, as the texts' own words are embedded."""
    return shortened(simplify(text), _MEANT)


def open_index(corpus: Corpus, settings: IndexSettings) -> HybridIndex:
    """The index in the settings' store. Raises Missing-, Stale- or DamagedIndexError with the command that mends it."""
    store = settings.store
    manifest = stores.read_manifest(store)
    units = units_of(corpus)
    _check_fresh(store, manifest, corpus, [unit for group in units.values() for unit in group], settings)
    folder = stores.check_files(store, manifest)
    embedder = None if manifest.dimension == 0 else open_embedder(settings.embedder, settings.models)
    ranker = open_ranker(settings.models) if embedder and settings.embedder == DEFAULT else None
    try:
        terms = {name: Bm25.load(folder / WORDS.format(name), len(group)) for name, group in units.items()}
        sounds = Bm25.load(folder / SOUNDS.format(SENTENCES), len(units[SENTENCES])) if SENTENCES in units else None
        vectors = {name: VectorIndex.load(folder / VECTORS.format(name)) for name in units} if embedder else {}
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise DamagedIndexError(f"{folder}: can't be read ({type(error).__name__}). {REBUILD}") from error
    if embedder and any(index.dimension != embedder.dimension for index in vectors.values()):
        raise StaleIndexError(f"{store} has vectors of another size than {embedder.name} makes. {REBUILD}")
    spread = SPREADS.get(settings.embedder, 1.0)
    verifier = partial(open_verifier, settings.models) if ranker else lambda: None
    return HybridIndex(corpus, units, vectors, terms, sounds, embedder, ranker, spread, verifier)


def _check_fresh(
    store: Path, manifest: stores.Manifest, corpus: Corpus, units: Sequence[SearchUnit], settings: IndexSettings
) -> None:
    if manifest.settings != settings_digest(settings.embedder):
        raise StaleIndexError(
            f"{store} was built with {manifest.embedder}, settings ask for {settings.embedder}. {REBUILD}"
        )
    if manifest.corpus != corpus.digest or manifest.units != digest_of(units):
        missing = "; ".join(one.reason for one in corpus.left_out if not one.is_expected)
        because = (
            f"Left out: {missing}. Mend or remove what is left out, or rebuild: policyqa index" if missing else REBUILD
        )
        raise StaleIndexError(f"{store} was built from other texts than {settings.corpus} holds now. {because}")
