"""Automatic numbering: what Word prints before each paragraph of a list, worked out in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.readers.word.names import Element, number, switch, value, w
from corpus.readers.word.numerals import shown

_PLACE = re.compile("%([1-9])")
_LEVELS = range(9)
_PRIVATE = re.compile("[\ue000-\uf8ff]")  # a symbol font's bullets
_CLOSES = "、，．。）】〉》；："  # after these the words follow at once, after others a blank stands for the tab


@dataclass(frozen=True)
class _Level:
    """How a level counts and prints. `restarts` is the level above which it begins anew; None: any."""

    start: int
    number_format: str
    custom: str
    words: str
    restarts: int | None
    in_figures: bool
    gap: str
    style: str | None


@dataclass
class _List:
    """A w:num: the list that it belongs to, its own levels, and levels that it begins anew."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)
    is_begun: bool = False


class Lists:
    """The lists of a document, which count on from one call to the next."""

    def __init__(self, part: Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if part is not None:
            self._read(part)

    def _read(self, part: Element) -> None:
        rows = {row.get(w("abstractNumId")): row for row in part.findall(w("abstractNum"))}
        named = {style: key for key, row in rows.items() if (style := value(row, "styleLink"))}
        links = {key: named.get(value(row, "numStyleLink") or "") for key, row in rows.items()}
        levels = {key: dict(_levels_of(row)) for key, row in rows.items()}
        for row in part.findall(w("num")):
            abstract = value(row, "abstractNumId") or ""
            abstract = links.get(abstract) or abstract
            own = _List(abstract, dict(levels.get(abstract, {})))
            for override in row.findall(w("lvlOverride")):
                at = _at(override)
                own.levels.update(_levels_of(override))
                if at in own.levels and (start := number(override, "startOverride")) is not None:
                    own.starts[at] = start
            self._lists[row.get(w("numId"), "")] = own

    def level_of(self, list_id: str, style: str) -> int | None:
        """The level that a style stands for in a list."""
        levels = self._lists[list_id].levels if list_id in self._lists else {}
        return next((at for at, level in levels.items() if level.style == style), None)

    def next(self, list_id: str, at: int) -> str:
        """What stands before the next paragraph on this level, with the gap after it; empty where nothing does."""
        own = self._lists.get(list_id)
        if own is None or at not in own.levels:
            return ""
        counts = self._counts.setdefault(own.abstract, {})
        if not own.is_begun:
            own.is_begun = True
            for level in own.starts:
                counts.pop(level, None)
        counts[at] = counts[at] + 1 if at in counts else _start(own, at)
        for deeper in [level for level in counts if level > at]:
            restarts = own.levels[deeper].restarts if deeper in own.levels else None
            if restarts is None or at < restarts:
                del counts[deeper]
        return _printed(own, at, counts)


def _printed(own: _List, at: int, counts: dict[int, int]) -> str:
    level = own.levels[at]

    def figure(place: re.Match[str]) -> str:
        other = int(place[1]) - 1
        if other not in own.levels or other > at:
            return ""
        number_format = "decimal" if level.in_figures else own.levels[other].number_format
        return shown(counts.get(other, _start(own, other)), number_format, own.levels[other].custom)

    if level.number_format == "bullet":
        words = _PRIVATE.sub("•", level.words)
    else:
        words = _PLACE.sub(figure, level.words)
    if not words.strip():
        return ""
    return words + (" " if level.gap == "space" or (level.gap == "tab" and words[-1] not in _CLOSES) else "")


def _start(own: _List, at: int) -> int:
    return own.starts.get(at, own.levels[at].start)


def _at(row: Element) -> int:
    found = row.get(w("ilvl"), "")
    return int(found) if found in map(str, _LEVELS) else -1


def _levels_of(parent: Element) -> Iterator[tuple[int, _Level]]:
    for row in parent.findall(w("lvl")):
        if (at := _at(row)) in _LEVELS:
            yield at, _level(row)


def _level(row: Element) -> _Level:
    kind = next(row.iter(w("numFmt")), None)  # a newer format stands in an alternative, before the older one
    return _Level(
        start=number(row, "start") or 0,
        number_format=kind.get(w("val"), "decimal") if kind is not None else "decimal",
        custom=kind.get(w("format"), "") if kind is not None else "",
        words=(value(row, "lvlText") or "")[:64],
        restarts=number(row, "lvlRestart"),
        in_figures=bool(switch(row, "isLgl")),
        gap=value(row, "suff") or "tab",
        style=value(row, "pStyle"),
    )
