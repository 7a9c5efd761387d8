"""Answers and what leads to them, each with defaults."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from corpus.bodies import BodyTable
from corpus.script import fold
from corpus.sentences import sentences_of
from corpus.types import Corpus, Department, Document, Node
from index.embedder import Vectors
from index.search import Retriever, Wanted, everywhere
from index.types import RetrievedClause, ScoredSentence
from index.words import Words, dictionary_of
from rag.answer import PolicyQa
from rag.question import Understanding
from rag.reading.gazetteer import Gazetteer
from rag.types import Answer, Citation, Evidence, Validity
from rag.vocabulary import Vocabulary
from tests.builders import a_clause, a_corpus, an_index

Ask = Callable[..., Answer]  # question, earlier questions, as_of, filters -> answer


class PairEmbedder:
    """Stands in for the default model: counts pairs of characters, and all its cosines lie high, as that one's do.

    0.85 for texts without a common pair, 1 for the same text.
    """

    name = "pairs"

    def __init__(self, dimension: int = 4096) -> None:
        self.dimension = dimension

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        counts = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in zip(counts, texts, strict=True):
            for first, second in pairwise(fold(text)):
                row[1 + (31 * ord(first) + ord(second)) % (self.dimension - 1)] += 1
        counts *= math.sqrt(0.15) / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1)
        counts[:, 0] = math.sqrt(0.85)
        return counts / np.linalg.norm(counts, axis=1, keepdims=True)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self.embed_queries(texts)


def a_qa(*documents: Document, asked_as: dict[str, str] | None = None) -> PolicyQa:
    """Answers from these documents."""
    corpus = a_corpus(*documents, asked_as=asked_as)
    return PolicyQa(corpus, an_index(corpus, PairEmbedder()))


def an_understanding(corpus: Corpus) -> Understanding:
    words = Words(dictionary_of(corpus))
    return Understanding(Gazetteer(corpus), BodyTable(corpus), corpus, words, Vocabulary(corpus, words))


def a_department(name: str = "区科委", **fields: Any) -> Department:
    given = {"printed": name, "role": "responsible", "kind": "department", "source": "bracket"} | fields
    return Department(name=name, **given)


def found(clause: Node, *scores: float) -> RetrievedClause:
    """`clause` as the index hands it over; `scores` are its sentences', 0 where none is given."""
    sentences = [sentence for sentence in sentences_of(clause.text) if not sentence.is_bracket]
    padded = [*scores, *[0.0] * (len(sentences) - len(scores))]
    rows = (ScoredSentence(sentence, score) for sentence, score in zip(sentences, padded, strict=True))
    return RetrievedClause(clause, 1.0, sentences=tuple(rows))


def all_of(clause: Node) -> Evidence:
    return Evidence(clause, 0, len(clause.text))


def a_citation(n: int = 1, clause: Node | None = None, **fields: Any) -> Citation:
    node = clause or a_clause()
    given = {
        "n": n,
        "clause_id": node.clause_id,
        "document_id": node.document_id,
        "clause_path": node.path,
        "sub_path": None,
        "clause_label": node.label,
        "document_title": "示例区在线新经济行动方案",
        "document_number": None,
        "issuer": None,
        "issued_on": None,
        "jurisdiction": "示例区",
        "text": node.text,
        "start": node.start,
        "end": node.end,
        "page": None,
        "quote": node.text,
        "quote_start": node.start,
        "quote_end": node.end,
        "quote_status": "exact",
        "departments": node.departments,
        "validity": Validity("not_stated"),
    }
    return Citation(**(given | fields))


def an_answer(**fields: Any) -> Answer:
    given = {"question": "在线教育由谁负责？", "status": "answered", "answer": "由区教育局负责[1]。"}
    return Answer(**(given | fields))


class SlowSearch:
    """A search engine that takes its time, and counts how often it is asked."""

    def __init__(self, engine: Retriever, seconds: float) -> None:
        self._engine, self.seconds, self.searches = engine, seconds, 0
        self.before_search: Callable[[], object] = lambda: None

    @property
    def words(self) -> Words:
        return self._engine.words

    def search(self, question: str, k: int = 10, wanted: Wanted = everywhere) -> tuple[RetrievedClause, ...]:
        self.searches += 1
        self.before_search()
        time.sleep(self.seconds)
        return self._engine.search(question, k, wanted)

    def read(self, question: str, found: Sequence[RetrievedClause]) -> tuple[RetrievedClause, ...]:
        return self._engine.read(question, found)

    def pointed(
        self, question: str, clause: Node, around: tuple[int, int], stretches: Sequence[tuple[int, int]]
    ) -> tuple[float, ...] | None:
        return self._engine.pointed(question, clause, around, stretches)

    def carried(self, question: str, sentence: str, clauses: Sequence[Node]) -> float | None:
        return self._engine.carried(question, sentence, clauses)

    def question_vectors(self, questions: Sequence[str]) -> Vectors | None:
        return self._engine.question_vectors(questions)

    def likenesses(self, texts: Sequence[str], clause: Node) -> tuple[float, ...] | None:
        return self._engine.likenesses(texts, clause)
