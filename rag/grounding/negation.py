"""What a text negates, stretch by stretch, and whether a sentence negates what its clause says, or leaves a no out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.grounding.pairs import pairs, share_of
from rag.grounding.rows import Row

_NEGATION = re.compile(
    "不得|不予|不再|不能|不准|不可(?!或缺)|不允许|不宜|不应|不需要?|不用|不必|不会|不要|不|未|没有|没|无需|无须|无法|无权|无效|无(?![人线偿锡障])|禁止|严禁|禁(?=不|用)|勿|"
    "别(?![的人名处墅])|免于|免予|除非|除(?=[^,，]{1,40}外)|除外|以外的?|之外的?"
)
# Words that begin like a negation and are none, and bounds.
_NO_NEGATION = re.compile(
    "没收|沉没|不断|不同|不仅|不但|不论|不管|不过|不止|不少|不久|不足|不动产|不可或缺|未来|未成年|非常|差不多|了不起|不变|来不及|没有问题|不限|不超过|不低于|不高于|"
    "不少于|不多于|不大于|不小于|不得超过|不得低于|不得少于|不得高于|不晚于|不迟于|不早于|不满|未满|不及|不等|不定期|不特定|不间断|不含|无论|无偿|无障碍|无缝|不能比|不能超|不能低|不能高|"
    "不能少|不能多|不能晚|不能早|不能短|不能长|没满|没到|不到|不够|不合|无人(?=机|工厂|车|驾|零|生产|配)|无形|无线|不良|不利|不符|不法|不正当|不锈|不可抗力|不动|不一|免费|不当|不准确|不了|"
    "没了|不属实|不明|不清|不便|不妨|不由|不服|不满意|不起诉|不按|不设区|不设立区|不依|不执行|无正当|无故"
)
_BOUND = re.compile(
    "(?:不(?:能|得|可以?|准|应|会|许)?(?:再)?|[未没])(?:低于|少于|小于|超过|超出|多于|高于|大于|晚于|早于|迟于|短于|长于|满)|不能比"
)
_QUOTED = re.compile('[“"][^”"]{1,20}[”"]')
_CHOICE = re.compile(r"([一-鿿])[不没]\1|([一-鿿]{2})[不没]\2|有没有|是不是|是否")
_STOP = re.compile("[,，;；。:：!?！？\n]")
_ONLY = re.compile("只有|才[能可会]?|方可|方能|除非|否则|只要|须|必须")
_TWICE = re.compile("(?:不|没有?|未|非)[^,，]{1,14}(?:不|没有?|未)(?:得|能|可|准|许|予)?")  # 没有设计方案就不得施工
_ALLOWS = re.compile("可以|能|允许|准许|应当|应该|必须|要|属于|算")
_WHOLE = re.compile(
    "不(?:在|属于|包括|算|列入|纳入)|除外|以外|之外|除非|除[^,，]{1,40}外"
)  # what is said before them is negated
_BARE = re.compile(
    "允许|可以|应当|需要|直接|擅自|继续|另行|同时|随意|任意|自行|单独|必须|[再必予应可能会要得许准需行以在将被把对向由的了]"
)
_FIGURES = re.compile(r"[零一二两三四五六七八九十百千万亿\d.]{1,12}(?:元|%|日|年|倍|人|个|项)")
_BACK = re.compile("^(?:这|那|都|也|均|以上|上述)")  # a stretch that speaks of the ones before it
_SPOKEN_OF = 0.6  # share of a stretch's pairs from which on another speaks of the same
_SPOKEN_OF_WHOLE = 0.45  # … of one that is denied as a whole: 不属于…
_AS_WELL = 0.9  # of how well one suits, below which another doesn't
_FEW = 2  # pairs that say too little to be compared


_CONDITION = re.compile("[^,，]{2,16}?的(?=[一-鿿]{2})")
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
    banned = is_open = False
    for piece in _STOP.split(_FIGURES.sub("，", text)):
        banned = banned and bool(piece)
        if _BOUND.search(piece):
            continue
        before, behind = _cut(piece)
        goes_on = bool(_GOES_ON.match(piece)) and is_open
        banned = _bans(piece) or (banned and not _ALLOWS.search(piece))
        is_open = (behind is not None and not _CONDITION.match(behind)) or (behind is None and goes_on)
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
    plain = _QUOTED.sub(lambda m: "〇" * len(m[0]), _CHOICE.sub(lambda m: "〇" * len(m[0]), piece))
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


def _bans(piece: str) -> bool:
    """Whether what follows is forbidden too; 禁止燃放的区域 forbids nothing."""
    found = _BANS.search(piece)
    return bool(found) and not _CONDITION.match(piece, found.end())  # type: ignore[union-attr]


def _denied(said: str, own: Sequence[Stretch]) -> Iterator[str]:
    for stretch in stretches_of(said):
        words = stretch.denied
        enough = _SPOKEN_OF_WHOLE if _WHOLE.search(stretch.text) else _SPOKEN_OF
        fits = [(share_of(words, other.said | other.denied), bool(words & other.denied)) for other in own]
        yes = max((fit for fit, is_denied in fits if not is_denied), default=0.0)
        no = max((fit for fit, is_denied in fits if is_denied), default=0.0)
        if words and yes >= enough and no < yes * _AS_WELL:
            yield stretch.text


def _left_out(said: str, own: Sequence[Stretch]) -> Iterator[str]:
    stretches = stretches_of(said)
    allows = bool(_ALLOWS.search(said))
    if any(stretch.denied and _BACK.match(stretch.text) for stretch in stretches[1:]):
        return
    for stretch in stretches:
        if stretch.denied or stretch.is_condition:
            continue
        words = stretch.said
        fits = [
            (max(share_of(words, other.said | other.denied), _within(words, other)), bool(words & other.denied))
            for other in own
            if (allows or not other.is_listed) and not (other.is_condition and other.denied)
        ]
        yes = max((fit for fit, is_denied in fits if not is_denied), default=0.0)
        no = max((fit for fit, is_denied in fits if is_denied), default=0.0)
        if no >= _SPOKEN_OF and yes < no * _AS_WELL:
            yield stretch.text


def _within(words: frozenset[str], other: Stretch) -> float:
    """How much of what is denied the words say, where that is enough to be compared."""
    return share_of(other.denied, words) if len(words & other.denied) >= _FEW else 0.0
