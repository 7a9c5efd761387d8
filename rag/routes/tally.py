"""Counting over the table of clauses and departments: tasks of several bodies, the body with the most tasks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.departments import bracket_span
from corpus.numerals import NUMERAL, number_of
from corpus.script import fold
from corpus.types import Department, Node
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.phrases import full_name, names_of, topic_of
from rag.question import Query
from rag.types import Draft, Evidence

_N = rf"(?:{NUMERAL}|两|[0-9]+)"
# (folded) 由三个以上部门负责的任务; 只由一个部门负责的; 哪个部门的任务最多.
_AT_LEAST = re.compile(
    rf"({_N})(?:个|家)(?:或|及)?(?:以上)?(?:的)?(?:部门|单位)(?:或|及)?(以上)?|({_N})个以上(?:的)?(?:部门|单位)|"
    rf"(?:部门|单位)[^,。?]{{0,8}}?(?<![哪那])(?:多达|达到|凑满|超过|至少|有)?({_N})(?:个|家)(?:或|及)?(?:以上)?"
)
_ALONE = re.compile(
    r"(?:只|单|光)(?:归|由|有|靠)一(?:个|家)(?:部门|单位)?(?:管|负责|扛|干|牵头|承担)|一(?:个|家)(?:部门|单位)?单独(?:扛|管|负责|承担|牵头)|(?:只有|只由|仅由|单独由|由单?一个?|一家)(?:单?一个|一家)?(?:部门|单位)(?:单独)?(?:负责|牵头)"
)
_MOST = re.compile(
    r"(?:哪个|哪家|哪一?个|谁)(?:部门|单位)?[^,。?]{0,10}(?:任务|事项|工作|活|条目|牵头|负责)[^,。?]{0,6}最多|最多的?(?:是|就是)?(?:哪|谁|部门|单位)|谁(?:家)?最忙|最忙的|(?:次数|条数)最多"
)
_TASKS = re.compile("任务|事项|条|项|工作|负责|牵头")
_TOP = 3


def answer(query: Query, library: Library) -> Draft | None:
    """The tally asked for, complete; None when the question asks for none."""
    folded = fold(query.asked)
    clauses = _clauses(query, library)
    if _MOST.search(folded):
        return _most(clauses, query)
    bounds = _bounds(folded)
    if bounds is None or not _TASKS.search(folded):
        return None
    low, high = bounds
    rows = [clause for clause in clauses if low <= len(_bracketed(clause)) <= high]
    if not rows:
        return None
    names = "；".join(f"{_named(clause, high)}[{n}]" for n, clause in enumerate(rows, start=1))
    text = MESSAGES["tally"].format(total=len(rows)) + names + "。"
    facts = {"kind": "clauses_by_departments", "total": len(rows), "complete": True}
    return Draft("answered", text, tuple(map(_evidence, rows)), facts=facts)


def _named(clause: Node, high: int) -> str:
    """The task, with its bodies where they are few."""
    bodies = names_of(_bracketed(clause)) if high <= _TOP else ""
    return f"{topic_of(clause)}（{bodies}）" if bodies else topic_of(clause)


def _bounds(folded: str) -> tuple[int, int] | None:
    """The numbers of bodies that count, both inclusive."""
    if _ALONE.search(folded):
        return 1, 1
    found = _AT_LEAST.search(folded)
    if not found:
        return None
    number = number_of(found[1] or found[3] or found[4])
    if not number:
        return None
    is_open = "以上" in found[0] or "多个" in folded
    return (number, 10**6) if is_open else (number, number)


def _clauses(query: Query, library: Library) -> list[Node]:
    rows = []
    for clause in library.corpus.clauses:
        inside = query.scope.bonus(clause, library.jurisdiction_of(clause)) is not None
        inside = inside and (not query.scope.parts or clause.path.split("/")[0] in query.scope.parts)
        if inside and library.admits(clause) and _bracketed(clause):
            rows.append(clause)
    return rows


def _bracketed(clause: Node) -> tuple[Department, ...]:
    return tuple(d for d in clause.departments if d.source != "text")


def _most(clauses: Sequence[Node], query: Query) -> Draft | None:
    """The body with the most tasks, with each of them, and the next two with their counts."""
    leads = "牵头" in fold(query.asked)
    counts: Counter[tuple[str, str | None]] = Counter()
    for clause in clauses:
        wanted = {(d.name, d.jurisdiction) for d in _bracketed(clause) if not leads or d.role == "lead"}
        counts.update(wanted)
    if not counts:
        return None
    (name, place), total = counts.most_common(1)[0]
    rows = [
        clause for clause in clauses
        if any((d.name, d.jurisdiction) == (name, place) and (not leads or d.role == "lead") for d in _bracketed(clause))
    ]  # fmt: skip
    others = "、".join(f"{other}{count}项" for (other, _), count in counts.most_common(_TOP)[1:])
    names = "；".join(f"{topic_of(clause)}[{n}]" for n, clause in enumerate(rows, start=1))
    text = MESSAGES["most"].format(name=full_name(name, place), total=total, others=others) + names + "。"
    facts = {"kind": "most_tasks", "total": total, "complete": True}
    return Draft("answered", text, tuple(map(_evidence, rows)), facts=facts, about=((name, place),))


def _evidence(clause: Node) -> Evidence:
    return Evidence(clause, *(bracket_span(clause.text) or (0, len(clause.text))))
