"""What the words around a number or a day make of it: a bound, a rise or a fall, so much for each."""

from __future__ import annotations

import re
from typing import Literal

Bound = Literal["", "least", "most"]
Trend = Literal["", "up", "down"]
Reach = Literal["", "to", "by"]
DayBound = Literal["", "before", "after"]

_MOST_BEFORE = re.compile(
    r"(?:不(?:得|能|可以?|应|准|会)?(?:超过|高于|多于|大于|超出)|(?<![不得能可以准会])(?:低于|少于|小于)|不逾|不[足满到]|[未没][满到]|不及|至多|[最顶]多|最[高长大迟晚]|上限|封顶|限额|控制在|以内)"
    r"[一-鿿]{0,8}$"
)
_LEAST_BEFORE = re.compile(
    r"(?:不(?:得|能|可以?|应|准|会)?(?:低于|少于|小于|短于)|(?<![不得能可以准会])(?:超过|高于|多于|大于|超出|逾)|至少|起码|最[低少短小]|下限|年满|已满|(?<![不未没才])满)"
    r"[一-鿿]{0,8}$"
)
_MOST_AFTER = re.compile(
    r"(?:的)?(?:\(含[^()]{0,8}\))?(?:及其?|或|\(含\)|\(不含\))?(?:以下|以内|之内|内(?![容部外资需地销])|封顶|为限|为上限|的上限)"
)
_LEAST_AFTER = re.compile(
    r"(?:的)?(?:\(含[^()]{0,8}\))?(?:及其?|或|\(含\)|\(不含\))?(?:以上|之上|起(?![诉草动飞])|打底|为下限|的下限|保底)"
)
_UP_WORDS = "增长|增加|增至|提高|提升|上升|上调|上浮|上涨|扩大|延长|递增|增幅|涨幅|翻|增"
_UP = re.compile(_UP_WORDS)
_DOWN_WORDS = "下降|降低|降至|减少|减至|压减|压缩|缩短|缩减|下调|下浮|下跌|递减|降幅|减免|降|减"
_DOWN = re.compile(_DOWN_WORDS)
_TO = re.compile(f"(?:{_UP_WORDS}|{_DOWN_WORDS})(?:到|至|为)[一-鿿]{{0,4}}$")
_BY = re.compile(f"(?:{_UP_WORDS}|{_DOWN_WORDS})(?:了|约|近|超过|不低于|不少于|至少)?$")
_STOP = re.compile(r"[,，;；。:：!?、\d]")
_RATE = re.compile(
    "每(?:一)?(?P<unit>(?:人|户|家|个|项|名|年|月|日|天|周|季度|学期|学年|次|平方米|亩|吨|公里|小时|张|台|床|辆|件|套|生))"
)
_RATE_SHORT = re.compile(r"(?:元|%|个)?/(?P<unit>人|户|家|年|月|日|天|次|平方米|亩|吨|小时|张|台|床)")
_YEARLY = {"每年": "年", "年度": "年", "月均": "月", "人均": "人", "户均": "户"}
_SAME_RATE = {"天": "日", "名": "人", "生": "人", "家": "个", "项": "个", "件": "个"}
_BEFORE_AFTER = re.compile(r"(?:的)?(?:之前|以前|[底末初]?前(?![往期沿款])|为止|[截]?止|截止|到期|届满|[底末]以前)")
_BEFORE_BEFORE = re.compile(r"(?:截至|截止到?|截止日期[为是]?|不(?:得)?(?:晚于|迟于)|最[晚迟]|至|到)\s*$")
_AFTER_AFTER = re.compile(r"(?:的)?(?:之后|以后|起|后|开始|之日起)")
_AFTER_BEFORE = re.compile(r"(?:自|从|不早于|最早|晚于)\s*$")
_NEAR, _FAR = 12, 40  # characters looked at


def bound_at(before: str, after: str) -> Bound:
    """Whether a number is the least or the most."""
    near = before[-_NEAR:]
    cut = max((found.end() for found in _STOP.finditer(near)), default=0)
    near = near[cut:]
    if _MOST_AFTER.match(after) or _MOST_BEFORE.search(near):
        return "most"
    if _LEAST_AFTER.match(after) or _LEAST_BEFORE.search(near):
        return "least"
    return ""


def trend_at(before: str, after: str) -> Trend:
    """Whether a number is said to have risen or fallen, by the last such word of its stretch or the one behind it."""
    near = before[-_FAR:]
    near = near[max((found.end() for found in _STOP.finditer(near)), default=0) :]
    marks = [(found.start(), "up") for found in _UP.finditer(near)] + [
        (f.start(), "down") for f in _DOWN.finditer(near)
    ]
    if marks:
        return "up" if max(marks)[1] == "up" else "down"
    if found := re.match("(?:以上|左右|以内)?的?", after):
        behind = after[found.end() :]
        return "up" if _UP.match(behind) else "down" if _DOWN.match(behind) else ""
    return ""


def reach_at(before: str) -> Reach:
    """Whether a number is what something rises to, or by how much."""
    near = before[-_NEAR:]
    return "to" if _TO.search(near) else "by" if _BY.search(near) else ""


def rates_before(before: str) -> frozenset[str]:
    """年, 人 of 每人每年, in the stretches up to the number before."""
    near = re.split(r"[;；。!?\d]", before[-_FAR:])[-1]
    rows = {_SAME_RATE.get(found["unit"], found["unit"]) for found in _RATE.finditer(near)}
    return frozenset(rows | {unit for words, unit in _YEARLY.items() if words in near})


def day_bound_at(before: str, after: str) -> DayBound:
    """Whether a day is the last or the first."""
    if _BEFORE_AFTER.match(after):
        return "before"
    if _AFTER_AFTER.match(after):
        return "after"
    if _AFTER_BEFORE.search(before[-_NEAR:]):
        return "after"
    return "before" if _BEFORE_BEFORE.search(before[-_NEAR:]) else ""
