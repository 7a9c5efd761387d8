"""What a text negates: a negation holds for the words behind it up to the end of its stretch, or of its row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NEGATION = re.compile(
    "不得|不予|不再|不能|不准|不可(?!或缺)|不允许|不宜|不应|不需要?|不用|不必|不会|不要|不|未|没有|没|无需|无须|无法|无权|无(?![人线偿锡障])|禁止|严禁|禁|杜绝|拒绝|拒不|非(?=法定|经)|勿|免于|免予|否则"
)
# Words that begin like a negation and are none.
_NO_NEGATION = re.compile(
    "不断|不同|不仅|不但|不论|不管|不过|不止|不少|不久|不足|不动产|不可或缺|未来|未成年|非常|差不多|了不起|不变|来不及|没有问题|不限|不超过|不低于|不高于|"
    "不少于|不多于|不大于|不小于|不得超过|不得低于|不得少于|不得高于|不晚于|不迟于|不早于|不满|未满|不及|不等|不定期|不特定|不间断|不含|无论|无偿|无障碍|无缝|"
    "不能比|不能超|不能低|不能高|不能少|不能多|不能晚|不能早|不能短|不能长|没满|没到|不到|不够|不合|不足|无人(?=机|工厂|车|驾|零|生产|配)|无形|无线|不良|不利|不符|不法|不正当|不锈|不可抗力|不动|不一|免费"
)
_CHOICE = re.compile(r"([一-鿿])[不没]\1|([一-鿿]{2})[不没]\2|有没有|是不是|是否")
_ASIDE = re.compile("[再必予应可能会要得许准需行以在将被把对向由]|允许|可以|应当|需要|直接|擅自|继续|另行|同时|随意|任意|自行|单独")
_STOP = re.compile("[,，;；。:：!?！？\n]")
_CONTENT = re.compile("[一-鿿]{2}")
_ONLY = re.compile("只有|才[能可会]?|方可|方能|除非|否则|只要|须|必须")


@dataclass(frozen=True)
class Negated:
    """A negation and the words that it holds for."""

    word: str
    start: int
    scope: str


def negated(text: str) -> list[Negated]:
    """In order, each up to the end of its stretch."""
    text = _CHOICE.sub(lambda m: "〇" * len(m[0]), text)
    plain = _NO_NEGATION.sub(lambda m: "，" if len(m[0]) == 1 else "〇" * len(m[0]), text)
    rows = []
    for found in _NEGATION.finditer(plain):
        stop = _STOP.search(plain, found.end())
        rows.append(Negated(found[0], found.start(), plain[found.end() : stop.start() if stop else len(plain)]))
    return rows


def head(scope: str) -> str:
    """The two characters that a negation holds for first, helping words left out."""
    found = _CONTENT.search(_ASIDE.sub("", scope))
    return found[0] if found else ""


def negated_otherwise(said: str, carried: str, lead: str = "") -> Iterator[str]:
    """Negations that the one has and the other, speaking of the same, has not.

    Two at once cancel out: 不符合条件的不予批准 is 符合条件的才批准.
    """
    found = [*_invented(said, carried), *_lost(said, carried, lead)]
    if len(found) % 2 == 0 and _ONLY.search(said):
        return
    yield from found


def _invented(said: str, carried: str) -> Iterator[str]:
    own = negated(carried)
    for row in negated(said):
        words = head(row.scope)
        if any(words and words in other.scope for other in own) or row.word + row.scope[:1] in carried:
            continue
        if words and words in carried:
            yield row.word + row.scope[:4]


def _lost(said: str, carried: str, lead: str) -> Iterator[str]:
    if lead == "no":
        return
    own = negated(said)
    everything = negated(carried)
    for row in everything:
        words = head(row.scope)
        if not words or words not in said or carried.count(words) > sum(words in other.scope for other in everything):
            continue
        if not any(words in other.scope for other in own) and not own:
            yield row.word + words
