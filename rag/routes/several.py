"""Questions that need several clauses: places or years side by side, and two things asked at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.script import simplify
from corpus.types import Department, Document
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.phrases import listed, renumbered, topic_of
from rag.question import Query, Understanding
from rag.reading.parts import asking_pieces, has_topic, topical_parts
from rag.routes import lookup
from rag.scope import Scope
from rag.types import Draft, Evidence

_NEAR = 20  # clauses near the whole question
_CONTEXT = 0.5  # of a clause's fit to the whole question, that counts for its pieces
_SURELY = 0.75  # confidence of a half's refusal from which on the question counts as half covered
_LENIENT = 0.2  # side by side, the other side has shown that the topic is one of the texts'


@dataclass(frozen=True)
class Found:
    """One side's draft, with what is put before it."""

    draft: Draft
    label: str
    half: str = ""  # the words of one of two questions asked at once


def side_by_side(
    query: Query, library: Library, understanding: Understanding, answered: Callable[[Query, Library], Draft]
) -> Draft | None:
    """One answer a place or a document, where the question names several, each side as `answered` answers it."""
    if not query.alternatives:
        return None
    rows = []
    own = _own_words(query, understanding)
    for scope in query.alternatives:
        label = _label(query, scope, library)
        part = query.narrowed(scope)
        words = own.get(scope.places)
        if words:
            part = understanding.query(words).narrowed(scope)
        rows.append(Found(answered(part, library), label))
    return joined(rows, query)


def one_each(query: Query, library: Library, answered: Callable[[Query, Library], Draft]) -> Draft:
    """What each of the alternatives says, each answered as if it were asked about alone."""
    sides = [(query.narrowed(scope), _label(query, scope, library)) for scope in query.alternatives]
    return joined([Found(answered(side, library), label) for side, label in sides], query)


def side(part: Query, library: Library) -> Draft:
    """The clause that fits best, for one side; the other has shown that the topic is one of the texts'."""
    return lookup.answer(part, library, _LENIENT)


def _label(query: Query, scope: Scope, library: Library) -> str:
    """What sets the sides apart: the places, or the documents of one place."""
    places = {alternative.places for alternative in query.alternatives}
    if len(places) == len(query.alternatives):
        return "、".join(scope.places)
    rows = [library.corpus.document(document_id) for document_id in scope.documents]
    return "、".join(_title(row) for row in rows if row)


def _title(document: Document) -> str:
    """The title, with the number that tells editions of one text apart."""
    number = document.metadata.document_number
    return f"《{simplify(document.metadata.title)}》" + (f"（{number}）" if number else "")


def _own_words(query: Query, understanding: Understanding) -> dict[tuple[str, ...], str]:
    """What is asked of each place, where every place has a question of its own."""
    pieces = [piece for piece in re.split("[?？;；。!！]", query.asked) if piece.strip()]
    named = [(understanding.query(piece).scope.places, piece) for piece in pieces]
    single: dict[tuple[str, ...], str] = {
        places: piece for places, piece in named if len(places) == 1 and has_topic(piece)
    }
    return single if len(single) == len(query.alternatives) else {}


def two_asked(query: Query, library: Library, understanding: Understanding) -> Draft | None:
    """Two questions in one, each answered by its own clause; None when one clause answers both."""
    parts = topical_parts(query.asked)
    if len(parts) < 2:
        return _of_one_clause(query, library, understanding)
    near = _nearness(query, library)
    rows, seen = [], set()
    for words in parts:
        part = _part(words, query, understanding)
        alone = lookup.answer(part, library)
        if alone.status != "answered" and not _is_surely_silent(alone):
            return _of_one_clause(query, library, understanding)
        if alone.status != "answered":
            rows.append(Found(alone, "", words))
            continue
        draft = lookup.answer(part, library, near=near)
        draft = draft if draft.status == "answered" else alone
        clause = draft.evidence[0].clause.clause_id
        if clause not in seen:
            rows.append(Found(draft, ""))
            seen.add(clause)
    return joined(rows, query) if len(rows) > 1 and seen else _of_one_clause(query, library, understanding)


def _nearness(query: Query, library: Library) -> dict[str, float]:
    """What clauses have in advance of others, for each piece of the question, by their fit to the whole."""
    found = library.find(query, _NEAR)
    floor = min((row.score for row in found), default=0.0)
    return {row.clause.clause_id: _CONTEXT * (row.score - floor) for row in found}


def _of_one_clause(query: Query, library: Library, understanding: Understanding) -> Draft | None:
    """What the clause that fits the whole question says to each of its pieces; None where there is but one."""
    parts = tuple(_part(words, query, understanding) for words in asking_pieces(query.asked))
    return lookup.answer(query, library, parts=parts) if parts else None


def _part(words: str, query: Query, understanding: Understanding) -> Query:
    part = understanding.query(words)
    scope = part.scope if part.scope.places or part.scope.documents else query.scope
    kinds = part.kinds if part.kinds.wanted else replace(part.kinds, wants=query.kinds.wants, values=query.kinds.values)
    return replace(part.narrowed(scope), kinds=kinds)


def _is_surely_silent(draft: Draft) -> bool:
    """Whether a half is refused for a value that its clause lacks, or far below what an answer needs."""
    is_silent = draft.reason == "not_stated" or draft.silent_on_bodies
    return is_silent and (draft.features is None or draft.confidence >= _SURELY)


def joined(rows: Sequence[Found], query: Query) -> Draft:
    """The drafts under one another, their citations numbered on; what one place doesn't say is said."""
    evidence: list[Evidence] = []
    bodies: list[tuple[Department, ...]] = []
    pieces, nearest = [], []
    for row in rows:
        draft = row.draft
        if draft.status not in ("answered", "partial"):
            pieces.append(_missing_side(row))
            nearest += list(draft.nearest if draft.status == "clarify" else draft.nearest[:1])
            continue
        text = renumbered(draft.text, len(evidence))
        pieces.append(text if not row.label or text.startswith((row.label, "《")) else f"{row.label}：{text}")
        evidence += draft.evidence
        bodies += draft.bodies or [listed(row.clause) for row in draft.evidence]
    answered = [row for row in rows if row.draft.status in ("answered", "partial")]
    if not answered:
        return rows[0].draft
    status = (
        "answered" if all(row.draft.status == "answered" for row in rows) and not query.scope.foreign else "partial"
    )
    return Draft(
        status,  # type: ignore[arg-type]
        "\n".join(pieces),
        tuple(evidence),
        nearest=tuple(nearest),
        bodies=tuple(bodies),
        confidence=min(row.draft.confidence for row in answered),
        from_search=all(row.draft.facts is None for row in answered),
    )


def _missing_side(row: Found) -> str:
    """What one side lacks: the topic, or only who is responsible for it; of two questions, which one."""
    if row.draft.status == "clarify":
        return f"{row.label}：{row.draft.text}"
    if row.half:
        return MESSAGES["half_missing"].format(half=row.half.strip(" ,，。?？"))
    if row.draft.silent_on_bodies and row.draft.nearest:
        topic = topic_of(row.draft.nearest[0])
        return MESSAGES["without_bodies"].format(place=row.label, topic=topic)
    return MESSAGES["only_one_says"].format(place=row.label)
