"""The answer object as OpenAPI describes it. Answers are written by `rag.wire`; a test holds the two together."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from corpus.types import Role, Source


class _Exact(BaseModel):
    model_config = ConfigDict(extra="forbid")


class DepartmentOut(_Exact):
    """A body as a clause names it; `printed` as in the text, `full` where that elides or shortens the name."""

    name: str
    printed: str
    role: Role
    kind: Literal["department", "other"]
    source: Source
    open_ended: bool
    jurisdiction: str | None
    full: str | None


class ValidityOut(_Exact):
    """Whether the document's own period holds; from and to only with the words they rest on."""

    status: Literal["in_period", "period_ended", "not_stated", "repealed"]
    start: date | None = Field(alias="from")
    to: date | None
    basis: str | None
    basis_from: str | None


class CitationOut(_Exact):
    """A clause as it is cited: `text` exactly as printed, `quote` a stretch of it."""

    n: int
    clause_id: str
    document_id: str
    clause_path: str
    sub_path: str | None
    clause_label: str
    document_title: str
    document_number: str | None
    issuer: str | None
    issued_on: date | None
    jurisdiction: str | None
    text: str
    start: int
    end: int
    page: int | None = None  # answers that were recorded before there were pages have none
    quote: str
    quote_start: int
    quote_end: int
    quote_status: Literal["exact", "repaired", "unverified"]
    departments: list[DepartmentOut]
    validity: ValidityOut


class CitedDepartmentOut(_Exact):
    """A body that the answer lists, with the number of the citation that names it."""

    name: str
    role: str
    jurisdiction: str | None
    citation: int


class ReviewedOut(_Exact):
    """The pinned answer that was given, and the day of its review."""

    pin: int
    at: date


class AnswerOut(_Exact):
    """The one answer object."""

    question: str
    rewritten_question: str | None
    status: Literal["answered", "partial", "refused", "clarify", "talk", "error"]
    reason: str | None
    answer: str
    direct: str = ""  # answers that were recorded earlier have neither this nor a plan
    plan: dict[str, Any] | None = None
    citations: list[CitationOut]
    departments: list[CitedDepartmentOut]
    facts: dict[str, Any] | None
    reviewed: ReviewedOut | None
    nearest: list[CitationOut]
    warnings: list[str]
    confidence: float
    mode: Literal["extractive", "llm"]
    model: str | None
    tokens: dict[str, Any] | None = None  # what models were asked for; answers that were recorded earlier don't say
    corpus_version: str
    as_of: date | None
    trace_id: str
    latency_ms: float
    timings_ms: dict[str, float]


class RecordedCitationOut(CitationOut):
    """With what has become of the clause since."""

    state: Literal["已修改", "已移除"] | None


class RecordedAnswerOut(AnswerOut):
    """An answer read again later."""

    citations: list[RecordedCitationOut]  # type: ignore[assignment]
    nearest: list[RecordedCitationOut]  # type: ignore[assignment]


class NodeOut(_Exact):
    """A node of a document; a clause unless `heading_only`."""

    clause_id: str
    document_id: str
    clause_path: str
    clause_label: str
    heading_only: bool
    text: str
    start: int
    end: int
    parent: str | None
    digest: str
    departments: list[DepartmentOut]


class FoundOut(NodeOut):
    score: float


class SearchOut(_Exact):
    """Ranked clauses."""

    results: list[FoundOut]


class ClauseOut(NodeOut):
    """`quote` is the clause, or the paragraph or item of it that `sub_path` names."""

    sub_path: str | None
    quote: str


class DepartmentRowOut(_Exact):
    name: str
    jurisdiction: str | None
    clauses: int


class DepartmentsOut(_Exact):
    departments: list[DepartmentRowOut]


class TaskOut(NodeOut):
    role: str
    jurisdiction: str | None


class TasksOut(_Exact):
    """Every clause that gives the body a task."""

    name: str
    total: int
    complete: bool
    clauses: list[TaskOut]
