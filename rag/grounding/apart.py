"""对A、B分别给予10万元、20万元: which thing of a row each of the numbers behind 分别 is for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

_APART = re.compile("分别|依次")
_STRETCH = re.compile(r"[,，;；。:：!?！？\n]")
_SENTENCE = re.compile(r"[;；。!?！？\n]")
_JOINED = re.compile("、|以及|和|及|与|或")
_BETWEEN = re.compile(r"[一-鿿]{0,6}[、,，和及与/]+[一-鿿]{0,6}")
_LONGEST = 8  # characters of the first and the last thing, which share a stretch with other words


class Placed(Protocol):
    """Something with a start and an end in a text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


def apart(text: str, spots: Sequence[Placed]) -> dict[int, str]:
    """Of a sentence with 分别: the thing that each spot, by its number, belongs to."""
    rows: dict[int, str] = {}
    for found in _APART.finditer(text):
        group = _row_behind(text, spots, found.end())
        begin = max((mark.end() for mark in _SENTENCE.finditer(text, 0, found.start())), default=0)
        rows |= dict(zip(group, _things_before(text[begin : found.start()], len(group)), strict=False))
    return rows


def _row_behind(text: str, spots: Sequence[Placed], start: int) -> list[int]:
    rows: list[int] = []
    for index, spot in enumerate(spots):
        if spot.start < start:
            continue
        if rows and not _BETWEEN.fullmatch(text[spots[rows[-1]].end : spot.start]):
            break
        rows.append(index)
    return rows


def _things_before(text: str, count: int) -> list[str]:
    """The last row of `count` things."""
    for stretch in reversed(_STRETCH.split(text)):
        things = [thing for thing in _JOINED.split(stretch) if thing]
        if len(things) == count > 1:
            return [things[0][-_LONGEST:], *things[1:-1], things[-1][:_LONGEST]]
    return []
