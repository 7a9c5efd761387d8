"""What a number or a day of a text belongs to: the words around it, against those around its like in a clause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.grounding.apart import apart
from rag.grounding.pairs import pairs

_STRETCH = re.compile(r"[,，;；。:：!?！？\n]")
_SENTENCE = re.compile(r"[;；。!?！？\n]")
_ROW = re.compile(r"[、,，;；。:：!?！？\n]")
_RANGE = re.compile(
    r"(?:及|含|\(含\))?(?:以上|不足|不满|以下)?[、,，]?(?:[-~至到和或]|不满|不足|不超过|至多)?(?:以上|不超过|不满)?"
)
_CONDITION = re.compile("[的时后][,，]")  # a spot behind it has a condition of its own
_CUE = re.compile("(?:比|较|到|至|自|从|截至|由|超|每)$")  # right before a spot: what it is for its sentence
# What a pair is worth in a spot's own stretch, up to its neighbours, in the stretch beside one that says nothing of its
# spot, and in the rest of the sentence; how many times that an ordinal.
_NEAR, _MIDDLE, _BORROWED, _WIDE, _ORDINAL = 1.0, 0.8, 0.5, 0.25, 3
_FEW = 2  # pairs of a stretch that says nothing of its spot: 到2025年, …


@dataclass(frozen=True)
class Spot:
    """Something at `start`..`end` of a text."""

    start: int
    end: int


@dataclass(frozen=True)
class Context:
    """Pairs of characters around a spot with what they are worth."""

    pairs: dict[str, float]


@dataclass(frozen=True)
class _Words:
    """The words around a spot: of its own stretch, up to its neighbours, of the stretch beside an empty one."""

    near: str
    middle: str
    beside: str


def contexts_of(text: str, spots: Sequence[Spot], wider: str = "") -> list[Context]:
    """One for each spot, in order; `wider` is read with the whole text. Both ends of a range belong to the same."""
    groups: list[list[Spot]] = []
    for spot in spots:
        if groups and _RANGE.fullmatch(text[groups[-1][-1].end : spot.start]):
            groups[-1].append(spot)
        else:
            groups.append([spot])
    contexts = _contexts_of(text, [Spot(group[0].start, group[-1].end) for group in groups], wider)
    return [context for group, context in zip(groups, contexts, strict=True) for _ in group]


def _contexts_of(text: str, spots: Sequence[Spot], wider: str) -> list[Context]:
    things = apart(text, spots)
    own = [_words_around(text, spots, index) for index in range(len(spots))]
    near = [pairs(things.get(index, words.near)) for index, words in enumerate(own)]
    rows = []
    for index, spot in enumerate(spots):
        others = frozenset[str]().union(*(row for at, row in enumerate(near) if at != index))
        sentence = text[_last(_SENTENCE, text, spot.start) : _first(_SENTENCE, text, spot.end)]
        worth = dict.fromkeys(pairs(f"{sentence}，{wider}") - others, _WIDE)
        worth |= dict.fromkeys(pairs(own[index].middle) - others, _MIDDLE)
        worth |= dict.fromkeys(pairs(own[index].beside), _BORROWED) | dict.fromkeys(near[index], _NEAR)
        worth = {pair: much * (_ORDINAL if pair[0] == "#" else 1) for pair, much in worth.items()}
        if cue := _CUE.search(text[max(0, spot.start - 2) : spot.start]):
            worth["^" + cue[0]] = _NEAR
        rows.append(Context(worth))
    return rows


def advantage(said: Context, one: Context, other: Context) -> float:
    """How much better `one` suits what was said than `other` does; what both have alike says nothing."""
    return sum(
        min(worth, one.pairs.get(pair, 0.0)) - min(worth, other.pairs.get(pair, 0.0))
        for pair, worth in said.pairs.items()
    )


def misplaced(said: Context, right: Iterable[Context], others: Iterable[Context], margin: float) -> bool:
    """Whether what was said belongs to one of the others rather than to any of the right ones."""
    rows = list(others)
    return bool(rows) and all(max(advantage(said, other, own) for other in rows) >= margin for own in right)


def _words_around(text: str, spots: Sequence[Spot], index: int) -> _Words:
    spot = spots[index]
    first, last = _last(_SENTENCE, text, spot.start), _first(_SENTENCE, text, spot.end)
    before = max(first, spots[index - 1].end) if index else first
    is_followed = index + 1 < len(spots)
    after = min(last, spots[index + 1].start) if is_followed else last
    start, stop = _stretch(text, spot, before, after, is_followed)
    begin = before if before == first or before >= spot.start else _first(_ROW, text, before)
    end = max(stop, _turn(text, spot.end, after) if is_followed else after)
    middle = f"{text[min(begin, start) : spot.start]}，{text[spot.end : end]}"
    if first < before and not _CONDITION.search(text[before : spot.start]):
        middle += "，" + text[first : min(other.start for other in spots if other.start >= first)]
    near = f"{text[start : spot.start]}，{text[spot.end : stop]}"
    return _Words(near, middle, "" if len(pairs(near)) >= _FEW else _beside(text, spot, start, stop, before, after))


def _stretch(text: str, spot: Spot, before: int, after: int, is_followed: bool) -> tuple[int, int]:
    """Where a spot's own stretch begins and ends; in a row (一等奖30万元、二等奖20万元) at its marks."""
    in_row = "、" in text[before : spot.start]
    start = max(_last(_ROW if in_row else _STRETCH, text, spot.start), before)
    stop = _first(_STRETCH, text, spot.end)
    if after < stop:
        mark = _ROW.search(text, spot.end, after)
        stop = mark.start() if mark else spot.end if is_followed else after
    return start, stop


def _beside(text: str, spot: Spot, start: int, stop: int, before: int, after: int) -> str:
    """The stretch behind one that begins with its spot and says no more, else the one before."""
    behind = text[stop + 1 : min(after, _first(_STRETCH, text, stop + 1))]
    if not pairs(text[start : spot.start]) and len(pairs(behind)) >= _FEW:
        return behind
    return text[_last(_STRETCH, text, max(start - 1, 0)) : max(start - 1, 0)] if start > before else ""


def _turn(text: str, start: int, after: int) -> int:
    """Where the words between two spots turn to the second: at the last mark before it."""
    return max((found.start() for found in _ROW.finditer(text, start, after)), default=start)


def _last(pattern: re.Pattern[str], text: str, end: int) -> int:
    return max((found.end() for found in pattern.finditer(text, 0, end)), default=0)


def _first(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.search(text, start)
    return found.start() if found else len(text)
