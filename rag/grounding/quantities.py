"""Numbers, amounts and shares of a text, each with what is said of it, comparable whatever way they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import isclose

from corpus.numerals import number_of
from rag.grounding.bounds import Bound, Reach, Trend, bound_at, rates_before, reach_at, trend_at
from rag.grounding.days import days_in

# Unit as printed -> (the unit that is compared, how many of it).
UNITS: dict[str, tuple[str, float]] = {
    "元": ("元", 1), "块钱": ("元", 1), "角": ("元", 0.1), "美元": ("美元", 1), "个百分点": ("%", 1),
    "年": ("月", 12), "周年": ("月", 12), "学年": ("月", 12), "个月": ("月", 1), "月": ("月", 1), "个季度": ("月", 3), "个学期": ("学期", 1),
    "周": ("日", 7), "个星期": ("日", 7), "星期": ("日", 7), "日": ("日", 1), "天": ("日", 1), "个自然日": ("日", 1), "自然日": ("日", 1),
    "个工作日": ("工作日", 1), "工作日": ("工作日", 1), "个小时": ("小时", 1), "小时": ("小时", 1), "分钟": ("分钟", 1), "秒": ("秒", 1),
    "学时": ("学时", 1), "课时": ("课时", 1), "周岁": ("岁", 1), "岁": ("岁", 1),
    "平方米": ("平方米", 1), "平米": ("平方米", 1), "平方公里": ("平方公里", 1), "亩": ("亩", 1), "公顷": ("公顷", 1),
    "公里": ("米", 1000), "千米": ("米", 1000), "米": ("米", 1), "厘米": ("米", 0.01), "吨": ("吨", 1), "公斤": ("公斤", 1), "千克": ("公斤", 1),
    "千瓦时": ("度", 1), "度": ("度", 1), "兆瓦": ("千瓦", 1000), "千瓦": ("千瓦", 1), "立方米": ("立方米", 1), "分贝": ("分贝", 1),
    "人次": ("人次", 1), "人": ("人", 1), "名": ("人", 1), "位": ("人", 1), "户": ("户", 1), "倍": ("倍", 1), "折": ("%", 10),
    "级": ("级", 1), "分": ("分", 1), "次": ("次", 1), "届": ("届", 1),
    **dict.fromkeys(("个", "家", "项", "条", "台", "套", "处", "座", "所", "类", "种", "件", "批", "辆", "门", "层", "期", "轮", "份", "张", "间", "部", "款", "本", "支", "篇", "场", "只", "头", "株", "棵", "架", "艘", "栋", "幢", "根", "对", "组", "片", "大", "册", "页", "床", "宗", "站", "城", "院", "校", "区", "市", "县", "村", "镇", "街道", "方面", "样", "步", "等", "国"), ("个", 1)),
}  # fmt: skip
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8,
           "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}  # fmt: skip
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_SPOKEN_DIGITS = "[零一二两三四五六七八九十百千]+"
_PERCENT = re.compile(rf"(\d+(?:\.\d+)?)\s*(?:%|个百分点)|百分之({_SPOKEN_DIGITS}|\d+(?:\.\d+)?)")
_PARTS = re.compile(rf"({_SPOKEN_DIGITS}|\d+)分之({_SPOKEN_DIGITS}|\d+)|(?<![\d.])(\d)/(\d)(?![\d年])")
_TENTHS = re.compile(rf"({_SPOKEN_DIGITS}|\d(?:\.\d)?)成(?![立员果为本长年])")
_NAMED = re.compile(r"[a-z]+[-/]?\d+[a-z0-9+]*|\d+[a-z]+\d*")  # 5g, 3d, ipv6: names, no quantities
_NUMBER = re.compile(
    rf"(?<![\da-z.])(?P<digits>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>{_SCALE})?(?:余|多)?\+?[”\"]?(?:余|多)?(?P<unit>{_UNIT})?(?!\d)"
)
_SPOKEN_NUMBER = f"{_SPOKEN_DIGITS}(?:亿{_SPOKEN_DIGITS}|万{_SPOKEN_DIGITS}|万亿|亿|万)?(?:万)?"
_SPOKEN = re.compile(
    rf"(?<![第零一二两三四五六七八九十百千])(?:(?P<low>{_SPOKEN_NUMBER}|\d+)(?P<low_unit>{_UNIT})?(?P<joins>[-~至到]))?(?P<high>{_SPOKEN_NUMBER})(?:余|多)?(?P<unit>{_UNIT})"
)
_ONE_OF = re.compile(
    "年|倍|个月|周|个工作日|工作日|小时|个小时|周岁|岁"
)  # of which 一 is a number; 一个, 一项 are articles
_RANGE_JOINS = re.compile(r"\s*[-~至到]\s*")
_HALF = (("半年", 6.0, "月"), ("一半", 50.0, "%"), ("半数", 50.0, "%"))


@dataclass(frozen=True)
class Quantity:
    """`value` in plain units; `unit` is empty where none is printed. `words` as the text has them, at `start`.

    `bound`, `trend`, `rates` and `reach` are what the words around it make of it: 以上, 下降, 每人每月, 提高到.
    """

    value: float
    unit: str
    words: str
    start: int = 0
    end: int = 0
    bound: Bound = ""
    trend: Trend = ""
    rates: frozenset[str] = frozenset()
    reach: Reach = ""

    def is_same(self, other: Quantity) -> bool:
        """Equal values, of the same unit or with one unit unsaid."""
        return isclose(self.value, other.value, rel_tol=1e-6) and self.is_alike(other)

    def is_alike(self, other: Quantity) -> bool:
        """Whether both count the same kind of thing, or one says none. 个 stands for any word that counts things."""
        units = {self.unit, other.unit}
        return len(units) == 1 or "" in units or units in ({"个", "人"}, {"个", "户"}, {"个", "次"})


def quantities_in(folded: str) -> list[Quantity]:
    """Every number of a folded text but its dates and names such as 5g, in order."""
    rest = folded
    for day in days_in(folded):
        rest = rest[: day.start] + "，" * (day.end - day.start) + rest[day.end :]
    rows: list[Quantity] = []
    for read in (_percents, _parts, _tenths, _halves):
        found = list(read(rest))
        rows += found
        rest = _without(rest, found)
    rest = _NAMED.sub(lambda m: "，" * len(m[0]), rest)
    found = list(_numbers(rest))
    rows += found
    rows += _spoken(_without(rest, found))
    return [_seen(row, folded) for row in sorted(rows, key=lambda row: row.start)]


def names_with_digits(folded: str) -> list[str]:
    """5g, ipv6, nb-iot1: they must stand in the clause as they are."""
    return _NAMED.findall(folded)


def _without(text: str, rows: list[Quantity]) -> str:
    for row in rows:
        text = text[: row.start] + "，" * (row.end - row.start) + text[row.end :]
    return text


def _seen(row: Quantity, folded: str) -> Quantity:
    before, after = folded[: row.start], folded[row.end :]
    return Quantity(
        row.value, row.unit, row.words, row.start, row.end,
        bound_at(before, after), trend_at(before, after), rates_before(before), reach_at(before),
    )  # fmt: skip


def _percents(text: str) -> Iterator[Quantity]:
    for found in _PERCENT.finditer(text):
        value = found[1] or found[2]
        yield Quantity(_value(value), "%", found[0], found.start(), found.end())


def _parts(text: str) -> Iterator[Quantity]:
    """三分之一 and 1/3, as hundredths."""
    for found in _PARTS.finditer(text):
        below, above = (found[1], found[2]) if found[1] else (found[4], found[3])
        if _value(below):
            yield Quantity(100 * _value(above) / _value(below), "%", found[0], found.start(), found.end())


def _tenths(text: str) -> Iterator[Quantity]:
    for found in _TENTHS.finditer(text):
        yield Quantity(10 * _value(found[1]), "%", found[0], found.start(), found.end())


def _halves(text: str) -> Iterator[Quantity]:
    for words, value, unit in _HALF:
        for found in re.finditer(words, text):
            yield Quantity(value, unit, words, found.start(), found.end())


def _numbers(text: str) -> Iterator[Quantity]:
    found = list(_NUMBER.finditer(text))
    for index, number in enumerate(found):
        scale, unit = number["scale"] or "", number["unit"] or ""
        after = found[index + 1] if index + 1 < len(found) else None
        if after and not unit and _RANGE_JOINS.fullmatch(text, number.end(), after.start()):  # 3-5万元
            unit, scale = after["unit"] or "", scale or after["scale"] or ""
        plain, times = UNITS.get(unit, ("", 1))
        value = float(number["digits"].replace(",", "")) * _SCALES.get(scale, 1) * times
        yield Quantity(value, plain, number[0].strip(), number.start(), number.end())


def _spoken(text: str) -> Iterator[Quantity]:
    """二百元, and both ends of 二百到两千元."""
    for found in _SPOKEN.finditer(text):
        plain, times = UNITS[found["unit"]]
        high, low = _spoken_value(found["high"]), found["low"] and _spoken_value(found["low"])
        if low:
            own, many = UNITS.get(found["low_unit"] or found["unit"], (plain, times))
            yield Quantity(low * many, own, found["low"], found.start(), found.end("joins"))
        is_article = high == 1 and not _ONE_OF.fullmatch(found["unit"]) and not low
        if high and not is_article:
            words = found["high"] + found["unit"]
            yield Quantity(high * times, plain, words, found.start("high"), found.end())


def _spoken_value(words: str) -> float:
    """一万五千 -> 15000, 三亿 -> 300000000; 0 where it is no number."""
    if re.fullmatch(r"\d+", words):
        return float(words)
    total, rest = 0.0, words
    for scale in ("亿", "万"):
        before, mark, after = rest.partition(scale)
        if mark:
            total += (number_of(before) or 1) * _SCALES[scale]
            rest = after
    return (total + (number_of(rest) or 0)) if rest else total


def _value(number: str) -> float:
    return float(number) if re.fullmatch(r"[\d.]+", number) else float(number_of(number) or 0)
