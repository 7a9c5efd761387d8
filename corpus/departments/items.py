"""Who is responsible for a part of a clause: one 款 or 项 of an article, one row of a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpus.address import Address
from corpus.departments.clause import departments_in
from corpus.departments.kinds import Where
from corpus.departments.tables import table_bodies
from corpus.headings import label_at
from corpus.lines import Line, lines_of
from corpus.types import Department, Document, Node

_LOWEST = 99  # a level below all: that of a line without a number


def bodies_at(document: Document, address: Address) -> tuple[Department, ...]:
    """The bodies of the addressed words; of an item that names none, those of the words that lead to it (inherited).

    Roles, whole names and what 下同 says are as the whole clause has them.
    """
    if address.sub_path is None:
        return address.node.departments
    if own := bodies_between(document, address.node, address.start, address.end):
        return own
    for start, end in _leading(address.node.text, address.start):
        if own := bodies_between(document, address.node, start, end):
            return tuple(replace(body, source="inherited") for body in own)
    return ()


def bodies_between(document: Document, node: Node, start: int, end: int) -> tuple[Department, ...]:
    """The bodies that `node.text[start:end]` names: of a row of a table, those in its cells."""
    metadata = document.metadata
    where = Where(metadata.jurisdiction, metadata.parent_jurisdiction)
    cells = [
        body
        for first, last, bodies in table_bodies(node.text, where)
        if start <= first and last <= end
        for body in bodies
    ]
    words = departments_in(node.text[start:end], metadata.jurisdiction, metadata.parent_jurisdiction)
    return tuple(_as_in(node, body) for body in dict.fromkeys((*cells, *words)))


def _as_in(node: Node, body: Department) -> Department:
    """The clause's own entry of the body, which knows more than the part does."""
    same = [row for row in node.departments if row.name == body.name]
    return next((row for row in same if row.role == body.role), same[0] if same else body)


def _leading(text: str, start: int) -> Iterator[tuple[int, int]]:
    """The lines above an item that open its list, the nearest first: 市科委履行下列职责：."""
    lines = lines_of(text)
    index = next((i for i, line in enumerate(lines) if line.start >= start), len(lines))
    level = _level(lines[index]) if index < len(lines) else 0
    for line in reversed(lines[:index]):
        own = _level(line)
        is_above = own < level or (own == _LOWEST and level != _LOWEST)
        if is_above and line.text.rstrip()[-1:] in ":：":
            yield line.start, line.end
        if own == _LOWEST:
            return
        level = min(level, own)


def _level(line: Line) -> int:
    label = label_at(line.text)
    return label.rank.level if label else _LOWEST
