"""What holds for every answer, whatever was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.script import simplify
from corpus.types import Corpus
from rag.messages import STATED_ROLES
from rag.statements.lines import squeezed
from rag.types import Answer, Citation

STATUSES = {"answered", "partial", "refused", "clarify", "talk"}
REASONS = {
    "refused": {"not_stated", "not_found", "not_in_corpus", "out_of_scope", "unsafe"},
    "talk": {"greeting", "thanks", "complaint", "human", "about", "housekeeping"},
}
BEFORE_ANY_LOOK_UP = {"unsafe", "out_of_scope", "not_in_corpus"}
_MARK = re.compile(r"\[(\d{1,3})\]")


def breaches(answer: Answer, corpus: Corpus) -> list[str]:
    """Every way in which `answer` isn't as the contract has it; empty when it is."""
    return [
        *_of_status(answer, corpus),
        *_of_text(answer),
        *_of_departments(answer),
        *_of_warnings(answer),
        *(breach for group in (answer.citations, answer.nearest) for breach in _of_citations(group, corpus)),
    ]


def _of_status(answer: Answer, corpus: Corpus) -> Iterator[str]:
    if answer.status not in STATUSES:
        yield f"status {answer.status}"
    if answer.reason not in REASONS.get(answer.status, {None}):
        yield f"{answer.status} with reason {answer.reason}"
    if answer.status in ("answered", "partial") and not answer.citations:
        yield f"{answer.status} without a citation"
    if answer.status in ("refused", "clarify", "talk") and (answer.citations or answer.departments or answer.facts):
        yield f"{answer.status} with citations, departments or facts"
    if answer.status == "talk" and answer.nearest:
        yield "talk with clauses beside it"
    if (
        answer.trace_id
        and (answer.plan is None) != (answer.status == "talk" or answer.reason in BEFORE_ANY_LOOK_UP)
        and not (
            answer.plan and answer.reason == "out_of_scope"  # a search may show that nothing is near
        )
    ):
        yield f"{answer.status} ({answer.reason}) with the plan {answer.plan}"
    if answer.plan is not None and not answer.plan["requests"]:
        yield "a plan without a look-up"
    for citation in answer.citations:
        if corpus.clause(citation.clause_id) is None:
            yield f"{citation.clause_id} is cited and no clause"
    if answer.status == "clarify" and not answer.nearest:
        yield "clarify without candidates"
    if answer.status == "refused" and "可以" not in answer.answer:
        yield "a refusal that offers no other wording"
    if not 0.0 <= answer.confidence <= 1.0:
        yield f"confidence {answer.confidence}"
    if (answer.mode == "llm") != (answer.model is not None):
        yield f"mode {answer.mode} of {answer.model}"


def _of_text(answer: Answer) -> Iterator[str]:
    if not answer.answer.strip():
        yield "no answer text"
    if not answer.answer.startswith(answer.direct):
        yield "the direct answer doesn't begin the answer"
    if any(f"“{citation.quote}”" in answer.direct for citation in answer.citations):
        yield "a quotation stands in the direct answer"
    if "以原文为准" in answer.answer:
        yield "the notice stands in the answer"
    offered = {citation.n for citation in answer.citations}
    marks = {int(number) for number in _MARK.findall(answer.answer)}
    if marks != offered:
        yield f"marks {sorted(marks)}, citations {sorted(offered)}"
    if any(warning in answer.answer for warning in answer.warnings):
        yield "a warning stands in the answer"


def _of_departments(answer: Answer) -> Iterator[str]:
    named = {
        (citation.n, department.name, department.role, department.jurisdiction)
        for citation in answer.citations
        for department in citation.departments
    }
    printed = {citation.n: squeezed(simplify(citation.text)) for citation in answer.citations}
    for listed in answer.departments:
        if listed.role in STATED_ROLES:
            if squeezed(listed.name) not in printed.get(listed.citation, ""):
                yield f"{listed.name} ({listed.role}) is not printed in citation {listed.citation}"
            continue
        if (listed.citation, listed.name, listed.role, listed.jurisdiction) not in named:
            yield f"{listed.name} ({listed.role}) is not in citation {listed.citation}"


def _of_warnings(answer: Answer) -> Iterator[str]:
    if sum("已过" in warning for warning in answer.warnings) > 1:
        yield "more than one warning of an ended period"
    if any(citation.validity.status == "period_ended" for citation in answer.citations) and not any(
        "已过" in warning for warning in answer.warnings
    ):
        yield "an ended period without a warning"


def _of_citations(citations: tuple[Citation, ...], corpus: Corpus) -> Iterator[str]:
    for n, citation in enumerate(citations, start=1):
        where = f"citation {n} ({citation.clause_id})"
        document = corpus.document(citation.document_id)
        clause = document.node(citation.clause_path) if document else None
        if document is None or clause is None:
            yield f"{where}: not in the corpus"
            continue
        if citation.n != n:
            yield f"{where}: numbered {citation.n}"
        if citation.clause_id != f"{citation.document_id}#{citation.clause_path}":
            yield f"{where}: id and path differ"
        if not citation.text == clause.text == document.text[citation.start : citation.end]:
            yield f"{where}: the text is not the clause as printed"
        if not citation.start <= citation.quote_start < citation.quote_end <= citation.end:
            yield f"{where}: the quote lies outside the clause, or is empty"
        if citation.quote != document.text[citation.quote_start : citation.quote_end]:
            yield f"{where}: the quote is not what stands at its offsets"
        if citation.quote != citation.quote.strip():
            yield f"{where}: white space around the quote"
        if citation.quote_status != "exact":
            yield f"{where}: the quote is {citation.quote_status}"
        validity = citation.validity
        if (validity.start or validity.end) and not validity.basis:
            yield f"{where}: days of a period without the words they rest on"
