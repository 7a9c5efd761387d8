"""How a question is to be read, as its line in a question file says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from eval.types import Labels
from rag.reading.kinds import Op, Value, Want

_NAMES = ("places", "documents", "bodies")


def labels_of(row: Mapping[str, Any]) -> Labels | None:
    """None where the row has no `op`; wants that readers don't know are left out.

    Raises ValueError naming the field that has a wrong form.
    """
    if row.get("op") is None:
        return None
    names, wants = row.get("names") or {}, _words("wants", row.get("wants"))
    if not isinstance(names, Mapping):
        raise ValueError("names")
    return Labels(
        op=_one_of("op", row["op"], Op),
        wants=tuple(want for want in wants if want in get_args(Want)),  # type: ignore[misc]
        value=_one_of("value", row.get("value") or "none", Value),
        topic=_words("topic", row.get("topic")),
        **{name: _words("names", names.get(name)) for name in _NAMES},
        address=next(iter(_words("names", [names.get("address") or ""])), ""),
    )


def labels_row(labels: Labels) -> dict[str, Any]:
    """The labels as `labels_of` reads them."""
    names = {name: list(getattr(labels, name)) for name in _NAMES}
    return {
        "op": labels.op,
        "wants": list(labels.wants),
        "value": labels.value,
        "topic": list(labels.topic),
        "names": {**names, "address": labels.address},
    }


def _one_of(field: str, name: object, kind: Any) -> Any:
    if name not in get_args(kind):
        raise ValueError(field)
    return name


def _words(field: str, value: object) -> tuple[str, ...]:
    rows = value if value is not None else []
    if not isinstance(rows, list) or not all(isinstance(word, str) for word in rows):
        raise ValueError(field)
    return tuple(rows)
