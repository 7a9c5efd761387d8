"""Tasks put in words: by body and document, each with its citation; the sentence itself where no heading names it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from corpus.bodies import Body
from corpus.departments import bracket_span
from corpus.script import fold
from corpus.types import Node, Role
from rag.evidence import opening
from rag.lookup import Library
from rag.messages import MESSAGES, ROLES
from rag.operations.duties import Duty
from rag.phrases import full_name, short_title, topic_of
from rag.types import Draft, Evidence

_SAYS_NOTHING = re.compile(
    r"第[^章节条]{1,9}[章节条].{0,3}|段[0-9]+|前言|结尾|[\d.、()\s]*|\([一二三四五六七八九十0-9]{1,3}\)|[一二三四五六七八九十]{1,3}、?"
)
_FEW, _LONG, _SHORT = 6, 260, 120  # tasks that are read out at length; characters of one, of many
_LONGEST = 420  # characters of one citation's quotation
Group = tuple[str, Sequence[Body], Sequence[Duty]]  # the words for the body, itself, its duties


def said(groups: Sequence[Group], role: Role | None, asked_role: str, library: Library) -> Draft:
    """All groups under one another."""
    evidence: list[Evidence] = []
    pieces: list[str] = []
    for words, bodies, duties in groups:
        own = [row for row in duties if row.is_own] or list(duties)
        further = [row for row in duties if row not in own]
        pieces.append(_head(words, bodies, own, role) + _lines(own, role, evidence, library))
        if further:
            pieces.append(MESSAGES["tasks_addressed"] + _lines(further, role, evidence, library))
    bodies = tuple(dict.fromkeys(body for _, own, _ in groups for body in own))
    text = "".join(pieces)
    if asked_role != "any" and role is None and asked_role in ROLES:
        text = MESSAGES["no_such_role"].format(body=groups[0][0], role=ROLES[asked_role]) + text  # type: ignore[index]
    if len({body.jurisdiction for body in bodies}) > 1 and len(groups) == 1:
        text = MESSAGES["ambiguous_body"].format(body=groups[0][0]) + text
    return Draft(
        "answered",
        text,
        tuple(evidence),
        facts={"kind": "department_tasks", "total": len(evidence), "complete": True},
        about=tuple((body.name, body.jurisdiction) for body in bodies),
        lists_departments=bool(bodies),
    )


def _head(words: str, bodies: Sequence[Body], rows: Sequence[Duty], role: Role | None) -> str:
    name = full_name(bodies[0].name, bodies[0].jurisdiction) if len(bodies) == 1 else words
    roles = f"（{ROLES[role]}）" if role else _role_counts(rows)
    return MESSAGES["tasks"].format(body=name, roles=roles, total=len(rows))


def _lines(rows: Sequence[Duty], role: Role | None, evidence: list[Evidence], library: Library) -> str:
    """By document, each row with the number of its citation, which is added to `evidence`."""
    several = len({row.clause.document_id for row in rows}) > 1
    is_mixed = role is None and len({row.role for row in rows}) > 1 and any(row.is_printed for row in rows)
    limit = _LONG if len(rows) <= _FEW else _SHORT
    lines = []
    for document_id, group in groupby(sorted(rows, key=lambda row: row.clause.document_id), key=_document_of):
        members = list(group)
        shown = []
        for row in members:
            evidence.append(evidence_of(row))
            mark = f"（{ROLES[row.role]}）" if is_mixed else ""
            shown.append(f"{mark}{task_of(row, limit)}[{len(evidence)}]")
        document = library.corpus.document(document_id)
        title = short_title(document) if document else document_id
        head = MESSAGES["tasks_in"].format(title=title, count=len(members)) if several else ""
        lines.append(head + "；".join(shown) + "。")
    return "".join(lines)


def _document_of(row: Duty) -> str:
    return row.clause.document_id


def says_task(clause: Node) -> bool:
    """Whether the clause's heading tells what is to be done, as no 第五条 does."""
    return not _SAYS_NOTHING.fullmatch(fold(topic_of(clause)))


def task_of(row: Duty, limit: int) -> str:
    """The heading, or the sentences that give the task."""
    clause = row.clause
    if row.is_printed and says_task(clause):
        return topic_of(clause)
    spans = row.spans if row.spans and not row.is_printed else _first_words(clause)
    quotes = "”“".join(_shortened(clause.text[start:end], limit) for start, end in spans)
    is_heading = says_task(clause) and fold(topic_of(clause)) in fold(quotes)
    return f"“{quotes}”" if is_heading else f"{topic_of(clause)}：“{quotes}”"


def _first_words(clause: Node) -> tuple[tuple[int, int], ...]:
    quote = opening(clause)
    bracket = bracket_span(clause.text)
    return ((quote.start, min(quote.end, bracket[0] if bracket and bracket[0] else quote.end)),)


def _shortened(words: str, limit: int) -> str:
    """On one line, cut where a comma allows."""
    line = re.sub(r"\s+", " ", words).strip()
    if len(line) <= limit:
        return line
    stop = max(line.rfind(mark, 0, limit) for mark in "，,；;。：")
    return line[: stop if stop > 0 else limit] + "……"


def evidence_of(row: Duty) -> Evidence:
    """The bracket that names the body, or the sentences that give it the task."""
    clause = row.clause
    if not row.spans:
        return Evidence(clause, 0, len(clause.text))
    start, end = row.spans[0][0], row.spans[-1][1]
    return Evidence(clause, start, end if end - start <= _LONGEST else row.spans[0][1])


def _role_counts(rows: Sequence[Duty]) -> str:
    if not any(row.is_printed for row in rows):
        return ""
    counts = {role: sum(row.role == role for row in rows) for role in ROLES}
    shown = [f"{ROLES[role]}{count}项" for role, count in counts.items() if count]  # type: ignore[index]
    return f"（{'、'.join(shown)}）" if len(shown) > 1 else ""
