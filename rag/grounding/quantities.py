"""Numbers, amounts, shares and dates of a text, comparable whatever way they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.numerals import number_of

_UNITS = (
    "个百分点|平方米|平方公里|公里|工作日|万户|亿元|万元|元|家|个|项|条|台|套|处|座|所|类|种|名|人|户|次|倍|件|批|辆|"
    "年|月|日|天|小时|分钟|级|大|米|亩|期|轮|位|门|层"
)
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8,
           "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}  # fmt: skip
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:年)?(?:[-~至到](?:20)?(\d\d)年?)?(?:(?<=年)(\d{1,2})月)?(?:(?<=月)(\d{1,2})日)?(?!\d|%|元|家|个|万|亿)"
)
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|个百分点)|百分之([零一二两三四五六七八九十百]+)")
_NAMED = re.compile(r"[a-z]+[-/]?\d+[a-z0-9+]*|\d+[a-z]+\d*")  # 5g, 3d, ipv6: names, no quantities
_NUMBER = re.compile(rf"(?<![\da-z.])(\d[\d,]*(?:\.\d+)?)\s*({_SCALE})?(?:余|多)?\+?[”\"]?(?:余|多)?\s*({_UNITS})?")
_SPOKEN = re.compile(rf"([零一二两三四五六七八九十百千]+)(万亿|亿|万)?(?:余|多)?({_UNITS})")


@dataclass(frozen=True)
class Quantity:
    """`value` in plain units; `unit` is empty where none is printed. `words` as the text has them."""

    value: float
    unit: str
    words: str

    def is_same(self, other: Quantity) -> bool:
        """Equal values, of the same unit or with one unit unsaid."""
        return self.value == other.value and (self.unit == other.unit or not self.unit or not other.unit)


def dates_in(folded: str) -> list[tuple[tuple[int, ...], str]]:
    """(year), (year, month) or (year, month, day), each with its words; a range gives both of its years."""
    rows: list[tuple[tuple[int, ...], str]] = []
    for found in _DATE.finditer(folded):
        year, end, month, day = found.groups()
        rows.append((tuple(int(part) for part in (year, month, day) if part), found[0]))
        if end:
            rows.append(((int(year[:2] + end),), found[0]))
    return rows


def quantities_in(folded: str) -> list[Quantity]:
    """Every number of a folded text but its dates and names such as 5g."""
    rest = _DATE.sub(lambda m: "，" * len(m[0]), folded)
    rows = [Quantity(float(m[1]) if m[1] else float(number_of(m[2]) or 0), "%", m[0]) for m in _PERCENT.finditer(rest)]
    rest = _PERCENT.sub(lambda m: "，" * len(m[0]), rest)
    rest = _NAMED.sub(lambda m: "，" * len(m[0]), rest)
    for found in _NUMBER.finditer(rest):
        scale = _SCALES[found[2]] if found[2] else 1
        unit, times = _plain_unit(found[3] or "")
        rows.append(Quantity(float(found[1].replace(",", "")) * scale * times, unit, found[0].strip()))
    rest = _NUMBER.sub(lambda m: "，" * len(m[0]), rest)
    for found in _SPOKEN.finditer(rest):
        number = number_of(found[1])
        unit, times = _plain_unit(found[3])
        if number is not None and (number > 1 or found[2]):
            rows.append(Quantity(float(number * _SCALES.get(found[2] or "", 1) * times), unit, found[0]))
    return rows


def _plain_unit(unit: str) -> tuple[str, int]:
    """亿元 -> 元 and 10^8."""
    for scale in ("亿", "万"):
        if unit.startswith(scale) and len(unit) > 1:
            return unit[1:], _SCALES[scale]
    return unit, 1


def names_with_digits(folded: str) -> list[str]:
    """5g, ipv6, nb-iot1: they must stand in the clause as they are."""
    return _NAMED.findall(folded)
