"""A question that names no place: what each of the places says whose texts treat it, the wider first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.places import jurisdictions_of, short_form
from corpus.script import fold
from corpus.types import Node
from index.types import RetrievedClause
from rag.alike import are_alike
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.phrases import short_title, topic_of
from rag.question import Query
from rag.reading.gazetteer import Gazetteer
from rag.routes import lookup, several, vague
from rag.types import Draft

_LOOKED_AT = 60  # clauses among which another place's may be
_NEAR = 0.75  # share of the first clause's score
_HEARD = 0.9  # share of what the first clause has of the question's topic
_LENIENT = 0.3  # probability of answering from which on a clause like the one that surely answers does too
_MOST = 4  # places that are answered for side by side

Row = tuple[str | None, Sequence[RetrievedClause]]  # a place, and its clauses, the best first


def answer(query: Query, library: Library, gazetteer: Gazetteer) -> Draft:
    """The best clause's answer; of several places that treat the same, one each, or the question which is meant."""
    if names_where(query, library):
        return lookup.answer(query, library)
    found = lookup.found_for(query, library, _LOOKED_AT)
    if back := vague.asked_back(query, found, library):
        return back
    first = lookup.answer_from(query, found[: lookup.CLAUSES], library)
    if first.status != "answered":
        return first
    rows = sorted(_that_treat_it(query, found, library), key=lambda row: gazetteer.depth(row[0]))
    drafts = [
        (place, first if its[0] is found[0] else lookup.answer_from(query, its[: lookup.CLAUSES], library, _LENIENT))
        for place, its in rows
    ]
    sides = [
        several.Found(draft, _label(place, draft, library)) for place, draft in drafts if draft.status == "answered"
    ]
    if len(sides) > _MOST:
        places = "、".join(side.label for side in sides)
        nearest = tuple(side.draft.evidence[0].clause for side in sides)
        text = MESSAGES["which_place"].format(places=places)
        return Draft("clarify", text, nearest=nearest, confidence=first.confidence, lists_departments=False)
    if len(sides) < 2:
        return _placed(sides[0].draft if sides else first, library)
    both = several.joined(sides, query)
    return replace(both, text=f"{both.text}\n{MESSAGES['each_place']}", features=first.features)


def names_where(query: Query, library: Library) -> bool:
    """Whether the question, what was said before it, or the asker's filters say where it looks."""
    scope, filters = query.scope, library.filters
    named = scope.places or scope.documents or scope.parts or scope.foreign or scope.spoken_of
    return bool(named or scope.focus or filters.jurisdiction or filters.document_id)


def _that_treat_it(query: Query, found: Sequence[RetrievedClause], library: Library) -> list[Row]:
    """Of each place that treats the first clause's topic, its own clauses; the first clause's place among them."""
    places: dict[str | None, list[RetrievedClause]] = {}
    for row in found:
        places.setdefault(library.jurisdiction_of(row.clause), []).append(row)
    best = found[0]
    near = [
        (place, rows)
        for place, rows in places.items()
        if rows[0].score >= _NEAR * best.score and _knows_bodies(query, place)
    ]
    alike = [row for row in near if row[1][0] is best or _is_as_asked(query, row[1][0].clause, best.clause, library)]
    heard = _HEARD * _heard(query, best.clause, library)
    return [row for row in alike if _heard(query, row[1][0].clause, library) >= heard]


def _knows_bodies(query: Query, place: str | None) -> bool:
    """Whether the bodies that the question names, if any, are of this place's texts."""
    return not query.bodies or any(body.jurisdiction == place for mention in query.bodies for body in mention.bodies)


def _is_as_asked(query: Query, clause: Node, best: Node, library: Library) -> bool:
    """Whether a clause is about the best one's matter: its heading has the question's words as well, or it says alike."""
    words = [word for word in query.topics if word in fold(topic_of(best))]
    is_headed = bool(words) and all(word in fold(topic_of(clause)) for word in words)
    return is_headed or are_alike(clause, best, library)


def _heard(query: Query, clause: Node, library: Library) -> float:
    """How much of the question's topic the clause has, by the weight of its words."""
    words = library.familiarity
    haystack = words.haystack(clause)
    return sum(words.weight(word) for word in query.topics if word in haystack)


def _label(place: str | None, draft: Draft, library: Library) -> str:
    """The place; of what holds everywhere, the document."""
    document = library.corpus.document(draft.evidence[0].clause.document_id)
    return place or (f"《{short_title(document)}》" if document else "")


def _placed(draft: Draft, library: Library) -> Draft:
    """The answer with the place that it holds for, where the texts are of several and it doesn't say so itself."""
    place = library.jurisdiction_of(draft.evidence[0].clause)
    if not place or short_form(place) in draft.text or len(jurisdictions_of(library.corpus)) < 2:
        return draft
    return replace(draft, text=MESSAGES["of_place"].format(place=place, text=draft.text))
