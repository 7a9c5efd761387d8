"""An answer without a model, in the clauses' own words: refuse -> item -> operations -> routes -> wider texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.bodies import BodyTable
from corpus.script import fold
from rag.conversation import asks_for_others, neighbour_step, points_at_item
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.operations import address, catalogue, fact, item, outline
from rag.operations import tally as tally_of
from rag.operations import tasks as tasks_of
from rag.question import Query, Understanding, cleaned
from rag.reading.follow_up import Before
from rag.reading.foreign import forms_of
from rag.reading.gazetteer import Gazetteer
from rag.reading.plan import plan_of, request_of
from rag.request import Request
from rag.routes import each_place, filtered, guard, lookup, several
from rag.types import Draft

Operation = Callable[[Request, Library], Draft | None]
Route = Callable[[Query, Library], Draft | None]


class ExtractiveAnswers:
    """Drafts what the texts say to a question that was read, or why nothing is said."""

    def __init__(self, gazetteer: Gazetteer, bodies: BodyTable, understanding: Understanding) -> None:
        self._gazetteer, self._bodies, self._understanding = gazetteer, bodies, understanding
        self._routes: tuple[tuple[str, Route], ...] = (
            ("address", lambda query, library: address.answer(request_of(query, "address", 0.0), library)),
            ("find", lambda query, library: several.side_by_side(query, library, understanding, self._side)),
            ("find", lambda query, library: several.two_asked(query, library, understanding)),
        )
        self._operations: dict[str, Operation] = {
            "address": address.answer,
            "fact": fact.answer,
            "outline": outline.answer,
            "tasks": lambda request, library: tasks_of.answer(request, library, bodies),
            "tally": lambda request, library: tally_of.answer(request, library, bodies),
        }

    def draft(self, question: str, query: Query, before: Before | None, library: Library) -> Draft:
        """The answer to `question`, read as `query` after what was asked `before`. Raises UnfinishedError."""
        clean = cleaned(question)
        draft = (
            guard.refuse(clean, query, library, follows=before is not None)
            or self._item(guard.without_orders(clean), before, library)
            or filtered.answer(query, library, self._routed)
        )
        if draft.reason == "not_in_corpus" and query.scope.foreign and not query.scope.places:
            return self._national(query, library) or draft
        if query.scope.spoken_of and not query.scope.documents and not _speaks_of(draft, query.scope.spoken_of):
            return guard.of_no_place(query, library)
        return _partial(draft, query) if query.scope.foreign and draft.status == "answered" else draft

    def _national(self, query: Query, library: Library) -> Draft | None:
        """What holds everywhere, for a place without documents of its own; that these are missing is said."""
        scope = self._gazetteer.national()
        draft = _found(query.narrowed(scope), library) if scope else None
        return _partial(draft, query) if draft and draft.status == "answered" else None

    def _item(self, question: str, before: Before | None, library: Library) -> Draft | None:
        """One item of the list that the last answer gave, when the question begins by counting it off."""
        step = neighbour_step(question)
        if before is None or not (step or points_at_item(question) or asks_for_others(question)):
            return None
        listed = self._routed(before.asked, library)
        query = self._understanding.query(question)
        if asks_for_others(question):
            draft = tasks_of.others(request_of(query, "tasks"), listed, library, self._bodies)
        elif step:
            draft = item.neighbour(step, listed, library)
        else:
            draft = item.answer(request_of(query, "outline"), listed, library)
        return replace(draft, op=draft.op or listed.op) if draft else None

    def _routed(self, query: Query, library: Library) -> Draft:
        """What the named places' own documents say; where they are silent, those that hold there as well."""
        if self._gazetteer.are_editions(query.alternatives):
            return replace(several.one_each(query, library, self._side), op="find")
        draft = self._routed_in(query, library)
        is_open = draft.reason in ("not_found", "out_of_scope") and not draft.silent_on_bodies
        wider = self._gazetteer.wider(query.scope) if is_open else None
        is_near = wider and lookup.is_near(query.narrowed(wider), library)
        found = _found(query.narrowed(wider), library) if wider and is_near else draft
        return found if found.status == "answered" else draft

    def _routed_in(self, query: Query, library: Library) -> Draft:
        """The first route that knows the question's kind; similarity comes last. Raises UnfinishedError."""
        if draft := self._operated(query, library):
            return draft
        for op, route in self._routes:
            library.deadline.check()
            if draft := route(query, library):
                return replace(draft, op=op)
        return replace(each_place.answer(query, library, self._gazetteer), op="find")

    def _operated(self, query: Query, library: Library) -> Draft | None:
        """The answer of the likeliest operation that has one; of what is here alone nothing else answers."""
        if draft := catalogue.answer(request_of(query, "outline"), library):
            return replace(draft, op="outline")
        for request in plan_of(query).requests:
            library.deadline.check()
            if request.op in self._operations and (draft := self._operations[request.op](request, library)):
                return replace(draft, op=request.op)
        return None

    def _side(self, query: Query, library: Library) -> Draft:
        """One of the sides of a comparison."""
        return self._operated(query, library) or several.side(query, library)


def _found(query: Query, library: Library) -> Draft:
    return replace(lookup.answer(query, library), op="find")


def _speaks_of(draft: Draft, places: Sequence[str]) -> bool:
    """Whether a clause that the draft cites names one of the places; of an answer without clauses nothing is asked."""
    forms = [form for place in places for form in forms_of(place)]
    clauses = [fold(evidence.clause.text) for evidence in draft.evidence]
    return draft.status == "talk" or any(form in text for text in clauses for form in forms)


def _partial(draft: Draft, query: Query) -> Draft:
    """A place without documents was asked about as well: what is missing is said."""
    missing = MESSAGES["also_asked"].format(places="、".join(query.scope.foreign))
    return replace(draft, status="partial", text=f"{draft.text}\n{missing}")
