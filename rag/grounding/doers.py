"""Whether who does something in a sentence is who does it in the clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.words import Words
from rag.grounding.actors import Actor, actors_in
from rag.grounding.news import Wording
from rag.grounding.pairs import comes_closely, pairs
from rag.grounding.parts import Part, is_misread, parts_in
from rag.grounding.rows import Row
from rag.grounding.types import Problem

_STRETCH = re.compile(r"[,，;；。:：!?！？\n]")
_SENTENCE = re.compile(r"[;；。!?！？\n]")
_KIND = re.compile(
    "(?:人民政府)?(?:行政|主管|管理|监管|监督|工作|业务|职能)*(?:部门|机关|机构|委员会|局|厅|委|部|署|办公室|办|处)$"
)
_WHOSE = re.compile(
    "^(?:各级?|各|该|本|其|原|新|相关|有关|当地|所在地|同一|上述|前述|自己|国家|中华人民共和国|中国|我国|人民|人大(?=常)|人民代表大会(?=常)|其他|另外|乡镇|区县|市县|县区|市区)+|(?<=[省市县区乡镇])级|的"
)
_OF_LEVEL = re.compile("([省市区县镇乡国])(?:级)?(.{2,})")
EVERYDAY = {  # what people call those whom texts call otherwise
    "房东": ("出租人", "出租方"), "租客": ("承租人", "承租方"), "老板": ("用人单位", "雇主", "经营者"), "公司": ("企业", "用人单位"),
    "业主": ("所有权人", "产权人", "房屋所有人"), "老人": ("老年人",), "孩子": ("儿童", "未成年", "子女", "学生"), "家长": ("监护人", "父母"),
    "父母": ("监护人",), "员工": ("职工", "劳动者"), "职工": ("劳动者", "从业人员"), "工人": ("职工", "劳动者"), "打工人": ("劳动者",),
    "老师": ("教师",), "交警": ("交通警察", "公安机关交通管理"), "警察": ("公安", "人民警察"), "民警": ("人民警察",), "律所": ("律师事务所",),
    "消费者": ("购买人", "买受人", "旅游者"), "商家": ("经营者", "销售者"), "店家": ("经营者",), "车主": ("所有人", "驾驶人"), "司机": ("驾驶人", "驾驶员"),
    "当事人": ("申请人", "被申请人", "原告", "被告"), "村委会": ("村民委员会",), "居委会": ("居民委员会",), "业委会": ("业主委员会",),
    "街道办": ("街道办事处",), "医院": ("医疗机构", "医疗卫生机构"), "学校": ("教育机构", "院校"), "银行": ("金融机构",), "平台": ("经营者",),
}  # fmt: skip
_NEAR = 0.9  # likeness from which on two persons may be the same
_CLEARLY = 0.3  # share of what is done that another must have more
_FEW = 2
_BY = re.compile("[由归]$")
_AGREES = re.compile("(?:的)?(?:书面)?(?:批准|同意|许可|审批|核准|审定|批复)")
_ABOVE, _TOPIC, _FAR = 0.2, 0.4, 0.7  # what a pair is worth above the text, before an actor, and beyond its stretch
_JOINED = re.compile(r"(?:\([^()]*\))?(?:、|和|及|与|以及|或者?|、或者|，?或者?)(?:其|该)?")
_GAP = 5  # characters that a name may leave out in one place
_SHORT = 3  # characters that name nobody by themselves


@dataclass(frozen=True)
class Deed:
    """What an actor does, or what is done to it: pairs of characters with what they are worth."""

    actor: Actor
    pairs: dict[str, float]
    own: int = 0  # pairs of its own stretch
    agrees: bool = False  # what it does is to allow what others do

    def of_topic(self) -> Deed:
        """By what it is said of alone: for one who agrees."""
        return Deed(
            self.actor, {p: worth for p, worth in self.pairs.items() if worth in (_TOPIC, _FAR)}, self.own, True
        )


class Doers:
    """Reads who does what. Safe to share between threads."""

    def __init__(self, words: Words, wording: Wording) -> None:
        self._words = words
        self._wording = wording

    def wrong(
        self,
        text: str,
        named: Sequence[str],
        rows: Sequence[Row],
        here: str,
        roles: Mapping[str, frozenset[Part]],
        owners: frozenset[str],
        question: str,
    ) -> Iterator[Problem]:
        """Doers, and other bodies `named`, that no clause names, and doers of something that another does there."""
        own = [deed for row in rows for deed in self._own(row)]
        names = [*dict.fromkeys([*(deed.actor.name for deed in own), *roles])]
        said = self.deeds(text, "")
        parts = parts_in(text, [(deed.actor.start, deed.actor.end) for deed in said])
        given = [*self._parts(rows), *roles.items()]
        actors = [deed.actor.name for deed in said]
        for name in named:
            if not any(name in actor for actor in actors) and not self._is_known(name, True, here, names):
                yield Problem("department", name)
        for deed, part in zip(said, parts, strict=True):
            actor = deed.actor
            if actor.is_generic and actor.is_bare:
                continue
            own_rows = [ps for name, ps in given if self._is_same(actor.name, name)]
            own_parts = frozenset(p for ps in own_rows for p in ps)
            if not actor.is_generic and not self._is_known(actor.name, actor.is_organ, here, names):
                if actor.name not in question or actor.place == "doer":
                    yield Problem("department", actor.name)
            elif is_misread(part, own_parts) or (
                actor.place == "doer"
                and own_rows
                and not self._is_owner(actor, owners)
                and self._is_anothers(deed, own)
            ):
                yield Problem("role", actor.name)

    def _is_owner(self, actor: Actor, owners: frozenset[str]) -> bool:
        return any(self._is_same(actor.name, name) for name in owners)

    def _parts(self, rows: Sequence[Row]) -> Iterator[tuple[str, frozenset[Part]]]:
        for row in rows:
            actors = actors_in(row.text, self._words)
            spans = [(actor.start, actor.end) for actor in actors]
            yield from zip((actor.name for actor in actors), parts_in(row.text, spans), strict=True)

    def _own(self, row: Row) -> Iterator[Deed]:
        """What a row says is done, with what its announcing words say is done below: 履行下列职责：…"""
        deeds = self.deeds(row.text, row.above)
        yield from deeds
        if row.lead and not any(deed.actor.place == "doer" for deed in deeds):
            for deed in self.deeds(row.lead, ""):
                yield Deed(deed.actor, deed.pairs | dict.fromkeys(pairs(row.text), 1.0), deed.own)

    def _is_known(self, name: str, is_organ: bool, here: str, names: Sequence[str]) -> bool:
        """Whether the clause speaks of it, be it in other words."""
        plain = _WHOSE.sub("", name) or name
        if name in here or plain in here or any(self._is_same(name, other) for other in names):
            return True
        level = _OF_LEVEL.match(plain)
        if level and level[1] in here and any(self._is_same(level[2], other) for other in names):
            return True
        if len(plain) > _SHORT and comes_closely(plain, here, _GAP):
            return True
        if plain.endswith("方") and plain[:-1] in here:
            return True
        if any(word in here for word in EVERYDAY.get(plain, ())):
            return True
        return not is_organ and any(self._wording.nearness(name, other) >= _NEAR for other in names)

    def deeds(self, text: str, above: str) -> list[Deed]:
        """What each actor of a text does; those of a row (A或者B) do the same."""
        rows: list[Deed] = []
        groups = _groups(text, actors_in(text, self._words))
        doers = [group for group in groups if group[-1].place == "doer"]
        for group in groups:
            start, end = group[0].start, group[-1].end
            later = [other[0].start for other in doers if other[0].start >= end]
            earlier = [other[-1].end for other in doers if other[-1].end <= start]
            stop = min([_after(_SENTENCE, text, end), *later])
            begin = max([_before(_SENTENCE, text, start), *earlier])
            near = pairs(text[end : min(stop, _after(_STRETCH, text, end))])
            topic, is_by = pairs(text[begin:start]), bool(_BY.search(text[:start]))
            worth = dict.fromkeys(pairs(above), _ABOVE) | dict.fromkeys(topic, _FAR if is_by else _TOPIC)
            worth |= dict.fromkeys(pairs(text[end:stop]), _FAR) | dict.fromkeys(near, 1.0)
            agrees = bool(_AGREES.match(text, end))
            rows += [Deed(actor, worth, len(near | topic if is_by else near), agrees) for actor in group]
        return rows

    def _is_anothers(self, said: Deed, own: Sequence[Deed]) -> bool:
        total = sum(said.pairs.values())
        if said.agrees:
            own, said = [deed for deed in own if deed.agrees], said.of_topic()
            total = sum(said.pairs.values())
        if (said.own < _FEW and not said.agrees) or len(said.pairs) < _FEW or not total:
            return False
        scores = [(self._is_same(said.actor.name, deed.actor.name), deed, _overlap(said, deed) / total) for deed in own]
        same = max((s for is_same, deed, s in scores if is_same and deed.actor.place == "doer"), default=0.0)
        got = max((s for is_same, deed, s in scores if is_same and deed.actor.place == "receiver"), default=0.0)
        other = max(
            (
                s
                for is_same, deed, s in scores
                if not is_same and deed.actor.place == "doer" and not deed.actor.is_generic
            ),
            default=0.0,
        )
        return max(other, got) - same >= _CLEARLY

    def _is_same(self, one: str, other: str) -> bool:
        first, second = _WHOSE.sub("", one), _WHOSE.sub("", other)
        if not first or not second or first in second or second in first:
            return _agrees(one, other)
        if _is_within(first, second) or _is_within(second, first):
            return True
        fields = _KIND.sub("", first), _KIND.sub("", second)
        if fields[0] != first and fields[1] != second and all(fields):
            return _is_within(fields[0], fields[1]) or _is_within(fields[1], fields[0])
        return False


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


def _groups(text: str, actors: Sequence[Actor]) -> list[list[Actor]]:
    """Actors one beside another."""
    groups: list[list[Actor]] = []
    for actor in actors:
        if groups and _JOINED.fullmatch(text[groups[-1][-1].end : actor.start]):
            groups[-1].append(actor)
        else:
            groups.append([actor])
    return groups


def _overlap(said: Deed, own: Deed) -> float:
    return sum(min(worth, own.pairs.get(pair, 0.0)) for pair, worth in said.pairs.items())


def _after(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.search(text, start)
    return found.start() if found else len(text)


def _before(pattern: re.Pattern[str], text: str, end: int) -> int:
    return max((found.end() for found in pattern.finditer(text, 0, end)), default=0)
