"""The answer path, top to bottom: understand -> guard -> routes -> assemble."""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from corpus.bodies import BodyTable
from corpus.places import short_form
from corpus.types import Corpus
from index.search import Retriever
from index.types import RetrievedClause
from rag.assemble import assembled
from rag.confidence import Familiarity
from rag.conversation import asks_for_others, last_question, neighbour_step, points_at_item, standalone
from rag.errors import BlankQuestionError, UnknownFilterError
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.question import QUESTION_LIMIT, Query, Understanding, cleaned
from rag.routes import document, guard, item, listing, lookup, mentions, reference, several, tally, tasks
from rag.scope import Gazetteer
from rag.types import NO_FILTERS, Answer, Draft, Filters, Turn


class PolicyQa:
    """Answers questions from one corpus and its index. Cheap to ask; safe to share between threads."""

    def __init__(self, corpus: Corpus, retriever: Retriever) -> None:
        self.corpus = corpus
        self._retriever = retriever
        self._familiarity = Familiarity(corpus, retriever.words)
        self._gazetteer = Gazetteer(corpus)
        self.bodies = BodyTable(corpus)
        self._understanding = Understanding(self._gazetteer, self.bodies, corpus, retriever.words, self._familiarity)

    def ask(
        self, question: str, history: Sequence[Turn] = (), filters: Filters = NO_FILTERS, as_of: date | None = None
    ) -> Answer:
        """The answer object. Raises BlankQuestionError and UnknownFilterError; a refusal is an answer."""
        started = time.perf_counter()
        if not question.strip():
            raise BlankQuestionError()
        filters = self._full_place(filters)
        self._check(filters)
        query, rewritten = self._understood(question, history)
        understood = time.perf_counter()
        draft = self._drafted(question, query, history, filters)
        answered = time.perf_counter()
        answer = assembled(draft, question, self.corpus, as_of or date.today())
        finished = time.perf_counter()
        return replace(
            answer,
            warnings=answer.warnings + ((MESSAGES["cut"],) if len(question.strip()) > QUESTION_LIMIT else ()),
            rewritten_question=rewritten,
            trace_id=uuid.uuid4().hex,
            latency_ms=_ms(started, finished),
            timings_ms={
                "understand": _ms(started, understood),
                "answer": _ms(understood, answered),
                "assemble": _ms(answered, finished),
            },
        )

    def draft(self, question: str, history: Sequence[Turn] = ()) -> Draft:
        """What the routes found, before it is numbered and dressed: for measuring."""
        return self._drafted(question, self._understood(question, history)[0], history, NO_FILTERS)

    def _understood(self, question: str, history: Sequence[Turn]) -> tuple[Query, str | None]:
        """The question read, and the standalone one that was read in its place, if any."""
        plain = guard.without_orders(cleaned(question))
        rewritten = standalone(plain, history, self._understanding)
        return self._understanding.query(rewritten or plain), rewritten

    def _drafted(self, question: str, query: Query, history: Sequence[Turn], filters: Filters) -> Draft:
        library = Library(self.corpus, self._retriever, self._familiarity, filters)
        clean = cleaned(question)
        draft = (
            guard.refuse(clean, query, library)
            or self._item(guard.without_orders(clean), history, library)
            or self._routed(query, library)
        )
        return _partial(draft, query) if query.scope.foreign and draft.status == "answered" else draft

    def search(self, words: str, k: int = 10, filters: Filters = NO_FILTERS) -> tuple[RetrievedClause, ...]:
        """The best `k` clauses for `words`, without an answer; those with nothing in common are left out.

        Raises UnknownFilterError.
        """
        filters = self._full_place(filters)
        self._check(filters)
        query = self._understanding.query(cleaned(words))
        found = Library(self.corpus, self._retriever, self._familiarity, filters).find(query, k)
        return tuple(row for row in found if any(signal > 0 for signal in row.signals.values()))

    def _item(self, question: str, history: Sequence[Turn], library: Library) -> Draft | None:
        """One item of the list that the last answer gave, when the question begins by counting it off."""
        before = last_question(history, self._understanding)
        step = neighbour_step(question)
        if before is None or not (step or points_at_item(question) or asks_for_others(question)):
            return None
        listed = self._routed(self._understanding.query(before), library)
        if asks_for_others(question):
            return tasks.others(self._understanding.query(question), listed, library, self.bodies)
        if step:
            return item.neighbour(step, listed, library)
        return item.answer(self._understanding.query(question), listed, library)

    def _routed(self, query: Query, library: Library) -> Draft:
        """The first route that knows the question's kind; similarity comes last."""
        return (
            tally.answer(query, library)
            or tasks.answer(query, library, self.bodies)
            or document.answer(query, library)
            or mentions.answer(query, library)
            or reference.answer(query, library)
            or listing.answer(query, library)
            or several.side_by_side(query, library, self._understanding)
            or several.two_asked(query, library, self._understanding)
            or lookup.answer(query, library)
        )

    def _full_place(self, filters: Filters) -> Filters:
        """虹口 as a filter means 虹口区."""
        places = {short_form(place): place for place in self._gazetteer.places}
        wanted = filters.jurisdiction
        return replace(filters, jurisdiction=places.get(wanted, wanted)) if wanted else filters

    def _check(self, filters: Filters) -> None:
        known: dict[str, set[str | None]] = {
            "jurisdiction": {d.metadata.jurisdiction for d in self.corpus.documents},
            "document_id": {d.id for d in self.corpus.documents},
            "department": {body.name for body in self.bodies.bodies},
        }
        for name, values in known.items():
            wanted = getattr(filters, name)
            if wanted is not None and wanted not in values:
                raise UnknownFilterError(name, wanted, sorted(v for v in values if v))


def _partial(draft: Draft, query: Query) -> Draft:
    """A place without documents was asked about as well: what is missing is said."""
    missing = MESSAGES["also_asked"].format(places="、".join(query.scope.foreign))
    return replace(draft, status="partial", text=f"{draft.text}\n{missing}")


def _ms(start: float, end: float) -> float:
    return round((end - start) * 1000, 2)
