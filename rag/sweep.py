"""Looking for a kind of value near a topic through whole documents: only that shows that the texts don't give it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.script import fold
from corpus.sentences import sentences_of
from corpus.types import Node
from index.types import RetrievedClause
from rag.lookup import Library
from rag.printed_values import PRINTED, wanted_values
from rag.question import Query
from rag.types import Swept

_BESIDE = 1  # sentences before and after one with a value that may hold its topic
_FOUND = 3  # clauses found that are surely on the topic


def absence(query: Query, found: Sequence[RetrievedClause], library: Library) -> Swept | None:
    """A kind of value that is asked for and that no sentence gives near the topic, where the question looks, with what
    was looked through; None where one does, or none is asked for.

    The clauses that the search found are on the topic, whatever their words.
    """
    for kind in wanted_values(query):
        if any(PRINTED[kind].search(fold(row.clause.text)) for row in found[:_FOUND]):
            continue
        clauses = tuple(_clauses(query, library))
        if query.topics and not any(_gives(kind, clause, query, library) for clause in clauses):
            return Swept(tuple(dict.fromkeys(clause.document_id for clause in clauses)), kind)
    return None


def _clauses(query: Query, library: Library) -> Iterator[Node]:
    """Those of the documents named, or else all that the question and the asker's filters allow."""
    named = query.scope.documents
    for clause in library.corpus.clauses:
        allowed = query.scope.bonus(clause, library.jurisdiction_of(clause)) is not None and library.admits(clause)
        if allowed and (not named or clause.document_id in named):
            yield clause


def _gives(kind: str, clause: Node, query: Query, library: Library) -> bool:
    """Whether a sentence has such a value and a word of the topic, in itself, beside it or in its headings."""
    form, whole = PRINTED[kind], library.familiarity.haystack(clause)
    if not any(topic in whole for topic in query.topics) or not form.search(fold(clause.text)):
        return False
    label = fold(clause.label)
    rows = [fold(sentence.subhead + sentence.text) for sentence in sentences_of(clause.text)]
    for place, row in enumerate(rows):
        near = label + "".join(rows[max(place - _BESIDE, 0) : place + _BESIDE + 1])
        if form.search(row) and any(topic in near for topic in query.topics):
            return True
    return False
