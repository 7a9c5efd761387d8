"""What else the body of the clause just given has to do: from the table of clauses and departments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from corpus.bodies import Body, BodyTable, Task
from corpus.departments import bracket_span
from corpus.script import fold
from corpus.sentences import sentences_of
from corpus.types import Node, Role
from rag.lookup import Library
from rag.messages import MESSAGES, ROLES
from rag.phrases import full_name, listed, short_title, topic_of
from rag.question import Query, without_asides
from rag.types import Draft, Evidence

# Words of a question (folded) -> the role it is about.
_ROLES: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"(?<!不)(?<!非)牵头|主办|领头|带头|打头"), "lead"),
    (re.compile(r"配合|协办|协助"), "cooperating"),
    (re.compile(r"(?:列为|作为|只是|算作|当|挂)(?:个|着|了)?责任(?:单位|部门)"), "responsible"),
)


def others(query: Query, given: Draft, library: Library, bodies: BodyTable) -> Draft | None:
    """What else the body has to do beside the clause just given; without a name, the body that leads that clause."""
    if len(given.evidence) != 1:
        return None
    clause = given.evidence[0].clause
    here = [
        d
        for d in clause.departments
        if not query.bodies or any(d.name == b.name for m in query.bodies for b in m.bodies)
    ]
    chosen = next((d for d in here if d.role == "lead"), here[0] if here else None)
    body = next(
        (b for b in bodies.bodies if chosen and (b.name, b.jurisdiction) == (chosen.name, chosen.jurisdiction)), None
    )
    if body is None:
        return None
    role = _role_of(query)
    rows = [t for t in _admitted(bodies.tasks(body), query, library, role) if t.clause is not clause]
    return _listed({body: tuple(rows)}, library, role) if rows else _nothing(query, [clause])


def _nothing(query: Query, elsewhere: Sequence[Node]) -> Draft:
    place = "、".join(query.scope.places) or "收录"
    message = MESSAGES["body_not_stated"].format(place=place, body=query.bodies[0].words if query.bodies else "该部门")
    return Draft("refused", message, reason="not_stated", nearest=tuple(elsewhere)[:3])


def _role_of(query: Query) -> Role | None:
    folded = fold(without_asides(query.asked))
    if re.search(r"牵头还是|是牵头(?!单位)|还是[^,。?]{0,3}配合|打头[^?]{0,8}跟着|牵头和|牵头、|负责或|牵头或", folded):
        return None
    found = [role for pattern, role in _ROLES if pattern.search(folded)]
    return found[0] if len(found) == 1 else None


def _admitted(tasks: Sequence[Task], query: Query, library: Library, role: Role | None) -> tuple[Task, ...]:
    documents = query.scope.documents
    return tuple(
        task
        for task in tasks
        if library.admits(task.clause)
        and task.department in listed(task.clause)
        and (not documents or task.clause.document_id in documents)
        and (not query.scope.parts or task.clause.path.split("/")[0] in query.scope.parts)
        and (role is None or task.department.role == role)
    )


def _listed(tasks: dict[Body, tuple[Task, ...]], library: Library, role: Role | None) -> Draft:
    """Grouped by body, then by document, each row with its citation."""
    evidence: list[Evidence] = []
    pieces = []
    for body, rows in tasks.items():
        lines = []
        several_documents = len({task.clause.document_id for task in rows}) > 1
        for document_id, group in groupby(rows, key=lambda task: task.clause.document_id):
            members = list(group)
            document = library.corpus.document(document_id)
            shown = []
            for task in members:
                evidence.append(_evidence(task))
                shown.append(f"{_role_mark(task, members, role)}{topic_of(task.clause)}[{len(evidence)}]")
            title = short_title(document) if document else document_id
            head = MESSAGES["tasks_in"].format(title=title, count=len(members)) if several_documents else ""
            lines.append(head + "；".join(shown) + "。")
        name = full_name(body.name, body.jurisdiction)
        roles = f"（{ROLES[role]}）" if role else _role_counts(rows)
        pieces.append(MESSAGES["tasks"].format(body=name, roles=roles, total=len(rows)) + "".join(lines))
    total = len(evidence)
    several_places = len({body.jurisdiction for body in tasks}) > 1
    intro = MESSAGES["ambiguous_body"].format(body=next(iter(tasks)).name) if several_places else ""
    return Draft(
        "answered",
        intro + "".join(pieces),
        tuple(evidence),
        facts={"kind": "department_tasks", "total": total, "complete": True},
        about=tuple((body.name, body.jurisdiction) for body in tasks),
    )


def _role_counts(rows: Sequence[Task]) -> str:
    counts = {role: sum(task.department.role == role for task in rows) for role in ROLES}
    shown = [f"{ROLES[role]}{count}项" for role, count in counts.items() if count]
    return f"（{'、'.join(shown)}）" if len(shown) > 1 else ""


def _role_mark(task: Task, members: Sequence[Task], role: Role | None) -> str:
    mixed = role is None and len({member.department.role for member in members}) > 1
    return f"（{ROLES[task.department.role]}）" if mixed else ""


def _evidence(task: Task) -> Evidence:
    """The bracket that names the body carries the row, or the sentence that gives it the task."""
    clause, department = task.clause, task.department
    span = bracket_span(clause.text) if department.source == "bracket" else None
    naming = (s for s in sentences_of(clause.text) if department.printed in s.text and not s.is_heading)
    sentence = next(naming, None)
    if span is None and sentence is not None:
        span = sentence.start, sentence.end
    return Evidence(clause, *(span or (0, len(clause.text))))
