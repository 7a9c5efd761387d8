"""A document as JSON and back, exactly: how it comes from the process that read it, and how it is kept."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from corpus.types import Department, Document, Metadata, Node, Notice, Period


def written(document: Document) -> bytes:
    """ASCII JSON. A node's text isn't repeated: it is the document's from `start` to `end`."""
    nodes = [
        [n.path, n.label, n.heading, n.start, n.end, n.span_end, n.line, n.heading_only, n.parent,
         [list(vars(department).values()) for department in n.departments]]
        for n in document.nodes
    ]  # fmt: skip
    table = {
        "id": document.id,
        "text": document.text,
        "metadata": asdict(document.metadata),
        "nodes": nodes,
        "notices": [[notice.line, notice.message] for notice in document.notices],
    }
    return json.dumps(table, default=date.isoformat).encode("ascii")


def document_of(data: bytes) -> Document:
    """What `written` wrote. Raises ValueError where it is something else."""
    try:
        table = json.loads(data)
        document_id, text = table["id"], table["text"]
        nodes = tuple(_node(document_id, text, *row) for row in table["nodes"])
        notices = tuple(Notice(line, message) for line, message in table["notices"])
        return Document(document_id, text, _metadata(table["metadata"]), nodes, notices)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"no document ({type(error).__name__})") from None


def _node(
    document_id: str, text: str, path: str, label: str, heading: str, start: int, end: int, span_end: int, line: int,
    heading_only: bool, parent: str | None, departments: list[list[Any]],
) -> Node:  # fmt: skip
    bodies = tuple(Department(*row) for row in departments)
    return Node(
        document_id, path, label, heading, text[start:end], start, end, span_end, line, heading_only, parent, bodies
    )


def _metadata(table: dict[str, Any]) -> Metadata:
    period = table["period"]
    days = {key: _day(table[key]) for key in ("issued_on", "repealed_on")}
    if period is not None:
        period = Period(_day(period["start"]), _day(period["end"]), period["basis"], period["basis_from"])
    return Metadata(**{**table, **days, "period": period, "implements": tuple(table["implements"])})


def _day(words: str | None) -> date | None:
    return None if words is None else date.fromisoformat(words)
