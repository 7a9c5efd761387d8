"""Looking for a kind of value near a topic through whole documents: only that shows that the texts don't give it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.script import fold
from corpus.sentences import sentences_of
from corpus.types import Node
from index.types import RetrievedClause
from rag.lookup import Library
from rag.printed_values import PRINTED
from rag.question import Query
from rag.request import Request
from rag.scope import Scope
from rag.types import Swept

_BESIDE = 1  # sentences before and after one with a value that may hold its topic
_FOUND = 3  # clauses found that are surely on the topic


def absence(query: Query, found: Sequence[RetrievedClause], library: Library) -> Swept | None:
    """A kind of value that is asked for and that no sentence gives near the topic, where the question looks, with what
    was looked through; None where one does, or none is asked for.

    The clauses that the search found are on the topic, whatever their words.
    """
    if query.scope.focus.leans:
        return None  # what it is about isn't all said in its own words
    clauses = [row.clause for row in found]
    rows = (_absent(kind, query.topics, query.scope, clauses, library) for kind in query.kinds.wanted_values)
    return next(filter(None, rows), None)


def swept(request: Request, found: Sequence[Node], library: Library) -> Swept | None:
    """The same of a look-up that wants a kind of value."""
    kind = request.value
    return _absent(kind, request.topics, request.scope, found, library) if kind in PRINTED else None


def _absent(kind: str, topics: Sequence[str], scope: Scope, found: Sequence[Node], library: Library) -> Swept | None:
    if any(PRINTED[kind].search(fold(clause.text)) for clause in found[:_FOUND]):
        return None
    clauses = tuple(_clauses(scope, library))
    if topics and not any(_gives(kind, clause, topics, library) for clause in clauses):
        return Swept(tuple(dict.fromkeys(clause.document_id for clause in clauses)), kind)
    return None


def _clauses(scope: Scope, library: Library) -> Iterator[Node]:
    """Those of the documents named, or else all that the question and the asker's filters allow."""
    named, places = scope.documents, _holding_in(scope.places, library)
    for clause in library.corpus.clauses:
        is_here = not places or library.jurisdiction_of(clause) in places
        if library.admits(clause) and (clause.document_id in named if named else is_here):
            yield clause


def _holding_in(places: Sequence[str], library: Library) -> frozenset[str | None]:
    """The places named and those above them, whose texts hold there as well, and texts of no place; empty without any."""
    above = {d.metadata.jurisdiction: d.metadata.parent_jurisdiction for d in library.corpus.documents}
    rows: set[str | None] = set(places)
    for place in places:
        upper = above.get(place)
        while upper is not None and upper not in rows:
            rows.add(upper)
            upper = above.get(upper)
    return frozenset(rows | {None}) if rows else frozenset()


def _gives(kind: str, clause: Node, topics: Sequence[str], library: Library) -> bool:
    """Whether a sentence has such a value and half a word of the topic, in itself, beside it or in its headings."""
    form, whole, pieces = PRINTED[kind], library.familiarity.haystack(clause), _pieces(topics)
    if not any(piece in whole for piece in pieces) or not form.search(fold(clause.text)):
        return False
    label = fold(clause.label)
    rows = [fold(sentence.subhead + sentence.text) for sentence in sentences_of(clause.text)]
    for place, row in enumerate(rows):
        near = label + "".join(rows[max(place - _BESIDE, 0) : place + _BESIDE + 1])
        if form.search(row) and any(piece in near for piece in pieces):
            return True
    return False


def _pieces(topics: Sequence[str]) -> frozenset[str]:
    """Every two characters in a row: 高龄津贴 is near where 津贴 stands."""
    return frozenset(topic[i : i + 2] for topic in topics for i in range(max(len(topic) - 1, 1)))
