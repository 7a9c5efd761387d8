"""Counting over the table of clauses and bodies: tasks of several bodies, bodies with the most tasks, and the reverse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus.bodies import BodyTable
from corpus.departments import bracket_span
from corpus.types import Department, Node
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.operations.said import says_task
from rag.operations.tasks import asked_of, listing
from rag.phrases import full_name, names_of, topic_of
from rag.request import Request
from rag.types import Draft, Evidence

_LIKELY = 0.4
_NEXT = 3  # bodies of which the count is said
_FEW = 3  # bodies of a task that are named beside it
_MANY = 10**6
_Key = tuple[str, str | None]


def answer(request: Request, library: Library, bodies: BodyTable) -> Draft | None:
    """The tally asked for, complete; None when the table has nothing to count by."""
    if request.probability < _LIKELY:
        return None
    if request.tally in ("most", "fewest"):
        clauses = _clauses(request, library)
        return _bodies_by_tasks(clauses, request) if "bodies" in request.wants else _clauses_by_bodies(clauses, request)
    if request.bodies:
        return _of_bodies(request, library, bodies)
    if request.tally not in ("at_least", "exactly"):
        return None
    return _by_number(_clauses(request, library), request)


def _of_bodies(request: Request, library: Library, bodies: BodyTable) -> Draft | None:
    """The tasks of the bodies named; only those that nobody shares where one alone is meant."""
    asked = asked_of(request, library, bodies)
    if request.tally == "exactly" and len(asked) == 1:
        alone = tuple(row for row in asked[0].duties if len(named_in(row.clause)) == 1)
        if alone:
            return listing(replace(request, role="any"), [replace(asked[0], duties=alone)], library)
    return listing(request, asked, library)


def _by_number(clauses: Sequence[Node], request: Request) -> Draft | None:
    """The clauses of at least or exactly so many bodies."""
    number = request.count or (1 if request.tally == "exactly" else 0)
    if not number:
        return None
    high = number if request.tally == "exactly" else _MANY
    rows = [clause for clause in clauses if number <= len(named_in(clause)) <= high]
    if not rows:
        return None
    names = "；".join(f"{_with_bodies(clause, high)}[{n}]" for n, clause in enumerate(rows, start=1))
    text = MESSAGES["tally"].format(total=len(rows)) + names + "。"
    facts = {"kind": "clauses_by_departments", "total": len(rows), "complete": True}
    return Draft("answered", text, tuple(map(_evidence, rows)), facts=facts)


def _with_bodies(clause: Node, high: int) -> str:
    bodies = names_of(named_in(clause)) if high <= _FEW else ""
    return f"{topic_of(clause)}（{bodies}）" if bodies else topic_of(clause)


def _clauses(request: Request, library: Library) -> list[Node]:
    scope = request.scope
    rows = []
    for clause in library.corpus.clauses:
        inside = scope.bonus(clause, library.jurisdiction_of(clause)) is not None
        inside = inside and (not scope.documents or clause.document_id in scope.documents)
        inside = inside and (not scope.parts or clause.path.split("/")[0] in scope.parts)
        if inside and library.admits(clause) and named_in(clause):
            rows.append(clause)
    return rows


def named_in(clause: Node) -> tuple[Department, ...]:
    """The bodies of a clause's brackets and tables, each once."""
    rows = {(d.name, d.jurisdiction): d for d in clause.departments if d.source != "text"}
    return tuple(rows.values())


def _bodies_by_tasks(clauses: Sequence[Node], request: Request) -> Draft | None:
    """The bodies with the most or the fewest tasks, with each task, and the next ones' counts."""
    role = request.role if request.role == "lead" else None
    counts: Counter[_Key] = Counter()
    for clause in clauses:
        counts.update({(d.name, d.jurisdiction) for d in clause.departments if _counts(d, role)})
    if not counts:
        return None
    ordered = counts.most_common() if request.tally == "most" else counts.most_common()[::-1]
    top = [key for key, count in ordered if count == ordered[0][1]]
    top = [key for key, _ in ordered[: request.count]] if request.count and request.count > len(top) else top
    if len(top) > _FEW:
        return None
    rows = [clause for clause in clauses if any(_key(d) in top and _counts(d, role) for d in clause.departments)]
    rows.sort(key=lambda clause: -sum(_key(d) in top for d in named_in(clause)))
    names = "、".join(MESSAGES["most_of"].format(name=full_name(*key), total=counts[key]) for key in top)
    others = "、".join(f"{name}{count}项" for (name, _), count in ordered if (name, _) not in top and count)
    others = "、".join(others.split("、")[: _NEXT - 1])
    shown = "；".join(f"{topic_of(clause)}[{n}]" for n, clause in enumerate(rows, start=1))
    kind = "most_tasks" if request.tally == "most" else "fewest_tasks"
    text = MESSAGES[kind].format(names=names, others=others) + shown + "。"
    facts = {"kind": "most_tasks", "total": counts[top[0]], "complete": True}
    return Draft("answered", text, tuple(map(_evidence, rows)), facts=facts, about=tuple(top))


def _counts(department: Department, role: str | None) -> bool:
    return department.source != "text" and (role is None or department.role == role)


def _key(department: Department) -> _Key:
    return department.name, department.jurisdiction


def _clauses_by_bodies(clauses: Sequence[Node], request: Request) -> Draft | None:
    """The tasks that most bodies share, with all of them."""
    if not clauses:
        return None
    sizes = [len(named_in(clause)) for clause in clauses]
    size = max(sizes) if request.tally == "most" else min(sizes)
    rows = [clause for clause, own in zip(clauses, sizes, strict=True) if own == size]
    if len(rows) > _FEW:
        return None
    names = "；".join(
        f"{topic_of(clause) if says_task(clause) else clause.heading}（{names_of(named_in(clause))}）[{n}]"
        for n, clause in enumerate(rows, start=1)
    )
    text = MESSAGES["most_bodies" if request.tally == "most" else "fewest_bodies"].format(total=size) + names + "。"
    facts = {"kind": "clauses_by_departments", "total": len(rows), "complete": True}
    return Draft("answered", text, tuple(map(_evidence, rows)), facts=facts)


def _evidence(clause: Node) -> Evidence:
    return Evidence(clause, *(bracket_span(clause.text) or (0, len(clause.text))))
