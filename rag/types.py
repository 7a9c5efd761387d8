"""The answer object, as the contract has it, and what leads to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from corpus.flow import unbroken
from corpus.types import Department, Node

Status = Literal["answered", "partial", "refused", "clarify", "talk", "error"]
Reason = Literal[
    "not_stated", "not_found", "not_in_corpus", "out_of_scope", "unsafe",
    "greeting", "thanks", "complaint", "human", "about", "housekeeping",
]  # fmt: skip
ValidityStatus = Literal["in_period", "period_ended", "not_stated", "repealed"]
QuoteStatus = Literal["exact", "repaired", "unverified"]
Mode = Literal["extractive", "llm"]


@dataclass(frozen=True)
class Turn:
    """One earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True)
class Filters:
    """What the asker narrowed the question to. Names as the corpus prints them; None for no filter."""

    jurisdiction: str | None = None
    document_id: str | None = None
    department: str | None = None


NO_FILTERS = Filters()


@dataclass(frozen=True)
class Validity:
    """Whether the document's own period holds at a day; `start` and `end` only with the words they rest on."""

    status: ValidityStatus
    start: date | None = None
    end: date | None = None
    basis: str | None = None
    basis_from: str | None = None


@dataclass(frozen=True)
class Evidence:
    """A clause with the stretch of it that is relied on: `clause.text[start:end]`.

    A page's number may stand in it: no quotation holds one.
    """

    clause: Node
    start: int
    end: int
    sub_path: str | None = None

    @property
    def quote(self) -> str:
        start, end = self.quoted
        return self.clause.text[start:end]

    @property
    def quoted(self) -> tuple[int, int]:
        """Where the quotation stands: the longest stretch that no page's number breaks."""
        return max(unbroken(self.clause.text, self.start, self.end), key=lambda span: span[1] - span[0])

    @property
    def shown(self) -> str:
        """The words between the quotation marks of an answer, each stretch in its own."""
        return "”“".join(self.clause.text[start:end] for start, end in unbroken(self.clause.text, self.start, self.end))


@dataclass(frozen=True)
class CitedBody:
    """A body that an answer names, with the number of the evidence that prints it and what it does there."""

    name: str
    role: str
    citation: int


@dataclass(frozen=True)
class Swept:
    """What was looked through without finding a value of the kind near the topic. `documents` are ids."""

    documents: tuple[str, ...]
    kind: str


@dataclass(frozen=True)
class Draft:
    """What a route found, before it is numbered and dressed as an answer.

    `text` marks its evidence as [1]…[n], in the order of `evidence`. `about` limits the departments listed to one
    body's entry a citation; `lists_departments` turns the list off where the question is about the document itself,
    but for the `issuing` bodies that are given one by one; without `bodies` the list has all that the clauses name.
    """

    status: Status
    text: str
    evidence: tuple[Evidence, ...] = ()
    nearest: tuple[Node, ...] = ()
    reason: Reason | None = None
    facts: Mapping[str, Any] | None = None
    about: tuple[tuple[str, str | None], ...] = ()
    lists_departments: bool = True
    issuing: tuple[CitedBody, ...] = ()
    bodies: tuple[tuple[Department, ...], ...] | None = None  # those that the text names, a row for each evidence
    confidence: float = 1.0
    warnings: tuple[str, ...] = ()
    silent_on_bodies: bool = False  # the clause is there and names nobody
    features: Mapping[str, float] | None = None  # what the choice between answer and refusal rested on
    op: str | None = None  # the operation that answered
    swept: Swept | None = None  # what “the texts don't say” rests on
    from_search: bool = False  # similarity found it, so a language model may say it better


@dataclass(frozen=True)
class Citation:
    """A clause as an answer cites it. Fields as in the contract."""

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
    page: int | None  # of a paged file, from 1: where the quote begins
    quote: str
    quote_start: int
    quote_end: int
    quote_status: QuoteStatus
    departments: tuple[Department, ...]
    validity: Validity


@dataclass(frozen=True)
class CitedDepartment:
    """A body that the answer lists, with the number of the citation that names it."""

    name: str
    role: str
    jurisdiction: str | None
    citation: int


@dataclass(frozen=True)
class Answer:
    """The one answer object. `rag.wire.as_json` gives it the contract's shape."""

    question: str
    status: Status
    answer: str
    direct: str = ""  # the sentences of `answer` that answer, before any quotation
    plan: Mapping[str, Any] | None = None  # what was looked up, for auditors and the benchmark
    rewritten_question: str | None = None
    reason: str | None = None
    citations: tuple[Citation, ...] = ()
    departments: tuple[CitedDepartment, ...] = ()
    facts: Mapping[str, Any] | None = None
    reviewed: Mapping[str, Any] | None = None  # {"pin", "at"} of an answer that staff worded
    nearest: tuple[Citation, ...] = ()
    warnings: tuple[str, ...] = ()
    confidence: float = 0.0
    mode: Mode = "extractive"
    model: str | None = None
    tokens: Mapping[str, Any] | None = None  # what models were asked for it: requests, prompt, completion, estimated
    corpus_version: str = ""
    as_of: date | None = None
    trace_id: str = ""
    latency_ms: float = 0.0
    timings_ms: Mapping[str, float] = field(default_factory=dict)
