"""What one clause's responsibilities say of others: 下同, 同上, and a bracket that holds for a whole section."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.departments.brackets import is_same_as_above, led_by_the_first, role_brackets
from corpus.departments.defined import defined_names, resolved
from corpus.departments.pairs import Pair, folded_round
from corpus.departments.roles import first_leads_from_here
from corpus.departments.tables import is_table
from corpus.lines import SPACE
from corpus.types import Department, Node

_PRINTED = ("bracket", "table")
_REACH = 40  # from a clause's end, where 同上 stands
_OF_THE_PAST = re.compile("发展(?:基础|现状|成效|成就|回顾)|现状|(?:工作|主要|取得的?)(?:成效|成绩|回顾)|回顾")


def spread(nodes: Sequence[Node], text: str) -> list[Node]:
    """The nodes of a document in reading order, each with what the others and the definitions say of its bodies."""
    rows = _without_the_past(nodes)
    rows = _same_as_above(rows)
    rows = _led_by_the_first(rows)
    rows = _inherited(_closed_by_the_last(rows))
    names = defined_names(text)
    return [replace(node, departments=resolved(node.departments, names)) for node in rows] if names else rows


def _printed(node: Node) -> tuple[Department, ...]:
    return tuple(body for body in node.departments if body.source in _PRINTED)


def _without_the_past(nodes: Sequence[Node]) -> list[Node]:
    """Under a heading that says what has been done, running text gives nobody a task."""
    past: set[str | None] = set()
    rows: list[Node] = []
    for node in nodes:
        is_past = node.parent in past or bool(_is_heading_line(node) and _OF_THE_PAST.search(node.heading))
        if is_past:
            past.add(node.path)
        rows.append(replace(node, departments=_printed(node)) if is_past else node)
    return rows


def _same_as_above(nodes: Sequence[Node]) -> list[Node]:
    """（同上）: the bodies that the nearest clause above has in its bracket."""
    rows: list[Node] = []
    above: tuple[Department, ...] = ()
    for node in nodes:
        own = _printed(node)
        says_same = bool(above) and not own and "同" in node.text[-_REACH:] and _says_same(node.text)
        rows.append(replace(node, departments=(*above, *node.departments)) if says_same else node)
        above = tuple(body for body in own if body.source == "bracket") or above
    return rows


def _says_same(text: str) -> bool:
    return any(is_same_as_above(text, pair) for pair in role_brackets(text))


def _led_by_the_first(nodes: Sequence[Node]) -> list[Node]:
    """From the words 列第一位者为牵头单位,下同 on, the first of each bracket leads."""
    first = next((i for i, node in enumerate(nodes) if first_leads_from_here(folded_round(node.text))), len(nodes))
    return [*nodes[:first], *(replace(node, departments=_first_leads(node.departments)) for node in nodes[first:])]


def _first_leads(departments: tuple[Department, ...]) -> tuple[Department, ...]:
    printed = [body for body in departments if body.source == "bracket"]
    others = [body for body in departments if body.source != "bracket"]
    return (*led_by_the_first(printed), *others)


def _inherited(nodes: Sequence[Node]) -> list[Node]:
    """A node without a bracket of its own has that of the nearest heading above it."""
    given: dict[str | None, tuple[Department, ...]] = {}  # by path, what a node hands down
    has_own = {node.parent for node in nodes if _printed(node)}
    rows: list[Node] = []
    for node in nodes:
        own, above = _printed(node), given.get(node.parent, ())
        inherits = bool(above) and not own and not is_table(node.text)
        rows.append(_with_inherited(node, above) if inherits else node)
        if own:
            keeps = node.path in has_own and not _is_heading_line(node)
            given[node.path] = () if keeps else tuple(body for body in own if body.source == "bracket")
        else:
            given[node.path] = above
    return rows


def _with_inherited(node: Node, bodies: Sequence[Department]) -> Node:
    heads = tuple(replace(body, source="inherited") for body in bodies)
    names = {body.name for body in heads}
    return replace(node, departments=(*heads, *(body for body in node.departments if body.name not in names)))


def _is_heading_line(node: Node) -> bool:
    """One line that is a heading and the bracket behind it."""
    return "\n" not in node.text.strip(SPACE) and "。" not in node.text.strip(SPACE)[:-1]


def _closed_by_the_last(nodes: Sequence[Node]) -> list[Node]:
    """A bracket on a line of its own under the last of several items that have none closes their section.

    Not where brackets on lines of their own stand under other items of the document too: then each is its item's.
    """
    families: dict[str | None, list[int]] = {}
    for index, node in enumerate(nodes):
        families.setdefault(node.parent, []).append(index)
    alone = {index for index, node in enumerate(nodes) if _ends_with_own_line(node)}
    lasts = {family[-1] for family in families.values()}
    if not alone or alone - lasts:
        return list(nodes)
    rows = list(nodes)
    for parent, family in families.items():
        *others, last = family
        if parent is None or last not in alone or not others or any(_printed(nodes[i]) for i in others):
            continue
        for index in others:
            rows[index] = _with_inherited(rows[index], _printed(nodes[last]))
    return rows


def _ends_with_own_line(node: Node) -> bool:
    """Whether the node's last line is a bracket of roles and nothing else."""
    words = node.text.rstrip(SPACE)
    start = words.rfind("\n") + 1
    if not start:
        return False
    line = words[start:].strip(SPACE)
    return role_brackets(line)[:1] in ([Pair(0, len(line))], [Pair(0, len(line.rstrip("。;；")))])
