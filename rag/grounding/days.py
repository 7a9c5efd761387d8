"""Days, months and years of a text, as exact as they are printed, and those that its words give without printing them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from corpus.numerals import number_of
from rag.grounding.bounds import DayBound, day_bound_at

YEAR = r"(?:19|20)\d\d"
_SPOKEN_YEAR = "[一二][九〇零○][〇零○一二三四五六七八九]{2}"
_N = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
DAY = re.compile(
    rf"(?<![\d.])(?P<year>{YEAR}(?=\D|$)|{_SPOKEN_YEAR}(?=年))(?P<mark>\s*年|(?=\s*[-~至到/.]\s*(?:{YEAR}|\d\d)))?(?:度|[底末初](?!前))?"
    rf"(?:\s*[-~至到]\s*(?P<end>(?:20)?\d\d)(?=年|[^\d]|$)年?)?"
    rf"(?:(?<=年)\s*(?P<month>{_N})\s*月)?(?:(?<=月)\s*(?P<day>{_N})\s*[日号](?:\s*[-~至到]\s*(?P<last>{_N})[日号])?)?(?!\s*(?:%|元|家|个|万|亿|平方|余|多|人|户|名))"
)
_DASHED = re.compile(rf"(?<!\d)(?P<year>{YEAR})[-/.](?P<month>\d{{1,2}})(?:[-/.](?P<day>\d{{1,2}}))?(?!\d)")
_MONTH_DAY = re.compile(
    rf"(?<![\d个满超近])(?P<month>[0-9]{{1,2}}|十[一二]|[一二三四五六七八九十])月(?:(?P<day>{_N})[日号](?:\s*[-~至到]\s*(?P<last>{_N})[日号])?|份|[底末初中](?!等)|(?=[上中下]旬)|(?<=[0-9]月)(?=[^一-鿿0-9]|[前后起到至内之以]|在|向|通过|提|申|算|就|是|的|再|才|都|也|过))"
)
_ANY_YEAR = 2001  # for days without one
_LASTS = re.compile(
    rf"(?:有效期|试行期|实施期|执行期|期限|试行|为期)[^,。;]{{0,6}}?(?P<count>{_N}|两)\s*(?P<unit>年|个月)"
)


class Length(Protocol):
    """A number of months or days."""

    @property
    def value(self) -> float: ...

    @property
    def unit(self) -> str: ...


@dataclass(frozen=True)
class Day:
    """`parts` are year, month and day as far as they are printed; year is 0 where only a month is."""

    parts: tuple[int, ...]
    words: str
    start: int
    end: int
    bound: DayBound = ""

    def fits(self, other: Day) -> bool:
        """Whether `other` is the same day, or says less or more exactly the same."""
        if self.parts[0] and other.parts[0]:
            shorter = min(len(self.parts), len(other.parts))
            return self.parts[:shorter] == other.parts[:shorter] and len(self.parts) <= len(other.parts)
        return len(self.parts) > 1 and len(other.parts) > 1 and self.parts[1:] == other.parts[1 : len(self.parts)]


def days_in(folded: str) -> list[Day]:
    """Every date in order; a range of years gives both."""
    rows: list[Day] = []
    rest = folded
    for pattern in (_DASHED, DAY, _MONTH_DAY):
        for found in list(pattern.finditer(rest)):
            rows += _read(found, folded)
            rest = rest[: found.start()] + "，" * len(found[0]) + rest[found.end() :]
    return sorted(rows, key=lambda row: (row.start, row.parts))


def dates_in(folded: str) -> list[tuple[tuple[int, ...], str]]:
    """(year), (year, month) or (year, month, day), each with its words; a range gives both of its years."""
    return [(day.parts, day.words) for day in days_in(folded)]


def _read(found: re.Match[str], folded: str) -> Iterator[Day]:
    groups = found.groupdict()
    numbers = [_number(groups.get(name)) for name in ("year", "month", "day")]
    parts = [numbers[0] or 0]
    for number in numbers[1:]:
        if number is None:
            break
        parts.append(number)
    bound = day_bound_at(folded[: found.start()], folded[found.end() :])
    yield Day(tuple(parts), found[0], found.start(), found.end(), bound)
    if (last := _number(groups.get("last"))) and len(parts) == 3:
        yield Day((*parts[:2], last), found[0], found.start(), found.end(), bound)
    if end := groups.get("end"):
        year = int(end) if len(end) == 4 else parts[0] // 100 * 100 + int(end)
        yield Day((year,), found[0], found.start(), found.end(), bound)


def _number(words: str | None) -> int | None:
    return number_of(words.replace("○", "〇")) if words else None


def reached(folded: str, starts: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The last days of a stated length of time from each whole day of `starts`: of 自…起施行，有效期5年."""
    rows: list[tuple[int, ...]] = []
    for found in _LASTS.finditer(folded):
        count = 2 if found["count"] == "两" else number_of(found["count"]) or 0
        months = count if found["unit"] == "个月" else 12 * count
        for parts in starts:
            rows += _after(parts, months)
    return rows


def _after(parts: tuple[int, ...], months: int) -> Iterator[tuple[int, ...]]:
    if not parts[0]:
        return
    if len(parts) < 3:
        yield (parts[0] + months // 12,)
        return
    years, month = divmod(parts[1] - 1 + months, 12)
    try:
        day = date(parts[0] + years, month + 1, min(parts[2], 28)) + timedelta(days=max(0, parts[2] - 28))
    except ValueError:
        return
    for last in (day, day - timedelta(days=1)):
        yield last.year, last.month, last.day


def reached_from(day: Day, lengths: Sequence[Length]) -> Iterator[tuple[int, ...]]:
    """Days that lie so long before or after a day of a case, a day more or less; of one without a year in any year."""
    for length in lengths:
        if length.unit == "月":
            yield from _months_off(day, int(length.value))
        elif length.unit in ("日", "工作日") and (whole := _day(day.parts)):
            for off in (int(length.value) + more for more in (-1, 0, 1)):
                for near in (whole - timedelta(days=off), whole + timedelta(days=off)):
                    yield (near.year if day.parts[0] else 0, near.month, near.day)


def _months_off(day: Day, months: int) -> Iterator[tuple[int, ...]]:
    if len(day.parts) == 1:
        yield from ((day.parts[0] + sign * months // 12,) for sign in (-1, 1))
        return
    for sign in (-1, 1, 0):
        years, month = divmod(day.parts[1] - 1 + (sign * months or 1), 12)
        yield (day.parts[0] + years if day.parts[0] else 0, month + 1, *day.parts[2:])
        if len(day.parts) == 3 and day.parts[2] > 1:
            yield (day.parts[0] + years if day.parts[0] else 0, month + 1, day.parts[2] - 1)


def _day(parts: tuple[int, ...]) -> date | None:
    try:
        return date(parts[0] or _ANY_YEAR, parts[1], parts[2])
    except (ValueError, IndexError):
        return None
