"""Whether who does something in a sentence is who does it in the clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.script import fold
from index.words import Words
from rag.grounding.actors import Actor, actors_in
from rag.grounding.context import pairs
from rag.grounding.news import Wording
from rag.grounding.rows import Row
from rag.grounding.types import Problem

_STRETCH = re.compile(r"[,，;；。:：!?！？\n]")
_SENTENCE = re.compile(r"[;；。!?！？\n]")
_KIND = re.compile(
    "(?:人民政府)?(?:行政|主管|管理|监管|监督|工作|业务|职能)*(?:部门|机关|机构|委员会|局|厅|委|部|署|办公室|办|所|处|院|中心)$"
)
_WHOSE = re.compile("^(?:各级?|各|该|本|其|原|新|相关|有关|当地|所在地|同一|上述|前述|自己|国家|中华人民共和国|中国|人民)+|[级的各]")
_SAME = 0.94  # cosine from which on two names are of the same
_NEAR = 0.9  # … from which on two persons may be
_CLEARLY = 0.3  # share of what is done that another must have more
_FEW = 2


@dataclass(frozen=True)
class Deed:
    """What an actor does, or what is done to it: pairs of characters with what they are worth."""

    actor: Actor
    pairs: dict[str, float]


class Doers:
    """Reads who does what. Safe to share between threads."""

    def __init__(self, words: Words, wording: Wording) -> None:
        self._words = words
        self._wording = wording

    def wrong(self, text: str, rows: Sequence[Row], here: str, known: Sequence[str], question: str) -> Iterator[Problem]:
        """Doers that no clause names, and those of something that another does there."""
        own = [deed for row in rows for deed in self.deeds(row.text, row.above)]
        names = [*dict.fromkeys([*(deed.actor.name for deed in own), *known])]
        for deed in self.deeds(text, ""):
            actor = deed.actor
            if actor.is_generic:
                continue
            same = [name for name in names if self._is_same(actor.name, name)]
            if not same and not self._is_here(actor, here, names):
                if actor.name not in question or actor.place == "doer":
                    yield Problem("department", actor.name)
                continue
            if actor.place == "doer" and self._is_anothers(deed, own):
                yield Problem("role", actor.name)

    def _is_here(self, actor: Actor, here: str, names: Sequence[str]) -> bool:
        """Whether the clause speaks of it in other words."""
        if actor.name in here or (_WHOSE.sub("", actor.name) or actor.name) in here:
            return True
        return not actor.is_organ and any(self._wording.nearness(actor.name, name) >= _NEAR for name in names)

    def deeds(self, text: str, above: str) -> list[Deed]:
        actors = actors_in(text, self._words)
        rows = []
        for index, actor in enumerate(actors):
            later = [other.start for other in actors[index + 1 :] if other.place == "doer"]
            stop = min([_after(_SENTENCE, text, actor.end), *later])
            near = text[actor.end : min(stop, _after(_STRETCH, text, actor.end))]
            far = text[actor.end : stop]
            first = max(_before(_SENTENCE, text, actor.start), *(o.end for o in actors[:index] if o.place == "doer"), 0) if index else _before(_SENTENCE, text, actor.start)
            topic = text[first : actor.start]
            worth = dict.fromkeys(pairs(above), 0.2) | dict.fromkeys(pairs(topic), 0.4)
            worth |= dict.fromkeys(pairs(far), 0.7) | dict.fromkeys(pairs(near), 1.0)
            rows.append(Deed(actor, worth))
        return rows

    def _is_anothers(self, said: Deed, own: Sequence[Deed]) -> bool:
        total = sum(said.pairs.values())
        if len(said.pairs) < _FEW or not total:
            return False
        scores = [(self._is_same(said.actor.name, deed.actor.name), deed, _overlap(said, deed) / total) for deed in own]
        same = max((s for is_same, deed, s in scores if is_same and deed.actor.place == "doer"), default=0.0)
        other = max((s for is_same, deed, s in scores if not is_same and deed.actor.place == "doer"), default=0.0)
        return other - same >= _CLEARLY

    def _is_same(self, one: str, other: str) -> bool:
        first, second = _WHOSE.sub("", one), _WHOSE.sub("", other)
        if not first or not second or first in second or second in first:
            return _agrees(one, other)
        if _is_within(first, second) or _is_within(second, first):
            return True
        fields = _KIND.sub("", first), _KIND.sub("", second)
        if all(fields) and (_is_within(fields[0], fields[1]) or _is_within(fields[1], fields[0])):
            return True
        return self._wording.nearness(one, other) >= _SAME


_LEVELS = re.compile("上一级|上级|本级|下一级|下级|同级|境外|境内|国外|外国|国内")


def _agrees(one: str, other: str) -> bool:
    """Whether neither is said to be of another level than the other."""
    first, second = set(_LEVELS.findall(one)), set(_LEVELS.findall(other))
    return not first or not second or bool(first & second)


def _is_within(short: str, long: str) -> bool:
    """Whether a name's characters come in the other in order, from its first or to its last."""
    if len(short) > len(long) or len(short) < 2:
        return False
    rest = iter(long)
    return (short[0] == long[0] or short[-1] == long[-1]) and all(c in rest for c in short)


def _overlap(said: Deed, own: Deed) -> float:
    return sum(worth * min(1.0, own.pairs.get(pair, 0.0)) for pair, worth in said.pairs.items())


def _after(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.search(text, start)
    return found.start() if found else len(text)


def _before(pattern: re.Pattern[str], text: str, end: int) -> int:
    return max((found.end() for found in pattern.finditer(text, 0, end)), default=0)


_ = fold
