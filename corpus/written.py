"""A document as JSON and back, exactly: how it comes from the process that read it, and how it is kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, get_args

from corpus.types import BodyKind, Department, Document, Metadata, Node, Notice, Period, Role, Source

_TEXT, _NUMBER, _YES_NO, _LIST = (frozenset[object]({kind}) for kind in (str, int, bool, list))
_TEXT_OR_NONE, _YES_NO_OR_NONE = _TEXT | {type(None)}, _YES_NO | {type(None)}
_WORDS = tuple(frozenset[object](get_args(kind)) for kind in (Role, BodyKind, Source))
_NODE = (_TEXT, _TEXT, _TEXT, _NUMBER, _NUMBER, _NUMBER, _NUMBER, _YES_NO, _TEXT_OR_NONE, _LIST)
_DEPARTMENT = (_TEXT, _TEXT, *_WORDS, _YES_NO, _TEXT_OR_NONE, _TEXT_OR_NONE)
_NAMES = ("issuer", "document_number", "jurisdiction", "parent_jurisdiction")


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
        "pages": list(document.pages),
        "footnotes": list(document.footnotes),
    }
    return json.dumps(table, default=date.isoformat).encode("ascii")


def document_of(data: bytes) -> Document:
    """What `written` wrote. Raises ValueError where it is something else."""
    try:
        table = json.loads(data)
        document_id, text = _typed([table["id"], table["text"]], _TEXT, _TEXT)
        nodes = tuple(_node(document_id, text, row) for row in table["nodes"])
        _check_tiling(nodes, len(text))
        notices = tuple(Notice(*_typed(row, _NUMBER, _TEXT)) for row in table["notices"])
        pages, footnotes = _all(table["pages"], _NUMBER), _all(table["footnotes"], _TEXT)
        return Document(document_id, text, _metadata(table["metadata"]), nodes, notices, pages, footnotes)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"no document ({type(error).__name__})") from None


def _typed(values: Sequence[Any], *kinds: frozenset[object]) -> Sequence[Any]:
    """The values, each of a type that is allowed at its place, or of these very words."""
    for value, allowed in zip(values, kinds, strict=True):
        if type(value) not in allowed and not (isinstance(value, str) and value in allowed):
            raise ValueError("no document (a value of another type)")
    return values


def _all(values: list[Any], kind: frozenset[object]) -> tuple[Any, ...]:
    """A list of values of one type."""
    (values,) = _typed([values], _LIST)
    return tuple(_typed(values, *[kind] * len(values)))


def _node(document_id: str, text: str, row: Sequence[Any]) -> Node:
    path, label, heading, start, end, span_end, line, heading_only, parent, departments = _typed(row, *_NODE)
    bodies = tuple(Department(*_typed(one, *_DEPARTMENT)) for one in departments)
    return Node(
        document_id, path, label, heading, text[start:end], start, end, span_end, line, heading_only, parent, bodies
    )


def _check_tiling(nodes: Sequence[Node], length: int) -> None:
    """One node begins where the one before ends, the last ends with the text, and a parent comes first."""
    ends, paths = [0, *(node.span_end for node in nodes)], set[str | None]([None])
    for node, begins in zip(nodes, ends, strict=False):
        if node.start != begins or not node.start <= node.end <= node.span_end or node.line < 1:
            raise ValueError("no document (its nodes don't tile the text)")
        if node.path in paths or node.parent not in paths:
            raise ValueError("no document (its nodes are no tree)")
        paths.add(node.path)
    if ends[-1] != length:
        raise ValueError("no document (its nodes end elsewhere than the text)")


def _metadata(table: dict[str, Any]) -> Metadata:
    period = table["period"]
    days = {key: _day(table[key]) for key in ("issued_on", "repealed_on")}
    if period is not None:
        _typed([period["basis"], period["basis_from"]], _TEXT, _TEXT)
        period = Period(_day(period["start"]), _day(period["end"]), period["basis"], period["basis_from"])
    implements, names = table["implements"], [table[key] for key in _NAMES]
    own = [implements, table["title"], table["repealed"], *names]
    _typed(own, _LIST, _TEXT, _YES_NO_OR_NONE, *[_TEXT_OR_NONE] * len(names))
    _typed(implements, *[_TEXT] * len(implements))
    return Metadata(**{**table, **days, "period": period, "implements": tuple(implements)})


def _day(words: str | None) -> date | None:
    return None if words is None else date.fromisoformat(words)
