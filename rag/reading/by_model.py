"""A plan by a language model: one request, JSON back, every name in it held against the corpus."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.script import fold
from rag.llm.calls import Calls
from rag.llm.prompts import as_data, prompt
from rag.llm.types import LanguageModel, Message
from rag.lookup import Library
from rag.messages import SHOWN
from rag.personal import masked
from rag.question import Query
from rag.reading.kinds import Talk
from rag.reading.planned import SCHEMA, PlannedAll, planned_in
from rag.reading.resolved import Resolved, Resolver
from rag.reading.shown_catalogue import Catalogue
from rag.types import Turn

LOG = logging.getLogger("policyqa.model")
_CHARACTERS, _SHARE = 3000, 0.4  # of a plan; of the time that an answer has
_TURNS, _TURN = 6, 300  # of the conversation that a model is shown


@dataclass(frozen=True)
class ModelPlan:
    """`requests` to be run; `talk` or `is_elsewhere` where nothing is to be looked up. `dropped` counts requests that
    were none, `unknown` has the names that the corpus doesn't.
    """

    requests: tuple[Resolved, ...] = ()
    question: str = ""
    talk: Talk | None = None
    is_elsewhere: bool = False
    dropped: int = 0

    @property
    def unknown(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for row in self.requests for name in row.unknown))


def planned_by(
    model: LanguageModel,
    question: str,
    query: Query,
    history: Sequence[Turn],
    library: Library,
    catalogue: Catalogue,
    resolver: Resolver,
    calls: Calls,
) -> ModelPlan | None:
    """None where what came is no plan. `query` is the question as it is read without a model. Raises ModelError."""
    messages = plan_messages(question, query, history, library, catalogue)
    written = calls.text(model, messages, _CHARACTERS, _SHARE, SCHEMA)
    return plan_in(written, question, history, library, resolver)


def plan_in(
    written: str, question: str, history: Sequence[Turn], library: Library, resolver: Resolver
) -> ModelPlan | None:
    """The plan that stands in a model's words."""
    planned = planned_in(written)
    if planned is None:
        LOG.info("no plan in %d characters", len(written))
        return None
    asked = _anew(planned, question, history)
    rows = [row for row in planned.requests if row.op not in ("talk", "other")]
    if not rows:
        talk = next((row.talk for row in planned.requests if row.talk), None)
        return ModelPlan((), asked, talk, talk is None, planned.dropped)
    said = "\n".join((question, *(turn.content for turn in history if turn.role == "user")))
    sources = [planned.requests[row.source] if row.source is not None else None for row in rows]
    requests = tuple(
        replace(resolver.resolved(row, library, said), source=rows.index(source) if source in rows else None)
        for row, source in zip(rows, sources, strict=True)
    )
    return ModelPlan(requests, asked, dropped=planned.dropped)


def plan_messages(
    question: str, query: Query, history: Sequence[Turn], library: Library, catalogue: Catalogue
) -> list[Message]:
    """What is the same for every question first: instructions, and the catalogue of a small corpus."""
    lines, is_whole = catalogue.shown(library, query)
    shown = SHOWN["catalogue"].format(lines=as_data(lines))
    turns = history[-_TURNS:]
    said = [SHOWN["asked_before" if turn.role == "user" else "said_before"].format(words=_turn(turn)) for turn in turns]
    asked = [
        *([] if is_whole else [shown]),
        SHOWN["today"].format(day=_day(library.as_of)),
        *([SHOWN["conversation"].format(turns="\n".join(said))] if said else []),
        SHOWN["question"].format(words=as_data(masked(question))),
    ]
    system = f"{prompt('plan')}\n\n{shown}" if is_whole else prompt("plan")
    return [Message("system", system), Message("user", "\n".join(asked))]


def _turn(turn: Turn) -> str:
    return " ".join(as_data(masked(turn.content)[:_TURN]).split())


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _anew(planned: PlannedAll, question: str, history: Sequence[Turn]) -> str:
    """The question as the model puts it for one that leans on a conversation; without a number that he never said."""
    said = fold(question + " ".join(turn.content for turn in history if turn.role == "user"))
    invented = [number for number in re.findall(r"\d+", fold(planned.question)) if number not in said]
    return "" if invented or not history else planned.question
