"""The answer object as JSON: the same fields on the command line, in files and over HTTP."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import date
from typing import Any
from urllib.parse import quote

from corpus.types import Department, Node
from rag.events import Event
from rag.types import Answer, Citation, Validity

_AS_IT_IS = re.compile(r"[\w.()/~-]")  # letters of every script stay to be read


def permanent_link(document_id: str, clause_path: str = "") -> str:
    """Where the service shows the document, and in it the clause: relative to the service's address.

    Whatever means something in an address is written as %XX, so that it means nothing.
    """
    place = f"#{_quoted(clause_path)}" if clause_path else ""
    return f"/d/{_quoted(document_id).replace('/', '%2F')}{place}"


def _quoted(text: str) -> str:
    return "".join(char if _AS_IT_IS.match(char) else quote(char, safe="", errors="replace") for char in text)


def as_json(answer: Answer) -> dict[str, Any]:
    """The contract's answer object."""
    fields = {name: getattr(answer, name) for name in answer.__dataclass_fields__}
    fields["citations"] = [citation_json(citation) for citation in answer.citations]
    fields["nearest"] = [citation_json(citation) for citation in answer.nearest]
    fields["departments"] = [asdict(department) for department in answer.departments]
    fields["facts"] = dict(answer.facts) if answer.facts else None
    fields["reviewed"] = dict(answer.reviewed) if answer.reviewed else None
    fields["plan"] = dict(answer.plan) if answer.plan else None
    fields["tokens"] = dict(answer.tokens) if answer.tokens else None
    fields["warnings"] = list(answer.warnings)
    fields["as_of"] = _day(answer.as_of)
    fields["timings_ms"] = dict(answer.timings_ms)
    return fields


def event_json(event: Event) -> dict[str, Any]:
    """One event of a stream; `done` holds the answer object."""
    data = dict(event.data)
    if event.kind == "done":
        return {"event": "done", "answer": as_json(data["answer"])}
    return {"event": event.kind, **data}


def citation_json(citation: Citation) -> dict[str, Any]:
    fields = {name: getattr(citation, name) for name in citation.__dataclass_fields__}
    fields["issued_on"] = _day(citation.issued_on)
    fields["departments"] = [department_json(department) for department in citation.departments]
    fields["validity"] = validity_json(citation.validity)
    return fields


def department_json(department: Department) -> dict[str, Any]:
    return asdict(department)


def validity_json(validity: Validity) -> dict[str, Any]:
    return {
        "status": validity.status,
        "from": _day(validity.start),
        "to": _day(validity.end),
        "basis": validity.basis,
        "basis_from": validity.basis_from,
    }


def node_json(node: Node) -> dict[str, Any]:
    """A node of `parse`, `show` and `search`."""
    return {
        "clause_id": node.clause_id,
        "document_id": node.document_id,
        "clause_path": node.path,
        "clause_label": node.label,
        "heading_only": node.heading_only,
        "text": node.text,
        "start": node.start,
        "end": node.end,
        "parent": node.parent,
        "digest": node.digest,
        "departments": [department_json(department) for department in node.departments],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
