"""The answer path, top to bottom: understand -> draft in the clauses' own words -> write by a model -> assemble."""

from __future__ import annotations

import copy
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from corpus.bodies import BodyTable
from corpus.places import short_form
from corpus.today import today
from corpus.types import Corpus
from index.embedder import Vectors
from index.search import Retriever
from index.types import RetrievedClause
from rag.answered_by_model import Asked, ModelAnswers, Trace
from rag.assemble import assembled
from rag.conversation import last_question
from rag.deadline import Deadline
from rag.errors import BlankQuestionError, UnknownFilterError
from rag.events import AnswerStream, Event
from rag.extractive import ExtractiveAnswers
from rag.familiarity import Familiarity
from rag.grounding.check import SentenceCheck
from rag.history import recent
from rag.llm.calls import Calls
from rag.llm.types import LanguageModel, Limits, Models, TokenStream
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.operations.looked_up import LookUps, Row
from rag.plan_by_model_json import plan_by_model_json
from rag.question import QUESTION_LIMIT, Query, Understanding, cleaned
from rag.reading.as_planned import as_planned
from rag.reading.follow_up import Before, follow_up, said_last
from rag.reading.gazetteer import Gazetteer
from rag.reading.plan import plan_of
from rag.reading.plan_json import plan_json
from rag.reading.planned import Planned
from rag.reading.resolved import Resolved, Resolver
from rag.reading.standalone import stands_alone
from rag.routes import guard, lookup
from rag.same_question import may_ask_the_same
from rag.types import NO_FILTERS, Answer, Draft, Filters, Turn
from rag.wire import citation_json

_SURELY_TALK = 0.9  # probability from which on no model is asked whether something else is meant


class PolicyQa:
    """Answers questions from one corpus and its index. Cheap to ask; safe to share between threads."""

    def __init__(
        self,
        corpus: Corpus,
        retriever: Retriever,
        model: LanguageModel | Models | None = None,
        limits: Limits | None = None,
        handover: str = "",
    ) -> None:
        """`model` plans what is looked up and writes the answer; without one the reader and the extractive answerer do.

        `handover`: as TalkSettings has it.
        """
        self._handover = handover
        self.corpus = corpus
        self._retriever = retriever
        self._familiarity = Familiarity(corpus, retriever.words)
        self._gazetteer = Gazetteer(corpus)
        self.bodies = BodyTable(corpus)
        self._understanding = Understanding(self._gazetteer, self.bodies, corpus, retriever.words, self._familiarity)
        self._extractive = ExtractiveAnswers(self._gazetteer, self.bodies, self._understanding)
        self._resolver = Resolver(self._gazetteer, self.bodies, self._understanding)
        self._look_ups = LookUps(self.bodies, self._gazetteer)
        self._limits = limits or Limits()
        self._by_model = self._with(model if isinstance(model, Models) else Models(model, model)) if model else None

    def _with(self, models: Models) -> ModelAnswers:
        retriever = self._retriever
        check = SentenceCheck(self.bodies, retriever.words, retriever.question_vectors, retriever.carried)
        return ModelAnswers(models, self._resolver, self._look_ups, check)

    @property
    def model_name(self) -> str | None:
        """The models that plan and write, or None for extractive answers."""
        return self._by_model.models.name if self._by_model else None

    def ask(
        self, question: str, history: Sequence[Turn] = (), filters: Filters = NO_FILTERS, as_of: date | None = None
    ) -> Answer:
        """The answer object. Raises BlankQuestionError and UnknownFilterError; a refusal is an answer."""
        return self.stream(question, history, filters, as_of).answer()

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Filters = NO_FILTERS,
        as_of: date | None = None,
        deadline: Deadline | None = None,
    ) -> AnswerStream:
        """The answer as it comes about; the last event holds the answer object.

        Raises BlankQuestionError and UnknownFilterError at once, and while it is read AnswerTimeoutError when finding
        what answers takes past `deadline`, AnswerCancelledError once it is closed.
        """
        if not question.strip():
            raise BlankQuestionError()
        filters = self._full_place(filters)
        self._check(filters)
        library = self._library(filters, deadline or Deadline(), as_of or today())
        return AnswerStream(
            lambda requests: self._events(question, recent(history), library, library.as_of, requests),
            library.deadline,
        )

    def _events(
        self, question: str, history: Sequence[Turn], library: Library, as_of: date, requests: list[TokenStream]
    ) -> Iterator[Event]:
        started = time.perf_counter()
        yield Event("status", {"stage": "searching"})
        library.deadline.check()
        before = self._before(history, library.deadline)
        library.deadline.check()
        query, rewritten = self._understood(question, before, library)
        understood = time.perf_counter()
        draft = self._extractive.draft(question, query, before, library)
        found = time.perf_counter()
        trace, calls = Trace(), Calls(self._limits, requests)
        by_model = None
        if self._by_model and not _is_settled(draft, query):
            library = replace(library, deadline=library.deadline.without_end())
            asked = Asked(guard.without_orders(cleaned(question)), query, tuple(history), draft)
            by_model = yield from self._by_model.draft(asked, library, calls, trace)
            rewritten = (trace.plan.question if trace.plan else "") or rewritten
        answered = time.perf_counter()
        library.deadline.check()
        answer = assembled(by_model or draft, question, self.corpus, as_of)
        finished = time.perf_counter()
        answer = replace(
            answer,
            plan=self._plan(answer, by_model, trace, query, draft),
            warnings=answer.warnings
            + trace.notes
            + ((MESSAGES["cut"],) if len(question.strip()) > QUESTION_LIMIT else ()),
            rewritten_question=rewritten,
            mode="llm" if trace.is_written else "extractive",
            model=self.model_name if trace.is_written else None,
            tokens=calls.spent.as_json() if calls.spent.requests else None,
            trace_id=uuid.uuid4().hex,
            latency_ms=_ms(started, finished),
            timings_ms={
                "understand": _ms(started, understood),
                "answer": _ms(understood, found),
                "write": _ms(found, answered),
                "assemble": _ms(answered, finished),
            },
        )
        if answer.answer != trace.streamed:
            yield Event("citations", {"citations": [citation_json(row) for row in answer.citations]})
            yield Event("delta", {"text": answer.answer.removeprefix(trace.streamed)})
        yield Event("done", {"answer": answer})

    def _plan(
        self, answer: Answer, by_model: Draft | None, trace: Trace, query: Query, draft: Draft
    ) -> dict[str, Any] | None:
        """What was looked up for the answer that is given; nothing for what no look-up decided."""
        if answer.status == "talk" or answer.reason in ("unsafe", "not_in_corpus"):
            return None
        if by_model is not None and (made := plan_by_model_json(trace, by_model.swept)):
            return made
        shown = plan_json(plan_of(query, draft.op), draft.op, draft.swept) if draft.op else None
        return {**shown, "fell_back": list(trace.fell_back)} if shown and trace.fell_back else shown

    def search(self, words: str, k: int = 10, filters: Filters = NO_FILTERS) -> tuple[RetrievedClause, ...]:
        """The best `k` clauses for `words`, without an answer; those with nothing in common are left out.

        Raises UnknownFilterError.
        """
        filters = self._full_place(filters)
        self._check(filters)
        query = self._understanding.query(cleaned(words))
        found = self._library(filters).find(query, k)
        return tuple(row for row in found if any(signal > 0 for signal in row.signals.values()))

    def query(self, question: str) -> Query:
        """The question read by itself."""
        return self._understanding.query(guard.without_orders(cleaned(question)))

    def stands_alone(self, question: str, history: Sequence[Turn]) -> bool:
        """Whether the question means the same without what was said before it."""
        before = last_question(recent(history), self._understanding)
        return before is None or stands_alone(self.query(question))

    def ask_the_same(self, first: Query, second: Query) -> bool:
        """Whether two questions may ask the same, as far as reading them tells."""
        return may_ask_the_same(first, second, self._retriever.words)

    def question_vectors(self, questions: Sequence[str]) -> Vectors | None:
        """(len(questions), dimension) float32 unit vectors; None without an embedding model."""
        return self._retriever.question_vectors(questions)

    def without_model(self) -> PolicyQa:
        """The same answers, extractive."""
        plain = copy.copy(self)
        plain._by_model = None
        return plain

    @property
    def model_state(self) -> str:
        """`none`, `ready`, or `failing` while its endpoint is left alone after failures in a row."""
        if self._by_model is None:
            return "none"
        models = (self._by_model.models.plans, self._by_model.models.writes)
        failing = any(getattr(getattr(model, "breaker", None), "is_open", False) for model in models if model)
        return "failing" if failing else "ready"

    def draft(self, question: str, history: Sequence[Turn] = ()) -> Draft:
        """What the routes found, before it is numbered and dressed: for measuring."""
        library = self._library(NO_FILTERS)
        before = self._before(recent(history), library.deadline)
        query, _ = self._understood(question, before, library)
        return self._extractive.draft(question, query, before, library)

    def read(self, question: str, history: Sequence[Turn] = ()) -> Query:
        """The question as it is read after what was said before it: for measuring."""
        library = self._library(NO_FILTERS)
        return self._understood(question, self._before(recent(history), library.deadline), library)[0]

    def resolved(self, planned: Planned, question: str) -> Resolved:
        """A planned look-up with its names as the corpus has them."""
        return self._resolver.resolved(planned, self.library, question)

    def rows_of(self, planned: Planned, question: str) -> tuple[Row, ...]:
        """The clauses that a planned look-up brings: what a model is shown of it."""
        return self._look_ups.run([self.resolved(planned, question)], self.library)[0].rows

    def answer_to(
        self, planned: Planned, question: str, history: Sequence[Turn] = (), as_of: date | None = None
    ) -> Answer:
        """What the question is answered without a model once it is read as planned: for measuring."""
        library = self._library(NO_FILTERS, as_of=as_of)
        before = self._before(recent(history), library.deadline)
        read, _ = self._understood(question, before, library)
        topic = self._understanding.query("，".join(planned.topic)) if planned.topic else None
        query = as_planned(read, planned, self.resolved(planned, question).request, topic)
        query = replace(query, alternatives=self._gazetteer.alternatives(query.asked, query.scope))
        return assembled(self._extractive.draft(question, query, before, library), question, self.corpus, library.as_of)

    @property
    def library(self) -> Library:
        """All texts, as far as no filter narrows them."""
        return self._library(NO_FILTERS)

    def candidates(
        self, question: str, history: Sequence[Turn] = ()
    ) -> tuple[Query, tuple[RetrievedClause, ...], Corpus]:
        """What search gives the ranking to choose from: for fitting it."""
        query = self.read(question, history)
        return query, lookup.candidates(query, self.library), self.corpus

    def _before(self, history: Sequence[Turn], deadline: Deadline) -> Before | None:
        """What a follow-up leans on; None where nothing was asked yet. Raises UnfinishedError."""
        asked = last_question(history, self._understanding, deadline)
        return Before(self._understanding.query(asked), said_last(history)) if asked else None

    def _understood(self, question: str, before: Before | None, library: Library) -> tuple[Query, str | None]:
        """The question read, and the standalone one that was read in its place, if any."""
        plain = guard.without_orders(cleaned(question))
        own = self._understanding.query(plain)
        if before is None or not plain:
            return own, None
        return follow_up(own, before, self._understanding, library)

    def _library(self, filters: Filters, deadline: Deadline | None = None, as_of: date | None = None) -> Library:
        return Library(
            self.corpus,
            self._retriever,
            self._familiarity,
            filters,
            deadline or Deadline(),
            as_of or today(),
            self._handover,
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


def _is_settled(draft: Draft, query: Query) -> bool:
    """What no model is asked about: what is surely talk, and what must not be answered."""
    return (draft.status == "talk" and query.kinds.ops["talk"] >= _SURELY_TALK) or draft.reason == "unsafe"


def _ms(start: float, end: float) -> float:
    return round((end - start) * 1000, 2)
