"""A plan as a model writes it: JSON within bounds, read leniently; whatever isn't in the table of operations is dropped."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from rag.reading.kinds import AskedRole, FactName, Op, Talk, Tally, Value, Want

REQUESTS = 5  # of one plan
_NAMES, _LENGTH = 6, 60  # names in one slot, characters of one
_QUESTION = 160  # characters of a question put anew
_COUNT = 99

_WORDS: dict[str, Any] = {"type": "array", "items": {"type": "string"}}


def _one_of(*names: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(names)}


def _some_of(*names: str) -> dict[str, Any]:
    return {"type": "array", "items": _one_of(*names)}


_TALLIES = tuple(name for name in get_args(Tally) if name not in ("none", "together"))
_COUNTED = ("bodies", "clauses")
_SLOTS: dict[str, dict[str, Any]] = {
    "op": _one_of(*get_args(Op)),
    "places": _WORDS,
    "documents": _WORDS,
    "part": {"type": "string"},
    "topic": _WORDS,
    "bodies": _WORDS,
    "role": _one_of(*get_args(AskedRole)),
    "together": {"type": "boolean"},
    "wants": _some_of(*get_args(Want)),
    "value": _one_of(*get_args(Value)),
    "address": {"type": "string"},
    "count": {
        "type": "object",
        "properties": {"kind": _one_of(*_TALLIES), "n": {"type": "integer"}, "of": _one_of(*_COUNTED)},
    },
    "facts": _some_of(*get_args(FactName)),
    "kind": _one_of(*get_args(Talk)),
    "from": {"type": "integer"},
}
SCHEMA: dict[str, Any] = {
    "title": "plan",
    "type": "object",
    "properties": {
        "question": {"type": "string"},
        "requests": {"type": "array", "items": {"type": "object", "properties": _SLOTS, "required": ["op"]}},
    },
    "required": ["requests"],
}


@dataclass(frozen=True)
class Planned:
    """One look-up in a model's words: names are as it wrote them, kinds are of the table."""

    op: Op
    places: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    part: str = ""
    topic: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    role: AskedRole = "any"
    together: bool = False
    wants: tuple[Want, ...] = ()
    value: Value = "none"
    address: str = ""
    tally: Tally = "none"
    count: int | None = None
    counts: str = ""  # bodies or clauses
    facts: tuple[FactName, ...] = ()
    talk: Talk | None = None
    source: int | None = None  # counted from 0: the earlier look-up whose rows give bodies or documents


@dataclass(frozen=True)
class PlannedAll:
    """`dropped` requests had no operation of the table, or were too many."""

    requests: tuple[Planned, ...]
    question: str = ""
    dropped: int = 0


def planned_in(text: str) -> PlannedAll | None:
    """The plan that the first JSON object of the text is; None where there is none, or nothing in it can be looked up."""
    found = first_object(text)
    rows = found.get("requests") if found else None
    if found and rows is None and "op" in found:
        rows = [found]
    if found is None or not isinstance(rows, list):
        return None
    kept: list[Planned] = []
    places: dict[int, int] = {}  # of the rows as written, where they are kept
    for place, row in enumerate(rows[:REQUESTS]):
        one = _planned(row, place) if isinstance(row, Mapping) else None
        if one is not None:
            one = replace(one, source=None if one.source is None else places.get(one.source))
            if one not in kept:
                kept.append(one)
            places[place] = kept.index(one)
    question = found.get("question")
    asked = question.strip()[:_QUESTION] if isinstance(question, str) else ""
    return PlannedAll(tuple(kept), asked, len(rows) - len(kept)) if kept else None


def first_object(text: str) -> Mapping[str, Any] | None:
    """The first whole JSON object that stands in a text, whatever is written around it."""
    decoder, start = json.JSONDecoder(), text.find("{")
    while start >= 0:
        try:
            found, _ = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            start = text.find("{", start + 1)
            continue
        return found if isinstance(found, Mapping) else None
    return None


def _planned(row: Mapping[str, Any], place: int) -> Planned | None:
    op: Op | None = _known(row.get("op"), Op, None)
    if op is None:
        return None
    counted = row.get("count")
    count: Mapping[str, Any] = counted if isinstance(counted, Mapping) else {"n": counted}
    number, source = count.get("n"), row.get("from")
    is_source = isinstance(source, int) and not isinstance(source, bool) and 1 <= source <= place
    return Planned(
        op=op,
        places=_words(row.get("places")),
        documents=_words(row.get("documents")),
        part=next(iter(_words(row.get("part"))), ""),
        topic=_words(row.get("topic")),
        bodies=_words(row.get("bodies")),
        role=_known(row.get("role"), AskedRole, "any"),
        together=row.get("together") is True,
        wants=tuple(one for one in _words(row.get("wants")) if one in get_args(Want)),  # type: ignore[misc]
        value=_known(row.get("value"), Value, "none"),
        address=next(iter(_words(row.get("address"))), ""),
        tally=count.get("kind") if count.get("kind") in _TALLIES else "none",  # type: ignore[arg-type]
        count=number if isinstance(number, int) and 0 < number <= _COUNT else None,
        counts=count["of"] if count.get("of") in _COUNTED else "",
        facts=tuple(one for one in _words(row.get("facts")) if one in get_args(FactName)),  # type: ignore[misc]
        talk=_known(row.get("kind"), Talk, None),
        source=source - 1 if is_source else None,  # type: ignore[operator]
    )


def _words(value: object) -> tuple[str, ...]:
    """Strings, whether one or a list of them was written; bounded."""
    rows: Sequence[object] = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    words = (row.strip()[:_LENGTH] for row in rows if isinstance(row, str))
    return tuple(dict.fromkeys(word for word in words if word))[:_NAMES]


def _known(value: object, kind: Any, otherwise: Any) -> Any:
    return value if isinstance(value, str) and value in get_args(kind) else otherwise
