"""A benchmark question, and what one answer scored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rag.reading.kinds import Op, Value, Want


@dataclass(frozen=True)
class GoldClause:
    """A clause that answers, with the words of it that carry the answer."""

    clause_id: str
    quote: str


@dataclass(frozen=True)
class Labels:
    """How a question is to be read; names are as it says them."""

    op: Op
    wants: tuple[Want, ...] = ()
    value: Value = "none"
    topic: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    address: str = ""


@dataclass(frozen=True)
class GoldQuestion:
    """One line of a question file; `eval/questions/README.md` describes each field."""

    id: str
    kind: str
    question: str
    answerable: bool | None  # None: asked without gold, not scored
    status: str | None
    reason: str | None
    gold: tuple[GoldClause, ...]
    need: Literal["all", "any"]
    departments: tuple[tuple[str, str | None], ...] | None
    facts: tuple[tuple[str, ...], ...]
    history: tuple[dict[str, str], ...] = ()
    labels: Labels | None = None


@dataclass(frozen=True)
class Score:
    """What one answer scored. None where a measure does not apply, never 0."""

    question_id: str
    kind: str
    clause_first: float | None
    recall: float | None
    precision: float | None
    departments: float | None
    facts: float | None
    refused_rightly: float | None  # unanswerable questions only
    refused_wrongly: float | None  # answerable questions only
    reason_right: float | None
    ungrounded_numbers: int
    length: int
    latency_ms: float
    ungrounded_bodies: int = 0  # offices in the answer that no cited clause names
    fully_right: float | None = None
    judged: float | None = None  # a judge model's yes, where one was asked
    op_right: float | None = None  # of labelled questions, as are those below
    op_in_two: float | None = None
    names_right: float | None = None
    wants_right: float | None = None
    gold_found: float | None = None  # share of gold clauses among those that the labelled look-up brings
    gold_plan: float | None = None  # fully right, read as labelled
