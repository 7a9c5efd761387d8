"""What a text negates, stretch by stretch, and whether a sentence negates what its clause says, or leaves a no out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.grounding.context import pairs
from rag.grounding.rows import Row

_NEGATION = re.compile(
    "不得|不予|不再|不能|不准|不可(?!或缺)|不允许|不宜|不应|不需要?|不用|不必|不会|不要|不|未|没有|没|无需|无须|无法|无权|无效|无(?![人线偿锡障])|禁止|严禁|禁|杜绝|拒绝|拒不|勿|"
    "别(?![的人名处墅])|免于|免予|除(?=[^,，]{1,40}外)|除外|以外的?|之外的?"
)
# Words that begin like a negation and are none, and bounds.
_NO_NEGATION = re.compile(
    "除非|不断|不同|不仅|不但|不论|不管|不过|不止|不少|不久|不足|不动产|不可或缺|未来|未成年|非常|差不多|了不起|不变|来不及|没有问题|不限|不超过|不低于|不高于|"
    "不少于|不多于|不大于|不小于|不得超过|不得低于|不得少于|不得高于|不晚于|不迟于|不早于|不满|未满|不及|不等|不定期|不特定|不间断|不含|无论|无偿|无障碍|无缝|不能比|不能超|不能低|不能高|"
    "不能少|不能多|不能晚|不能早|不能短|不能长|没满|没到|不到|不够|不合|无人(?=机|工厂|车|驾|零|生产|配)|无形|无线|不良|不利|不符|不法|不正当|不锈|不可抗力|不动|不一|免费|不当|不准确|不了|"
    "没了|不属实|不明|不清|不便|不妨|不由|不服|不满意|不起诉|不按|不设区|不设立区|不依|不执行|无正当|无故"
)
_BOUND = re.compile("(?:不(?:能|得|可以?|准|应|会|许)?(?:再)?|[未没])(?:低于|少于|小于|超过|超出|多于|高于|大于|晚于|早于|迟于|短于|长于|满)|不能比")
_CHOICE = re.compile(r"([一-鿿])[不没]\1|([一-鿿]{2})[不没]\2|有没有|是不是|是否")
_STOP = re.compile("[,，;；。:：!?！？\n]")
_ONLY = re.compile("只有|才[能可会]?|方可|方能|除非|否则|只要|须|必须")
_TWICE = re.compile("(?:不|没有?|未|非)[^,，]{1,14}(?:不|没有?|未)(?:得|能|可|准|许|予)?")  # 没有设计方案就不得施工
_ALLOWS = re.compile("可以|能|允许|准许|应当|应该|必须|要|属于|算")
_WHOLE = re.compile("不(?:在|属于|包括|算|列入|纳入)|除外|以外|之外|除[^,，]{1,40}外")  # what is said before them is negated
_BARE = re.compile("允许|可以|应当|需要|直接|擅自|继续|另行|同时|随意|任意|自行|单独|必须|[再必予应可能会要得许准需行以在将被把对向由的了]")
_FIGURES = re.compile(r"[零一二两三四五六七八九十百千万亿\d.]{1,12}(?:元|%|日|年|倍|人|个|项)")
_BACK = re.compile("^(?:这|那|都|也|均|以上|上述)")  # a stretch that speaks of the ones before it
_SPOKEN_OF = 0.6  # share of a stretch's pairs from which on another speaks of the same
_LESS, _SAID_TOO = 0.8, 0.7  # of how well the other suits, below which a stretch isn't said too
_FEW = 2  # pairs that say too little to be compared


_CONDITION = re.compile("[^,，]{2,16}?的(?=[一-鿿]{3})")
_BANS = re.compile("禁止|严禁")  # all that its sentence goes on with
_GOES_ON = re.compile("(?:或者?|以及|及|并|也)")  # the stretch before goes on: 禁止…，或限定…


@dataclass(frozen=True)
class Stretch:
    """Words between two marks: `denied` are the pairs that a negation holds for, `said` the others."""

    text: str
    denied: frozenset[str]
    said: frozenset[str]
    is_listed: bool = False  # denied by the words that announce its list

    @property
    def is_condition(self) -> bool:
        """Whether it says for what case the next holds: …的，"""
        return self.text.rstrip().endswith(("的", "时"))


def stretches_of(text: str, lead: str = "") -> list[Stretch]:
    """In order. Words that announce a list (不得有下列行为：) negate what stands under them."""
    above = _cut(lead)[1] is not None and not _WHOLE.search(lead)
    rows: list[Stretch] = []
    banned = False
    for piece in _STOP.split(_FIGURES.sub("，", text)):
        banned = banned and bool(piece)
        if _BOUND.search(piece):
            continue
        before, behind = _cut(piece)
        goes_on = _GOES_ON.match(piece) and rows and rows[-1].denied and not rows[-1].is_condition
        banned = bool(_BANS.search(piece)) or (banned and not _ALLOWS.search(piece))
        if behind is None and (goes_on or banned):
            before, behind = "", piece
        if behind is None:
            words = pairs(_BARE.sub("，", piece))
            rows.append(Stretch(piece, words if above else frozenset(), frozenset() if above else words, above))
            continue
        whole = bool(_WHOLE.search(piece)) or not pairs(_BARE.sub("，", behind))
        condition = _CONDITION.match(behind)
        if condition and not whole:  # 没有居住证的提供承诺书
            before, behind = before + "，" + behind[condition.end() :], condition[0]
        denied = pairs(_BARE.sub("，", piece if whole else behind))
        rows.append(Stretch(piece, denied, frozenset() if whole else pairs(_BARE.sub("，", before)) - denied))
    return [row for row in rows if row.denied or row.said]


def _cut(piece: str) -> tuple[str, str | None]:
    """The words before the first negation and those behind it; None without one."""
    plain = _CHOICE.sub(lambda m: "〇" * len(m[0]), piece)
    plain = _NO_NEGATION.sub(lambda m: "〇" * len(m[0]), plain)
    found = _NEGATION.search(plain)
    if found and _NEGATION.search(plain, found.end()) and _TWICE.search(plain):
        return (piece, None)
    return (piece[: found.start()], piece[found.end() :]) if found else (piece, None)


def negated_otherwise(said: str, rows: Sequence[Row], lead: str = "") -> Iterator[str]:
    """Stretches that deny what the clause says, or say what it denies.

    Two at once cancel out: 不符合条件的不予批准 is 符合条件的才批准.
    """
    own = [stretch for row in rows for stretch in stretches_of(row.text, row.lead)]
    found = [*_denied(said, own), *(() if lead == "no" else _left_out(said, own))]
    if len(found) % 2 == 0 and _ONLY.search(said):
        return
    yield from found


def _denied(said: str, own: Sequence[Stretch]) -> Iterator[str]:
    for stretch in stretches_of(said):
        words = stretch.denied
        yes = max((_share(words, other.said) for other in own), default=0.0)
        no = max((_share(words, other.denied) for other in own), default=0.0)
        if yes >= _SPOKEN_OF and no < yes * _LESS:
            yield stretch.text


def _left_out(said: str, own: Sequence[Stretch]) -> Iterator[str]:
    stretches = stretches_of(said)
    allows = bool(_ALLOWS.search(said))
    if any(stretch.denied and _BACK.match(stretch.text) for stretch in stretches[1:]):
        return
    for stretch in stretches:
        if stretch.denied or stretch.is_condition:
            continue
        no = max(((_both(stretch.said, other.denied), other) for other in own if other.denied and (allows or not other.is_listed)), default=None, key=lambda row: row[0])
        yes = max((_both(stretch.said, other.said) for other in own), default=0.0)
        if no and no[0] >= _SPOKEN_OF and yes < no[0] * _SAID_TOO:
            yield stretch.text


def _share(words: frozenset[str], there: frozenset[str]) -> float:
    return len(words & there) / len(words) if words else 0.0


def _both(words: frozenset[str], denied: frozenset[str]) -> float:
    """How far each is in the other: what is denied must be what is said."""
    return max(_share(words, denied), _share(denied, words)) if len(words & denied) >= _FEW or words == denied else 0.0
