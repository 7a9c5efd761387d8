"""What the index stage hands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.sentences import Sentence
from corpus.types import Node


@dataclass(frozen=True)
class SearchUnit:
    """What is searched: a clause (`sentence` None) or one of its sentences.

    `search_text` carries title and heading path in front of the words; it is never quoted.
    """

    clause: Node
    search_text: str
    sentence: Sentence | None = None


@dataclass(frozen=True)
class ScoredSentence:
    """A sentence of a retrieved clause, with how well it fits the question (z-score over all sentences)."""

    sentence: Sentence
    score: float


@dataclass(frozen=True)
class RetrievedClause:
    """A clause with its fused score; `signals` are the parts it was fused from, each a z-score over the corpus.

    `cosine` is the best cosine of the clause or one of its sentences with the question, None without vectors.
    `sentences` are the clause's own, in reading order, brackets left out. `answers` is the logit with which a reader of
    both says that it answers, None where it wasn't read.
    """

    clause: Node
    score: float
    signals: Mapping[str, float] = field(default_factory=dict)
    cosine: float | None = None
    sentences: tuple[ScoredSentence, ...] = ()
    answers: float | None = None
