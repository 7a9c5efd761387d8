"""A plan as the answer object shows it: what was looked up, in which order, and how sure its kind was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rag.request import Plan, Request
from rag.types import Swept

BY = "names+kinds"


def plan_json(plan: Plan, answered_by: str | None, swept: Swept | None = None) -> dict[str, Any]:
    """The contract's `plan`: the look-ups up to the one that answered, which comes last."""
    rows = [row_of(request) for request in _tried(plan.requests, answered_by)]
    return {"by": BY, "requests": rows, "swept": asdict(swept) if swept else None}


def _tried(requests: Sequence[Request], answered_by: str | None) -> Sequence[Request]:
    last = next((i for i, request in enumerate(requests) if request.op == answered_by), len(requests) - 1)
    return requests[: last + 1]


def row_of(request: Request) -> dict[str, Any]:
    """Slots that are open are left out."""
    scope = request.scope
    where = {"places": scope.places, "documents": scope.documents, "parts": scope.parts}
    row = {
        "op": request.op,
        "where": {name: list(values) for name, values in where.items() if values},
        "bodies": list(dict.fromkeys(body.name for mention in request.bodies for body in mention.bodies)),
        "topic": list(request.topics),
        "wants": list(request.wants),
        "value": request.value if request.value != "none" else None,
        "role": request.role if request.role != "any" else None,
        "facts": list(request.facts) if request.op == "fact" else [],
        "address": "、".join("".join(step.words for step in steps) for steps in request.addresses),
    }
    return {**{name: value for name, value in row.items() if value}, "sure": round(request.probability, 2)}
