"""Which clauses of one text another has otherwise: changed, moved, dropped, added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from corpus.relations import squeezed
from corpus.types import Document, Node

_AROUND = 12  # characters shown beside what differs
_ALIKE = 0.5  # share of pairs of characters from which on two clauses are versions of one


@dataclass(frozen=True)
class Change:
    """`before` and `after` are the clause's paths, empty where there is none; `was` and `becomes` its words."""

    kind: Literal["changed", "moved", "dropped", "added"]
    before: str = ""
    after: str = ""
    was: str = ""
    becomes: str = ""


def changes_between(before: Document, after: Document) -> list[Change]:
    """In the order of the later text, what was dropped last. Spaces and punctuation alone change nothing.

    A clause is sought under its own path first, then word for word elsewhere, then by what it has in common.
    """
    old, new = list(before.clauses), list(after.clauses)
    partners = _partners(old, new)
    rows = []
    for node in new:
        own = partners.get(node.path)
        if own is None:
            rows.append(Change("added", after=node.path, becomes=node.text))
        elif squeezed(own.text) != squeezed(node.text):
            rows.append(Change("changed", own.path, node.path, own.text, node.text))
        elif own.path != node.path:
            rows.append(Change("moved", own.path, node.path, own.text, node.text))
    kept = {own.path for own in partners.values()}
    return [*rows, *(Change("dropped", before=node.path, was=node.text) for node in old if node.path not in kept)]


def marked(was: str, becomes: str) -> str:
    """The later words with what they take the place of: …之日起[-15-]{+10+}个工作日内…; long stretches alike are cut."""
    rows = []
    matches = SequenceMatcher(None, was, becomes, autojunk=False).get_opcodes()
    for place, (kind, start, end, begin, stop) in enumerate(matches):
        if kind == "equal":
            rows.append(_cut(becomes[begin:stop], is_first=place == 0, is_last=place == len(matches) - 1))
        else:
            rows.append(f"[-{was[start:end]}-]" if end > start else "")
            rows.append(f"{{+{becomes[begin:stop]}+}}" if stop > begin else "")
    return "".join(rows)


def _cut(words: str, is_first: bool, is_last: bool) -> str:
    if len(words) <= 2 * _AROUND:
        return words
    return f"{'' if is_first else words[:_AROUND]}…{'' if is_last else words[-_AROUND:]}"


def _partners(old: Sequence[Node], new: Sequence[Node]) -> dict[str, Node]:
    """The earlier clause of each later one, by the later one's path."""
    found: dict[str, Node] = {}
    left = {node.path: node for node in old}
    pairs = {id(node): _pairs(node.text) for node in (*old, *new)}

    def take(node: Node, own: Node | None) -> None:
        if own is not None and own.path in left:
            found[node.path] = left.pop(own.path)

    def shared(one: Node, other: Node) -> float:
        first, second = pairs[id(one)], pairs[id(other)]
        return len(first & second) / max(min(len(first), len(second)), 1)

    for node in new:
        same = left.get(node.path)
        take(node, same if same and shared(same, node) >= _ALIKE else None)
    words = {squeezed(node.text): node for node in left.values()}
    for node in (one for one in new if one.path not in found):
        take(node, words.get(squeezed(node.text)))
    for node in (one for one in new if one.path not in found):
        take(node, next((one for one in left.values() if shared(one, node) >= _ALIKE), None))
    return found


def _pairs(text: str) -> set[str]:
    plain = squeezed(text)
    return {plain[i : i + 2] for i in range(len(plain) - 1)} or {plain}
