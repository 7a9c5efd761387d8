"""第二点展开说说: one item of the list that was just given."""

from __future__ import annotations

from corpus.sentences import run_in_points
from rag.evidence import opening
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.phrases import place_and_topic, responsibility, short_title
from rag.request import Request
from rag.types import Draft, Evidence


def answer(request: Request, listed: Draft, library: Library) -> Draft | None:
    """The clause behind the item that `request.ordinal` counts off in `listed`; None when that was no such list.

    A negative ordinal counts from the end.
    """
    if not request.ordinal or not listed.evidence:
        return None
    if not listed.facts:
        return _point_of(request, listed, library)
    if abs(request.ordinal) > len(listed.evidence):
        text = MESSAGES["beyond_list"].format(total=len(listed.evidence), ordinal=request.ordinal)
        nearest = tuple(item.clause for item in listed.evidence[-3:])
        return Draft("refused", text, reason="not_stated", nearest=nearest)
    clause = listed.evidence[request.ordinal - (request.ordinal > 0)].clause
    document = library.corpus.document(clause.document_id)
    if document is None:
        return None
    quote = opening(clause)
    lead = ""
    if "bodies" in request.wants and clause.departments:
        lead = responsibility(place_and_topic(clause, document), clause.departments, "[1]。")
    return Draft("answered", f"{lead}“{quote.shown}”[1]", (quote,))


def neighbour(step: int, given: Draft, library: Library) -> Draft | None:
    """The clause that stands `step` after the one that was given, under the same heading or the next."""
    if len(given.evidence) != 1:
        return None
    clause = given.evidence[0].clause
    document = library.corpus.document(clause.document_id)
    if document is None:
        return None
    place = document.clauses.index(clause) + step
    if not 0 <= place < len(document.clauses):
        text = MESSAGES["no_neighbour"].format(title=short_title(document))
        return Draft("refused", text, reason="not_stated", nearest=(clause,))
    other = document.clauses[place]
    quote = opening(other)
    lead = responsibility(place_and_topic(other, document), other.departments, "[1]。") if other.departments else ""
    return Draft("answered", f"{lead}“{quote.shown}”[1]", (quote,))


def _point_of(request: Request, given: Draft, library: Library) -> Draft | None:
    """One of the points inside the clause that was given: 一是…二是…, or a run-in title with its sentences."""
    clause = given.evidence[0].clause
    points = run_in_points(clause.text)
    if len(given.evidence) > 1 or not request.ordinal or abs(request.ordinal) > len(points):
        return None
    quote = Evidence(clause, *points[request.ordinal - (request.ordinal > 0)])
    document = library.corpus.document(clause.document_id)
    topic = place_and_topic(clause, document) if document else clause.label
    return Draft("answered", f"{topic}：“{quote.shown}”[1]", (quote,))
