"""The answer object as a person reads it in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from rag.messages import MESSAGES, ROLES, STATED_ROLES, VALIDITY, on_page
from rag.types import Answer, Citation, CitedDepartment

HEADS = {"answered": "答", "partial": "答（不完整）", "refused": "未能回答", "clarify": "请说明", "talk": "答"}
_NEAREST = {"clarify": "可以是：", "partial": "可能相关，未作为依据：", "refused": "可能相关，未作为依据："}


def answer_text(answer: Answer, with_answer: bool = True) -> str:
    """Direct answer, departments, sources, warnings and the notice, in this order; an answer by a model names it."""
    rows = [f"{HEADS.get(answer.status, answer.status)}：{answer.answer}"] if with_answer else []
    if answer.rewritten_question:
        rows.insert(0, f"（按“{answer.rewritten_question}”理解）")
    if answer.departments:
        rows.append("部门：" + "；".join(_departments(answer.departments)))
    if answer.citations:
        rows.append("依据：")
        rows += _sources(answer.citations)
    if answer.nearest:
        rows.append(_NEAREST.get(answer.status, _NEAREST["refused"]))
        rows += [f"  · {document_line(c)} {_place(c)}" for c in answer.nearest]
    rows += [f"注意：{warning}" for warning in answer.warnings]
    if answer.mode == "llm":
        rows.append(f"（由模型 {answer.model} 撰写，逐句与所引条款核对）")
    if answer.citations:
        rows.append(f"（{MESSAGES['original_decides']}）")
    return "\n".join(rows)


def plan_lines(answer: Answer) -> list[str]:
    """What was looked up, a line a look-up; the last one answered."""
    if not answer.plan:
        return [MESSAGES["no_plan"]]
    return ["查找：", *(f"  {_request(row)}" for row in answer.plan["requests"])]


def _request(row: Mapping[str, Any]) -> str:
    """`find 0.97 where={'places': ['虹口区']} wants=['bodies']`."""
    slots = " ".join(f"{name}={_plain(value)}" for name, value in row.items() if name not in ("op", "sure"))
    return f"{row['op']} {row['sure']:.2f} {slots}".rstrip()


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return "、".join(_plain(one) for one in value.values())
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _sources(citations: Iterable[Citation]) -> list[str]:
    """Each document once, its clauses under it."""
    rows = []
    for line, group in groupby(citations, key=document_line):
        rows.append(f"  {line}")
        rows += [f"    [{c.n}] {_place(c)}" for c in group]
    return rows


def _place(citation: Citation) -> str:
    """The clause, and the page that the quotation begins on."""
    return f"{citation.clause_label} {on_page(citation.page)}".rstrip()


def document_line(citation: Citation) -> str:
    """`《title》（issuer，文号，date；validity）`, what isn't printed said so."""
    about = [citation.issuer, citation.document_number, citation.issued_on.isoformat() if citation.issued_on else None]
    printed = "，".join(words for words in about if words) or "印发机关、文号、日期未载明"
    return f"《{citation.document_title}》（{printed}；{VALIDITY[citation.validity.status]}）"


def _departments(departments: Iterable[CitedDepartment]) -> list[str]:
    """One piece a place and role: 虹口区 责任 区金融工作局、区科委."""
    groups: dict[tuple[str, str], list[str]] = {}
    for department in departments:
        names = groups.setdefault((department.jurisdiction or "", department.role), [])
        if department.name not in names:
            names.append(department.name)
    said = {**ROLES, **STATED_ROLES}
    return [f"{place} {said[role]} {'、'.join(names)}".strip() for (place, role), names in groups.items()]
