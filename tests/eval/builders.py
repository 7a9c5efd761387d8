"""Gold and answer objects, each with defaults."""

from __future__ import annotations

from typing import Any

from eval.types import GoldClause, GoldQuestion, Score


def a_question(*gold: str, **fields: Any) -> GoldQuestion:
    """An answerable question with these clauses as its gold."""
    given: dict[str, Any] = {
        "id": "q1",
        "kind": "lookup",
        "question": "在线教育由谁负责？",
        "answerable": True,
        "status": "answered",
        "reason": None,
        "gold": tuple(GoldClause(clause_id, "建设空中课堂") for clause_id in gold),
        "need": "all",
        "departments": None,
        "facts": (),
    }
    return GoldQuestion(**given | fields)


def an_unanswerable_question(**fields: Any) -> GoldQuestion:
    return a_question(**{"answerable": False, "status": "refused", "reason": "not_stated"} | fields)


def a_citation(clause_id: str = "demo#一", text: str = "", **fields: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("document_title", "document_number", "issuer", "issued_on", "clause_label"))
    return {"clause_id": clause_id, "text": text, "departments": [], **empty, **fields}


def an_answer(*citations: dict[str, Any] | str, **fields: Any) -> dict[str, Any]:
    """An answer object, as far as it is scored; a citation may be given by its clause alone."""
    given: dict[str, Any] = {
        "question": "",
        "status": "answered",
        "reason": None,
        "answer": "由区教育局负责[1]。",
        "citations": [a_citation(given) if isinstance(given, str) else given for given in citations],
        "departments": [],
        "latency_ms": 2.5,
    }
    return given | fields


def a_refusal(reason: str = "not_stated", **fields: Any) -> dict[str, Any]:
    return an_answer(**{"status": "refused", "reason": reason, "answer": "政策未规定。"} | fields)


def a_score(**fields: Any) -> Score:
    measures = ("clause_first", "recall", "precision", "departments", "facts")
    given: dict[str, Any] = {
        "question_id": "q1",
        "kind": "lookup",
        **dict.fromkeys((*measures, "refused_rightly", "refused_wrongly", "reason_right")),
        "ungrounded_numbers": 0,
        "length": 10,
        "latency_ms": 1.0,
    }
    return Score(**given | fields)
