"""Whether two clauses are about the same matter, wherever they stand."""

from __future__ import annotations

from corpus.script import fold
from corpus.types import Node
from rag.confidence import pair_coverage
from rag.lookup import Library

_SAME_MEANING, _SAME_WORDS = 0.93, 0.5  # likeness; without vectors, share of the pairs of characters


def are_alike(clause: Node, other: Node, library: Library) -> bool:
    cosines = library.retriever.likenesses([clause.text], other)
    if cosines is None:
        return pair_coverage(fold(clause.text), library.familiarity.haystack(other)) >= _SAME_WORDS
    return cosines[0] >= _SAME_MEANING
