"""What a number, a day or a body of a text belongs to: the words around it, against those around its like in a clause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_STRETCH = re.compile(r"[,，;；。:：!?！？\n]")
_SENTENCE = re.compile(r"[;；。!?！？\n]")
_ROW = re.compile(r"[、,，;；。:：!?！？\n]")
_PLAIN = re.compile(r"[一-鿿a-z]+|(?:19|20)\d\d(?=年)")
_EMPTY = re.compile("[的了和与及或是为在对将把由给予以其该这那也都就可按至到从有个第各等应当能者并]")
_ORDINAL = re.compile("第[一二三四五六七八九十百零0-9]+[条款项目章节类档级等次批阶]")
_CONDITION = re.compile("的[,，]|时[,，]|后[,，]")  # a number behind it has a condition of its own
_JOINED = re.compile("、|以及|和|及|与|或")
_CUE = re.compile("(?:比|较|到|至|自|从|截至|由|超|每)$")  # right before a spot: what it is for its sentence
_NEAR, _MIDDLE, _WIDE = 1.0, 0.8, 0.25  # what a pair is worth in a spot's own stretch, up to its neighbours, beyond them
_BORROWED = 0.5  # … in the stretch next to one that says nothing of its spot
_ORDINAL_WORTH = 3
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


_RANGE = re.compile("(?:及|含|\\(含\\))?(?:以上|不足|不满|以下)?[、,，]?(?:[-~至到和或]|不满|不足|不超过|至多)?(?:以上|不超过|不满)?")


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
    apart = _apart(text, spots)
    own = [_own_of(text, spots, index, apart) for index in range(len(spots))]
    rows = []
    for index, spot in enumerate(spots):
        near, middle, borrowed = own[index]
        others = frozenset().union(*(pairs(row[0]) for at, row in enumerate(own) if at != index)) if own else frozenset()
        sentence = text[_last(_SENTENCE, text, spot.start) : _first(_SENTENCE, text, spot.end)]
        worth = dict.fromkeys(pairs(sentence + "，" + wider) - others, _WIDE)
        worth |= dict.fromkeys(pairs(middle) - others, _MIDDLE)
        worth |= dict.fromkeys(pairs(borrowed), _BORROWED) | dict.fromkeys(pairs(near), _NEAR)
        worth = {pair: much * (_ORDINAL_WORTH if pair[0] == "#" else 1) for pair, much in worth.items()}
        if cue := _CUE.search(text[max(0, spot.start - 2) : spot.start]):
            worth["^" + cue[0]] = _NEAR
        rows.append(Context(worth))
    return rows


def pairs(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters; of a run of one character that character."""
    rows: set[str] = set()
    rows |= {f"#{words}" for words in _ORDINAL.findall(text)}
    for run in _PLAIN.findall(_EMPTY.sub("，", text)):
        rows |= {run[i : i + 2] for i in range(len(run) - 1)} if len(run) > 1 and not run.isdigit() else {run}
    return frozenset(rows)


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


def _own_of(text: str, spots: Sequence[Spot], index: int, apart: dict[int, str]) -> tuple[str, str, str]:
    """The words of a spot's own stretch, and those up to its neighbours."""
    spot = spots[index]
    first, last = _last(_SENTENCE, text, spot.start), _first(_SENTENCE, text, spot.end)
    before = max(first, spots[index - 1].end) if index else first
    after = min(last, spots[index + 1].start) if index + 1 < len(spots) else last
    start, stop = _last(_ROW if _has_mark(text, before, spot.start, index) else _STRETCH, text, spot.start), _first(_STRETCH, text, spot.end)
    start = max(start, before)
    if after < stop:
        mark = _ROW.search(text, spot.end, after)
        stop = mark.start() if mark else spot.end if index + 1 < len(spots) and not _ROW.search(text, spot.end, after) else after
    begin = _first(_ROW, text, before) if index and before > first and before < spot.start else before
    middle = text[min(begin, start) : spot.start] + "，" + text[spot.end : max(stop, _ending(text, spot.end, after, index + 1 < len(spots)))]
    if first < before and not _CONDITION.search(text[before : spot.start]):
        middle += "，" + text[first : min(other.start for other in spots if other.start >= first)]
    near = apart.get(index, text[start : spot.start] + "，" + text[spot.end : stop])
    borrowed = ""
    if len(pairs(near)) < _FEW:
        behind = text[stop + 1 : min(after, _first(_STRETCH, text, stop + 1))]
        ahead = text[_last(_STRETCH, text, max(start - 1, 0)) : max(start - 1, 0)] if start > before else ""
        borrowed = (behind if not pairs(text[start : spot.start]) and len(pairs(behind)) >= _FEW else ahead)
    return near, middle, borrowed


def _ending(text: str, start: int, after: int, is_followed: bool) -> int:
    """Where the words between two spots turn to the second: at the last mark of a stretch before it."""
    if not is_followed:
        return after
    marks = [found.start() for found in _ROW.finditer(text, start, after)]
    return marks[-1] if len(marks) > 1 else marks[0] if marks else start


def _has_mark(text: str, before: int, start: int, index: int) -> bool:
    """Whether a row's mark parts the spot from the one before it in one stretch: 一等奖30万元、二等奖20万元."""
    return bool(index) and "、" in text[before:start]


def _last(pattern: re.Pattern[str], text: str, end: int) -> int:
    return max((found.end() for found in pattern.finditer(text, 0, end)), default=0)


def _first(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.search(text, start)
    return found.start() if found else len(text)


def _apart(text: str, spots: Sequence[Spot]) -> dict[int, str]:
    """Of a sentence with 分别: what each spot of a row belongs to in the row of things before."""
    rows: dict[int, str] = {}
    for found in re.finditer("分别|依次", text):
        group = _row_behind(text, spots, found.end())
        things = _things_before(text[_last(_SENTENCE, text, found.start()) : found.start()], len(group))
        rows |= dict(zip(group, things, strict=False)) if len(group) > 1 else {}
    return rows


def _row_behind(text: str, spots: Sequence[Spot], start: int) -> list[int]:
    rows: list[int] = []
    for index, spot in enumerate(spots):
        if spot.start < start:
            continue
        if rows and not re.fullmatch(r"[一-鿿]{0,6}[、,，和及与/]+[一-鿿]{0,6}", text[spots[rows[-1]].end : spot.start]):
            break
        rows.append(index)
    return rows


def _things_before(text: str, count: int) -> list[str]:
    """The last row of `count` things."""
    for stretch in reversed(_STRETCH.split(text)):
        things = [thing for thing in _JOINED.split(stretch) if thing]
        if len(things) == count > 1:
            return [things[0][-8:], *things[1:-1], things[-1][:8]]
    return []
