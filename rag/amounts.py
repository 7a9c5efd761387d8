"""Amounts that a question states, and the ranges of a text that they fall into: 八十岁 into 80—89周岁."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.numerals import number_of

# Units by which texts tell cases apart -> the unit that is compared. 个 and 项 count things and tell nothing apart.
_UNITS = {
    "周岁": "岁", "岁": "岁", "人": "人", "口": "人", "名": "人", "平方米": "平方米", "平米": "平方米", "㎡": "平方米",
    "平方公里": "平方公里", "亩": "亩", "公顷": "公顷", "元": "元", "块钱": "元", "块": "元", "工作日": "工作日",
    "年": "年", "个月": "月", "月": "月", "天": "日", "日": "日", "小时": "小时", "分钟": "分钟", "吨": "吨",
    "公里": "公里", "千米": "公里", "米": "米", "级": "级", "等": "级", "星": "星", "度": "度", "千瓦": "千瓦",
    "分": "分", "%": "%", "层": "层", "胎": "胎", "张": "张", "床": "张", "户": "户", "孩": "孩", "只": "只",
}  # fmt: skip
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_DIGITS = r"\d[\d,]*(?:\.\d+)?"
_SPOKEN = "[零〇一二两三四五六七八九十百千]{1,8}"
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_NUMBER = rf"(?:{_DIGITS}|{_SPOKEN})[百千万亿]?"
_AMOUNT = re.compile(
    rf"(?<![\d.第a-z零一二两三四五六七八九十百千])(?P<number>{_DIGITS}|{_SPOKEN})(?P<scale>[百千万亿]?)(?:多|余|来)?个?(?P<unit>{_UNIT})(?!(?<=年)[级度]|(?<=月)份|(?<=分)[之钟类别])"
)
_RANGE = re.compile(
    rf"(?<![\d.第a-z])(?P<first>{_NUMBER})(?:{_UNIT})?(?:\(含\))?[-~至到](?P<second>{_NUMBER}(?:多|余)?个?(?:{_UNIT}))"
)
_OVER_BEFORE = re.compile("(?:不低于|不少于|不小于|达到?|年满|已?满|至少|最低)$")
_ABOVE_BEFORE = re.compile("(?:超过|超出|大于|高于|多于|逾)$")
_UNDER_BEFORE = re.compile("(?:不满|未满|不足|(?<!不)(?:低于|少于|小于)|不到)$")
_UPTO_BEFORE = re.compile("(?:不超过|不高于|不多于|不大于|至多|最多|最高)$")
_OVER_AFTER = re.compile(r"(?:\(含[^()]{0,6}\))?(?:及|或|\(含\))?(?:以上|起)")
_UPTO_AFTER = re.compile(r"(?:\(含[^()]{0,6}\))?(?:及|或|\(含\))?(?:以下|以内|之内|内)")
_NO_QUANTITY = re.compile(
    r"\[\d{4}\]\s*\d*号?|(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月\d{1,2}日|《[^》]*》|第[\d零〇一二三四五六七八九十百]+[条款项章节号]|"
    r"(?<=[\d月])\d{1,2}日"
)
_BEFORE = 5  # characters before an amount that can turn it into a range
_OPEN_WORTH = 0.5  # of a range that is open on one side, beside one with two ends
_LITTLE = 1e-4  # of an amount
_MOST = 60  # amounts read of one text


@dataclass(frozen=True)
class Amount:
    """`value` in the unit that is compared: 15万平米 is 150000 平方米."""

    value: float
    unit: str


@dataclass(frozen=True)
class Range:
    """From `low` to `high`; the ends belong to it unless they are open. An amount alone is a range of one value."""

    low: float
    high: float
    unit: str
    is_low_open: bool = False
    is_high_open: bool = False

    def holds(self, amount: Amount) -> bool:
        above = amount.value > self.low or (amount.value == self.low and not self.is_low_open)
        below = amount.value < self.high or (amount.value == self.high and not self.is_high_open)
        return self.unit == amount.unit and above and below

    def worth(self, amount: Amount) -> float:
        """How closely it fits an amount that it holds, up to 1: of open ranges that whose end is nearest."""
        ends = [end for end in (self.low, self.high) if math.isfinite(end)]
        if len(ends) == 2:
            return 1.0
        nearness = min(ends[0], amount.value) / max(ends[0], amount.value, 1e-9)
        return _OPEN_WORTH + (1 - _OPEN_WORTH) * nearness * 0.9


def amounts_in(folded: str) -> tuple[Amount, ...]:
    """The amounts of a question's words, without dates, numbers of documents and articles."""
    plain = _without_numbers(folded)
    rows = (_stated(found, plain) for found in _AMOUNT.finditer(plain))
    return tuple(dict.fromkeys(row for row in rows if row is not None))


def _stated(found: re.Match[str], plain: str) -> Amount | None:
    """The amount, a little more where the words say so (超过12个月, 12个多月), or a little less (不满18岁)."""
    amount = _amount(found)
    before = plain[max(0, found.start() - _BEFORE) : found.start()]
    if amount is None:
        return None
    if _ABOVE_BEFORE.search(before) or plain.startswith(("多", "出头"), found.end()):
        return Amount(amount.value * (1 + _LITTLE), amount.unit)
    return Amount(amount.value * (1 - _LITTLE), amount.unit) if _UNDER_BEFORE.search(before) else amount


def ranges_in(folded: str) -> tuple[Range, ...]:
    """The ranges that a text prints, in order; 3万以上不满10万 is one."""
    plain = _without_numbers(folded)
    rows = list(_between(plain))
    rest = _RANGE.sub(lambda found: "，" * len(found[0]), plain)
    rows += _joined(list(_single(rest)))
    return tuple(rows)


def fit(stated: Sequence[Amount], folded: str) -> float:
    """How well a text suits the stated amounts, from 1 (a range holds them) to -1 (it prints ranges of that unit, and none
    holds any); 0 where it prints none of that unit.
    """
    if not stated:
        return 0.0
    ranges = ranges_in(folded)
    fits = [_fit(amount, [row for row in ranges if row.unit == amount.unit]) for amount in stated]
    return max(fits, key=abs, default=0.0) if max(fits, default=0.0) <= 0 else max(fits)


def _fit(amount: Amount, ranges: Sequence[Range]) -> float:
    if not ranges:
        return 0.0
    return max((row.worth(amount) for row in ranges if row.holds(amount)), default=-1.0)


def _without_numbers(folded: str) -> str:
    return _NO_QUANTITY.sub(lambda found: "，" * len(found[0]), folded)


def _value(number: str, scale: str = "") -> float | None:
    digits = number.replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", digits):
        return float(digits) * _SCALES[scale]
    spoken = number_of(digits)
    return None if spoken is None else float(spoken * _SCALES[scale])


def _amount(found: re.Match[str]) -> Amount | None:
    value = _value(found["number"], found["scale"])
    return None if value is None else Amount(value, _UNITS[found["unit"]])


def _between(folded: str) -> Iterator[Range]:
    for found in _RANGE.finditer(folded):
        second = _AMOUNT.fullmatch(found["second"])
        high = _amount(second) if second else None
        scale = found["first"][-1:] if found["first"][-1:] in "百千万亿" else ""
        first = found["first"].removesuffix(scale) if scale and found["first"][:1].isdigit() else found["first"]
        low = _value(first, scale if first != found["first"] else "")
        if high is None or low is None:
            continue
        if second and second["scale"] and first == found["first"]:
            low *= _SCALES[second["scale"]]  # 3-5万元
        if low <= high.value:
            yield Range(low, high.value, high.unit)


def _single(folded: str) -> Iterator[tuple[int, int, Range]]:
    for index, found in enumerate(_AMOUNT.finditer(folded)):
        if index == _MOST:
            return
        if (amount := _amount(found)) is not None:
            before, after = folded[max(0, found.start() - _BEFORE) : found.start()], folded[found.end() :]
            yield found.start(), found.end(), _read(amount, before, after)


def _read(amount: Amount, before: str, after: str) -> Range:
    """What the words around an amount make of it."""
    value, unit = amount.value, amount.unit
    if _UPTO_BEFORE.search(before) or _UPTO_AFTER.match(after):
        return Range(-math.inf, value, unit)
    if _UNDER_BEFORE.search(before):
        return Range(-math.inf, value, unit, is_high_open=True)
    if _ABOVE_BEFORE.search(before):
        return Range(value, math.inf, unit, is_low_open=True)
    if _OVER_BEFORE.search(before) or _OVER_AFTER.match(after):
        return Range(value, math.inf, unit)
    return Range(value, value, unit)


_NEAR = 10  # characters between the two ends of one range


def _joined(rows: Sequence[tuple[int, int, Range]]) -> list[Range]:
    """An end below and the end above right behind it make one range: 60周岁以上不满70周岁."""
    found: list[Range] = []
    stop = -1
    for start, end, row in rows:
        last = found[-1] if found else None
        is_upper = not math.isfinite(row.low) and math.isfinite(row.high)
        is_near = 0 <= start - stop <= _NEAR
        if last and is_upper and is_near and last.unit == row.unit and last.low < row.high == min(row.high, last.high):
            found[-1] = Range(last.low, row.high, row.unit, last.is_low_open, row.is_high_open)
        else:
            found.append(row)
        stop = end
    return found
