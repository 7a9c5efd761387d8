"""A follow-up: what a new question leaves open is taken from the one before it and from what was said to that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.types import RetrievedClause
from rag.focus import Focus
from rag.lookup import Library
from rag.question import Query, Understanding
from rag.reading.standalone import asks, points_at_bodies, standalone, stands_alone, with_bodies
from rag.scope import Scope
from rag.types import Turn

_LOOKED_AT = 40  # clauses of each search that the conversation brings near
_BESIDE, _BEFORE, _DOCUMENT = 0.75, 0.5, 3.0  # weights of what was meant together, and before; deviations


@dataclass(frozen=True)
class Before:
    """The conversation up to a question: the last one asked, made to stand alone, and what was said to it."""

    asked: Query
    said: str = ""


def said_last(history: Sequence[Turn]) -> str:
    """The assistant's last words."""
    return next((turn.content for turn in reversed(history) if turn.role == "assistant"), "")


def follow_up(own: Query, before: Before, understanding: Understanding, library: Library) -> tuple[Query, str | None]:
    """The question as it stands in the conversation, and words for it that need none, if it leans on one.

    What kind of answer is wanted its own words say, unless they ask nothing; what was just spoken of comes nearer.
    """
    earlier = before.asked
    if own.kinds.is_talk:
        return own, None
    said = library.find(own, _LOOKED_AT, text=f"{earlier.text} {before.said}", scope=_where(own, earlier))
    title = understanding.title_of(_document(earlier, said)) if said else ""
    words = _of_bodies_said(own, before, understanding) or standalone(own, earlier, understanding, title)
    merged = understanding.query(words) if words else own
    focus = _focus(merged, own, earlier, said, library)
    kinds = own.kinds if asks(own) else earlier.kinds
    return replace(merged, kinds=kinds, scope=replace(merged.scope, focus=focus)), words


def _of_bodies_said(own: Query, before: Before, understanding: Understanding) -> str | None:
    """The question with the bodies it points at, where the last answer named them."""
    if not points_at_bodies(own):
        return None
    named = [body.words for body in understanding.query(before.said).bodies]
    return with_bodies(own, before.asked, tuple(dict.fromkeys(named)), understanding)


def _where(own: Query, earlier: Query) -> Scope:
    return own.scope if own.scope.places or own.scope.documents else earlier.scope


def _document(earlier: Query, said: Sequence[RetrievedClause]) -> str:
    named = earlier.scope.documents
    return named[0] if len(named) == 1 else said[0].clause.document_id


def _focus(merged: Query, own: Query, earlier: Query, said: Sequence[RetrievedClause], library: Library) -> Focus:
    """Clauses by how well they fit what was said last, and the question's own words; the document of the best."""
    other = f"{earlier.text} {own.text}" if merged.text == own.text else own.text
    beside = library.find(merged, _LOOKED_AT, text=other)
    clauses: dict[str, float] = {}
    for clause, gain in (*_gains(said, _BEFORE), *_gains(beside, _BESIDE)):
        clauses[clause] = clauses.get(clause, 0.0) + gain
    documents = {said[0].clause.document_id: _DOCUMENT} if said else {}
    return Focus(clauses, documents, leans=not stands_alone(own))


def _gains(found: Sequence[RetrievedClause], weight: float) -> Iterator[tuple[str, float]]:
    """By how much each is better than the last of them."""
    for row in found:
        yield row.clause.clause_id, weight * (row.score - found[-1].score)
