"""Jumps and repeats in a document's numbering, reported for a person to look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from corpus.headings import Label
from corpus.lines import Line
from corpus.types import Node, Notice

LONG_CLAUSE = 2_500  # characters: past that a clause holds more than one thing


class _Part(Protocol):
    @property
    def mark(self) -> str: ...


class _Opening(Protocol):
    @property
    def line(self) -> Line: ...
    @property
    def part(self) -> _Part: ...
    @property
    def label(self) -> Label | None: ...
    @property
    def above(self) -> tuple[str, ...]: ...


def numbering_notices(openings: Sequence[_Opening]) -> tuple[Notice, ...]:
    """A number is expected to start at one, to follow its sibling, or to run on through the part."""
    siblings: dict[tuple[str, int, tuple[str, ...]], Label] = {}
    running: dict[tuple[str, int], Label] = {}
    notices = []
    for opening in openings:
        label = opening.label
        if label is None or (number := label.number) is None:
            continue
        level = label.rank.level
        key = (opening.part.mark, level, opening.above)
        before = siblings.get(key)
        expected = {1} if before is None else {(before.number or 0) + 1}
        if run := running.get(key[:2]):
            expected.add((run.number or 0) + 1)
        if number not in expected and not _is_inserted(label, before):
            last = before or running.get(key[:2])
            notices.append(Notice(opening.line.number, _message(label, last)))
        siblings[key] = running[key[:2]] = label
    return tuple(notices)


def long_clauses(nodes: Sequence[Node]) -> tuple[Notice, ...]:
    """A stretch that no numbering divides is no clause that anybody can be pointed to."""
    return tuple(
        Notice(node.line, f"{node.path} has {len(node.text):,} characters and no numbering that divides it")
        for node in nodes
        if not node.heading_only and len(node.text) > LONG_CLAUSE
    )


def _is_inserted(label: Label, before: Label | None) -> bool:
    """第一百三十三条之一 after 第一百三十三条."""
    return before is not None and "之" in label.address and label.number == before.number


def _message(label: Label, before: Label | None) -> str:
    if before is None:
        return f"numbering starts at {label.address}"
    if label.address == before.address:
        return f"numbering repeats {label.address}"
    return f"numbering jumps from {before.address} to {label.address}"
