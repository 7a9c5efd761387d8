"""What HTTP and the tools give alike: a body's tasks, a ranked search, a clause at an address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corpus.address import Address
from index.types import RetrievedClause
from rag.wire import node_json
from records.services import Services


def tasks_json(services: Services, name: str, jurisdiction: str | None) -> dict[str, Any] | None:
    """Every clause that gives the body a task, complete, with its role; None for a body that there isn't."""
    bodies = [b for b in services.qa.bodies.bodies if b.name == name and jurisdiction in (None, b.jurisdiction)]
    if not bodies:
        return None
    found = [
        {**node_json(task.clause), "role": task.department.role, "jurisdiction": body.jurisdiction}
        for body in bodies
        for task in services.qa.bodies.tasks(body)
    ]
    return {"name": name, "total": len(found), "complete": True, "clauses": found}


def results_json(found: Sequence[RetrievedClause]) -> dict[str, Any]:
    return {"results": [{**node_json(row.clause), "score": round(row.score, 4)} for row in found]}


def address_json(address: Address) -> dict[str, Any]:
    return {**node_json(address.node), "sub_path": address.sub_path, "quote": address.text}
