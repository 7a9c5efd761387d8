"""Everything else: the clause that fits best, its direct answer, and the sentences that carry it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from corpus.departments import bracket_span
from corpus.script import fold
from corpus.types import Department, Document, Node
from index.types import RetrievedClause
from rag import confidence
from rag.lookup import Library
from rag.messages import MESSAGES, VALUES
from rag.operations import find
from rag.phrases import listed, place_and_topic, responsibility, topic_of
from rag.question import Query
from rag.ranking import CANDIDATES, ranked
from rag.reading.plan import request_of
from rag.say.pointed import meant_in
from rag.say.values import has_value
from rag.sweep import absence
from rag.types import NO_FILTERS, Draft, Evidence, Swept

CLAUSES = 8  # found for a question, and looked at beside the best
_READ = 5  # candidates that are read together with the question
_BRACKET_BONUS, _HEADING_BONUS, _VALUE_BONUS, _QUOTED_BONUS = 4.0, 6.0, 1.5, 3.0  # deviations
_HEARD = 0.5  # share of the topic from which on a question isn't about something else
_ELSEWHERE = 0.2  # probability that it isn't, from which on that is said
_SURELY_ELSEWHERE = 0.8  # and from which on nothing that is found says otherwise
_QUOTED = re.compile('[“「"]([^”」"]{1,12})[”」"]')


def answer(
    query: Query,
    library: Library,
    threshold: float = confidence.THRESHOLD,
    parts: Sequence[Query] = (),
    near: Mapping[str, float] | None = None,
) -> Draft:
    """The best clause's answer, or a refusal that shows the nearest clauses as unverified.

    `parts` are the pieces of a question that asks several things; `near` the deviations that clauses have in advance.
    """
    return answer_from(query, found_for(query, library, near=near), library, threshold, parts)


def answer_from(
    query: Query,
    found: Sequence[RetrievedClause],
    library: Library,
    threshold: float = confidence.THRESHOLD,
    parts: Sequence[Query] = (),
) -> Draft:
    """The first clause's answer, seen beside the others found."""
    if not found:
        return Draft("refused", MESSAGES["not_found"], reason="not_found", confidence=0.0)
    best = found[0]
    values = features(query, found, library)
    trees = confidence.trees_for(best)
    sure = confidence.probability(values, trees)
    if query.scope.focus.leans:
        sure = confidence.in_conversation(sure, best.score - (found[1].score if len(found) > 1 else 0.0))
    document = library.corpus.document(best.clause.document_id)
    assert document is not None
    bodies = listed(best.clause) if "bodies" in query.kinds.wanted else ()
    swept = absence(query, found, library) if bodies or sure < threshold else None
    without_value = {**values, **dict.fromkeys(confidence.VALUE_FEATURES, 0.0)}
    if swept and bodies and confidence.probability(without_value, trees) >= threshold:
        return _without_value(best, document, bodies, swept, sure)
    if sure < threshold or _is_surely_foreign(query):
        return replace(_refusal(query, values, found, swept, library), confidence=1 - sure, features=values)
    return replace(compose(query, best, document, library, sure, parts), features=values)


def features(query: Query, found: Sequence[RetrievedClause], library: Library) -> dict[str, float]:
    """What speaks for the first clause, and what against it."""
    piece = _piece(query, found[0], library)
    return confidence.features(query, found, library, meant_in(found[0], piece.request, piece.terms, piece.points))


def found_for(
    query: Query, library: Library, k: int = CLAUSES, near: Mapping[str, float] | None = None
) -> tuple[RetrievedClause, ...]:
    """The clauses that fit best, `near` ones favoured; none where the first has nothing in common with the question."""
    rows = candidates(query, library, max(k, CANDIDATES), near)
    found = (*ranked(query, rows[:CANDIDATES], library.corpus), *rows[CANDIDATES:])[:k]
    return found if found and any(signal > 0 for signal in found[0].signals.values()) else ()


def candidates(
    query: Query, library: Library, k: int = CANDIDATES, near: Mapping[str, float] | None = None
) -> tuple[RetrievedClause, ...]:
    """The clauses that search finds, best first, of which one is meant; the first ones are read with the question."""
    suits, favoured = _preference(query), near or {}
    found = library.find(query, k, prefers=lambda clause: suits(clause) + favoured.get(clause.clause_id, 0.0))
    return (*library.retriever.read(query.asked, found[:_READ]), *found[_READ:])


def is_near(query: Query, library: Library, threshold: float = confidence.THRESHOLD) -> bool:
    """Whether a clause is likely to answer, and has much of the topic."""
    found = found_for(query, library) if query.topics else ()
    if not found or not _has_subject(query, found[0].clause, library):
        return False
    values = features(query, found, library)
    return values["coverage"] >= _HEARD and confidence.probability(values, confidence.trees_for(found[0])) >= threshold


def _has_subject(query: Query, clause: Node, library: Library) -> bool:
    """Whether the clause has one of the words that tell clauses apart, if the question has any."""
    words = library.familiarity.haystack(clause)
    return not query.subjects or any(subject in words for subject in query.subjects)


def _refusal(
    query: Query, values: Mapping[str, float], found: Sequence[RetrievedClause], swept: Swept | None, library: Library
) -> Draft:
    """Why nothing is said: it isn't there, and what was looked through; another subject; or just not found."""
    nearest = confidence.nearest_nodes(found)
    if swept:
        text = MESSAGES["value_not_stated"].format(what=VALUES[swept.kind])
        return Draft("refused", text, reason="not_stated", nearest=nearest, swept=swept)
    if _is_foreign(query, values) and library.filters == NO_FILTERS:
        return Draft("refused", MESSAGES["out_of_scope"], reason="out_of_scope")
    return Draft("refused", MESSAGES["not_found"], reason="not_found", nearest=nearest)


def _without_value(
    found: RetrievedClause, document: Document, bodies: tuple[Department, ...], swept: Swept, sure: float
) -> Draft:
    """A value asked for beside the bodies: the half that is there."""
    lead = responsibility(place_and_topic(found.clause, document), bodies)
    text = f"{lead}[1]。{MESSAGES['value_absent'].format(what=VALUES[swept.kind])}"
    span = bracket_span(found.clause.text) or (0, len(found.clause.text))
    return Draft("partial", text, (Evidence(found.clause, *span),), confidence=1 - sure, swept=swept)


def _preference(query: Query) -> Callable[[Node], float]:
    """Asked who is responsible, a clause with a bracket comes before one that is silent, its own topic before others."""
    topic = query.residue
    asks = "bodies" in query.kinds.wanted
    quoted = frozenset(_QUOTED.findall(fold(query.bare)))
    request = request_of(query, "find")
    suits = find.suits(request)

    def gain(clause: Node) -> float:
        bonus = suits(clause)
        if asks and any(department.source != "text" for department in clause.departments):
            bonus += _BRACKET_BONUS
        text = fold(clause.text) if request.value != "none" or quoted else ""
        if has_value(request, text):
            bonus += _VALUE_BONUS
        if any(words in text for words in quoted):
            bonus += _QUOTED_BONUS
        heading = fold(topic_of(clause))
        if len(topic) > 1 and topic in heading:
            bonus += _HEADING_BONUS * len(topic) / len(heading) + (0.3 if clause.path.startswith("正文") else 0.0)
        return bonus

    return gain


def _is_surely_foreign(query: Query) -> bool:
    """It surely sounds like no matter of policy, and no text or body is named."""
    is_named = query.scope.documents or query.bodies or query.scope.focus
    return query.kinds.ops["other"] > _SURELY_ELSEWHERE and not is_named


def _is_foreign(query: Query, values: Mapping[str, float]) -> bool:
    """It sounds like no matter of policy, the nearest clause has little of it, and no text or body is named."""
    if _is_surely_foreign(query):
        return True
    if query.scope.documents or query.bodies or query.scope.focus:
        return False
    sounds_so = query.kinds.is_elsewhere if query.scope.places else query.kinds.ops["other"] > _ELSEWHERE
    return sounds_so and max(values["coverage"], values["sounds"]) < _HEARD


def _plain_terms(query: Query, library: Library) -> tuple[str, ...]:
    """The question's terms; what it quotes counts with its quotation marks, the last quotation most."""
    quoted = [f"“{words}”" for words in _QUOTED.findall(fold(query.asked))]
    return (*(term.removeprefix("#") for term in library.retriever.words.terms(query.text)), *quoted)


def compose(
    query: Query, found: RetrievedClause, document: Document, library: Library, sure: float, parts: Sequence[Query] = ()
) -> Draft:
    """Direct answer first, then the sentences that carry it; `parts` are the pieces of a question that asks several things."""
    whole = _piece(query, found, library)
    pieces = [_piece(part, found, library) for part in parts]
    return find.said(whole.request, found, document, whole.terms, sure, pieces, whole.points)


def _piece(query: Query, found: RetrievedClause, library: Library) -> find.Piece:
    points = partial(library.retriever.pointed, query.asked, found.clause)
    return find.Piece(request_of(query, "find"), _plain_terms(query, library), points)
