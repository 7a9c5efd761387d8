"""Whether two questions ask the same: only then may an answer worded for the one be given to the other."""

from __future__ import annotations

import re

from corpus.script import fold
from rag.question import Query

NEAR = 0.97  # cosine of two wordings; `python -m eval.same_question` prints what it lets through
_NUMBERS = re.compile(r"\d+|[〇零一二三四五六七八九十百]+")
_PUNCTUATION = re.compile(r"[^\w]")


def same_words(first: str, second: str) -> bool:
    """Whether they differ in punctuation, width and script at most."""
    return _plain(first) == _plain(second)


def may_ask_the_same(first: Query, second: Query) -> bool:
    """Whether places, documents, bodies, numbers, subjects and what is wanted are alike; meaning is left to vectors."""
    return _reading(first) == _reading(second)


def _reading(query: Query) -> tuple[object, ...]:
    return (
        frozenset(query.scope.places),
        frozenset(query.scope.documents),
        frozenset(query.scope.parts),
        frozenset(query.scope.foreign),
        frozenset(mention.words for mention in query.bodies),
        tuple(sorted(_NUMBERS.findall(fold(query.asked)))),
        query.asks,
        query.values,
        query.ordinal,
        frozenset(query.subjects) | frozenset(query.strangers),
    )


def _plain(question: str) -> str:
    return _PUNCTUATION.sub("", fold(question))
