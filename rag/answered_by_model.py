"""An answer by a language model, top to bottom: plan -> look up -> write -> check -> draft; any failure falls back a step."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field, replace
from typing import Literal

from rag.events import Event
from rag.grounding.check import SentenceCheck
from rag.llm.calls import Calls
from rag.llm.shown_rows import write_messages
from rag.llm.types import FailureReason, Message, ModelError, Models
from rag.llm.writer import Writer, Written
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.operations.looked_up import Found, LookUps, Row
from rag.outcome import Outcome, outcome_of
from rag.question import Query
from rag.reading.by_model import ModelPlan, plan_in, planned_by
from rag.reading.plan import request_of
from rag.reading.resolved import Resolved, Resolver
from rag.reading.shown_catalogue import Catalogue
from rag.talk import reply
from rag.types import Draft, Turn
from rag.written import Shown, drafted_from, of_no_place, quoted_from

FellBack = Literal["plan", "second_plan", "writing"]
_DEAD: frozenset[FailureReason] = frozenset(  # what a second request would meet with as well
    {"unreachable", "unauthorised", "refused_request", "rate_limited", "circuit_open", "no_first_words"}
)
_CERTAIN = 0.8  # confidence of the reader's answer that a plan to look nothing up doesn't overrule
_TURNS = 2  # of the asker's that a question leans on
_OF_READER = 5  # clauses of a search beside those that the reader's answer rests on


@dataclass
class Trace:
    """How the answer came about: for the object."""

    plan: ModelPlan | None = None
    second: ModelPlan | None = None
    outcome: Outcome | None = None
    fell_back: list[FellBack] = field(default_factory=list)
    is_written: bool = False
    streamed: str = ""  # how much of the answer was given out already
    notes: tuple[str, ...] = ()  # warnings


@dataclass(frozen=True)
class Asked:
    """A question as the model path gets it: in words without orders, as read without a model, with the reader's answer."""

    question: str
    query: Query
    history: tuple[Turn, ...]
    draft: Draft

    @property
    def said(self) -> str:
        """The asker's own words, of now and just before: what a sentence may take from a question."""
        turns = [turn.content for turn in self.history if turn.role == "user"]
        return "\n".join([*turns[-_TURNS:], self.question])


class ModelAnswers:
    """Answers with the models configured. Safe to share between threads."""

    def __init__(self, models: Models, resolver: Resolver, look_ups: LookUps, check: SentenceCheck) -> None:
        self.models = models
        self._resolver, self._look_ups, self._catalogue = resolver, look_ups, Catalogue()
        self._writer = Writer(models.writes, check) if models.writes else None

    def draft(self, asked: Asked, library: Library, calls: Calls, trace: Trace) -> Generator[Event, None, Draft | None]:
        """The events of the writing, then the draft; None where the reader's stands."""
        yield Event("status", {"stage": "planning"})
        try:
            trace.plan = self._planned(asked, library, calls)
        except ModelError as failure:
            yield Event("status", {"stage": "model_failed", "reason": failure.reason})
            if self.models.plans is self.models.writes and failure.reason in _DEAD:
                trace.fell_back += ["plan", "writing"]
                return None
        if trace.plan is None:
            trace.fell_back += ["plan"] if self.models.plans else []
        elif not trace.plan.requests:
            return self._without_look_up(trace.plan, asked, library)
        found = self._found(trace.plan, asked, library)
        trace.outcome = outcome_of(found, library)
        if not trace.outcome.rows and (nowhere := of_no_place(found, library)):
            return nowhere
        if self._writer is None:
            return _said_by_operation(trace.outcome, asked)
        yield Event("status", {"stage": "writing"})
        return (yield from self._written(asked, library, calls, trace))

    def _planned(self, asked: Asked, library: Library, calls: Calls) -> ModelPlan | None:
        if self.models.plans is None:
            return None
        return planned_by(
            self.models.plans,
            asked.question,
            asked.query,
            asked.history,
            library,
            self._catalogue,
            self._resolver,
            calls,
        )

    def _without_look_up(self, plan: ModelPlan, asked: Asked, library: Library) -> Draft | None:
        """Talk, or nothing of policy; not where the reader has an answer that it is sure of."""
        if asked.draft.status == "answered" and asked.draft.confidence >= _CERTAIN:
            return None
        if plan.talk:
            return reply(plan.talk, library.corpus, library.handover)
        return Draft("refused", MESSAGES["out_of_scope"], reason="out_of_scope")

    def _found(self, plan: ModelPlan | None, asked: Asked, library: Library) -> tuple[Found, ...]:
        if plan is not None:
            return self._look_ups.run(plan.requests, library)
        return (_of_reader(asked, library),)

    def _written(
        self, asked: Asked, library: Library, calls: Calls, trace: Trace
    ) -> Generator[Event, None, Draft | None]:
        """One second plan at most, where the writer asks for it."""
        assert self._writer is not None
        assert trace.outcome is not None
        shown = Shown(library)
        may_look_again = self.models.plans is self.models.writes and trace.plan is not None
        written = yield from self._attempt(asked, library, calls, trace, shown, may_look_again)
        if written.verdict == "again":
            trace.second = plan_in(written.text, asked.question, asked.history, library, self._resolver)
            if trace.second and trace.second.requests and may_look_again:
                found = self._look_ups.run(trace.second.requests, library)
                trace.outcome = outcome_of((*found, *trace.outcome.found), library)
            else:
                trace.fell_back.append("second_plan")
            written = yield from self._attempt(asked, library, calls, trace, shown, False)
        draft = drafted_from(written, trace.outcome, library)
        if draft is not None:
            trace.is_written, trace.streamed = True, shown.text
            is_answer = draft.status in ("answered", "partial")
            trace.notes = (MESSAGES["unchecked"],) if written.dropped and is_answer else ()
            return draft
        trace.fell_back.append("writing")
        return quoted_from(written, trace.outcome, asked.draft) or _said_by_operation(trace.outcome, asked)

    def _attempt(
        self, asked: Asked, library: Library, calls: Calls, trace: Trace, shown: Shown, may_look_again: bool
    ) -> Generator[Event, None, Written]:
        assert self._writer is not None
        assert trace.outcome is not None
        question = (trace.plan.question if trace.plan else "") or asked.question
        messages: list[Message] = write_messages(question, asked.history, trace.outcome, library, may_look_again)
        steps = self._writer.write(messages, asked.said, trace.outcome, calls)
        while True:
            try:
                kept = next(steps)
            except StopIteration as ended:
                written: Written = ended.value
                if written.failure is not None:
                    yield Event("status", {"stage": "model_failed", "reason": written.failure.reason})
                return written
            if kept.numbers:
                yield from shown.events(kept, trace.outcome)


def _of_reader(asked: Asked, library: Library) -> Found:
    """What the question brings as it is read without a model: the reader's answer, and what is near."""
    draft, request = asked.draft, request_of(asked.query, "find", 1.0)
    rows = [Row(item.clause, ((item.start, item.end),), item.sub_path) for item in draft.evidence]
    rows += [Row(row.clause) for row in library.find(asked.query, _OF_READER)]
    rows += [Row(node) for node in draft.nearest if not node.heading_only]
    said = draft if draft.status in ("answered", "partial") else None
    documents = tuple(d.id for d in library.documents_of(request.scope))
    return Found(Resolved(request), tuple(rows), said, draft.swept, documents)


def _said_by_operation(outcome: Outcome, asked: Asked) -> Draft | None:
    """What the one look-up's own operation says, where it isn't a search; None where the reader's answer stands."""
    if len(outcome.found) != 1:
        return None
    found = outcome.found[0]
    draft = found.draft
    if draft is None or draft is asked.draft or draft.status != "answered":
        return None
    return replace(draft, op=found.resolved.request.op)
