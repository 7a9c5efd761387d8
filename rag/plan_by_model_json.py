"""A model's plan as the answer object shows it: what was looked up, what came of it, what of it was no look-up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rag.answered_by_model import Trace
from rag.operations.looked_up import Found
from rag.reading.plan_json import row_of
from rag.types import Swept

BY = "model"


def plan_by_model_json(trace: Trace, swept: Swept | None) -> dict[str, Any] | None:
    """The contract's `plan`, with `second` (whether a second plan was made), `unknown` names and the `dropped` number of
    requests; None where nothing was looked up.
    """
    if trace.plan is None or trace.outcome is None:
        return None
    plans = [plan for plan in (trace.plan, trace.second) if plan]
    unknown = dict.fromkeys(name for plan in plans for name in plan.unknown)
    return {
        "by": BY,
        "requests": _rows(trace.outcome.found),
        "swept": asdict(swept) if swept else None,
        "second": trace.second is not None,
        "unknown": list(unknown),
        "dropped": sum(plan.dropped for plan in plans),
        "fell_back": list(trace.fell_back),
    }


def _rows(found: Sequence[Found]) -> list[dict[str, Any]]:
    rows = []
    for one in found:
        row = row_of(one.resolved.request)
        row["topic"] = list(one.resolved.wordings) or row.get("topic", [])
        if one.resolved.path:
            row["address"] = one.resolved.path
        rows.append(
            {**{name: value for name, value in row.items() if value or name == "where"}, "found": len(one.rows)}
        )
    return rows
