"""Numbers that no clause prints and that its words give: counts of what it lists, sums, differences, shares of a case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isclose

from rag.grounding.days import Day, days_in
from rag.grounding.pairs import pairs
from rag.grounding.quantities import Quantity, quantities_in
from rag.grounding.rows import Row

_TOGETHER = re.compile("共|合计|总|累计|加起来|相加|合起来|加上|全部|一起")
_IN_A_ROW = re.compile("前后|最长|最多|可延|延到|延至|加上|再加|最晚|先后")
_APART = re.compile("相差|差额?|高出|多出|少了|多了|增加了|减少了|提高了|降低了|剩")
_YEARLY, _MONTHLY = re.compile("[每一全]年|年度|12个月|按年"), "月"
_SUPPOSED = re.compile("的话|假如|如果|比如|例如|要是|譬如|举例|假设|的货")
_ITEM = re.compile(
    r"(?<![第])[(（][一二三四五六七八九十\d]{1,3}[)）]|(?<![\d.])\d{1,2}[.、](?!\d)|[一二三四五六七八九十]是|[①-⑳]"
)
_JOINS = re.compile("[、,，;；]|和|及|或者?|与|还有|以及")
_LISTS = (re.compile("、"), re.compile("[、和及与或]"), re.compile("[,，]"))  # ways to join things
_TIMES = re.compile("倍|按|比例|成")
_MOST = 8  # numbers of one clause that are added up
_SAME_THING = 2  # pairs of characters that announcing words and a count must share to speak of the same


def supposed(said: Sequence[Quantity], text: str, asked: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Numbers of a case that somebody puts: the question's, and the sentence's where it supposes one."""
    return (*asked, *(said if _SUPPOSED.search(text) else ()))


@dataclass(frozen=True)
class Derived:
    """What can be had from `known`, the clauses' numbers, and `given`, those of a case."""

    text: str
    rows: Sequence[Row]
    known: Sequence[Quantity]
    given: Sequence[Quantity]
    totals: Sequence[float]

    def has(self, said: Quantity) -> bool:
        if any(isclose(said.value, total) for total in self.totals):
            return True
        if any(said.is_same(row) for row in self.given):
            return True
        if said.unit in ("个", "人", "户") and not said.bound and self._is_count(said):
            return True
        if said.unit == "月" and said.value == 12 * len({day.parts[0] for day in self._days()}):
            return True
        alike = [row.value for row in self.known if row.is_alike(said)][:_MOST]
        if (_TOGETHER.search(self.text) or _IN_A_ROW.search(self.text)) and any(
            isclose(said.value, value) for value in (*self._sums(said), *self._products(said))
        ):
            return True
        if _APART.search(self.text) and any(isclose(said.value, abs(one - two)) for one, two in combinations(alike, 2)):
            return True
        monthly = [row.value for row in self.known if row.is_alike(said) and _MONTHLY in row.rates]
        if _YEARLY.search(self.text) and any(isclose(said.value, 12 * value) for value in monthly):
            return True
        return any(isclose(said.value, value) for value in self._shares(said))

    def _sums(self, said: Quantity) -> Iterator[float]:
        """Of neighbours in one row, of the sentence's own numbers, and of all numbers of a few."""
        alike = [[q.value for q in quantities_in(row.text) if q.is_alike(said)] for row in self.rows]
        alike.append([q.value for q in quantities_in(self.text) if q.is_alike(said) and q.start != said.start])
        if _IN_A_ROW.search(self.text):
            alike.append([q.value for q in self.known if q.is_alike(said)][:_MOST])
        for values in alike:
            for start in range(len(values)):
                yield from (sum(values[start:stop]) for stop in range(start + 2, len(values) + 1))

    def _products(self, said: Quantity) -> Iterator[float]:
        """So much for each of so many: 6000 a year for three years."""
        counts = [
            q.value / 12 if q.unit == "月" else q.value for q in (*self.known, *self.given) if not q.is_alike(said)
        ]
        for each in (q for q in self.known if q.is_alike(said)):
            yield from (each.value * count for count in counts)

    def _days(self) -> Iterator[Day]:
        for row in self.rows:
            yield from days_in(row.text)

    def _shares(self, said: Quantity) -> Iterator[float]:
        """So many times, or so much of, a number of the case or the clause: 1万元 of one to three times."""
        times = [row.value for row in self.known if row.unit == "倍"] + [
            row.value / 100 for row in self.known if row.unit == "%"
        ]
        for row in (*self.given, *(self.known if _TIMES.search(self.text) else ())):
            if row.is_alike(said) or row.unit == "":
                yield from (row.value * factor for factor in times)

    def _is_count(self, said: Quantity) -> bool:
        """Of what the clause announces and numbers, else of any row of things in it; or of what the sentence lists."""
        announced = list(self._announced(pairs(self.text)))
        if announced:
            return said.value in announced
        if said.value == len([part for part in _JOINS.split(self.text[said.end :].partition(":")[2]) if part.strip()]):
            return True
        return said.value in _counts(self.rows)

    def _announced(self, words: frozenset[str]) -> Iterator[float]:
        """How many items stand under the announcing words that speak of what the sentence speaks of."""
        leads = dict.fromkeys(row.lead for row in self.rows if row.lead)
        for lead in leads:
            if len(pairs(lead) & words) >= _SAME_THING:
                yield float(sum(row.lead == lead and bool(_ITEM.match(row.text.lstrip())) for row in self.rows))


def _counts(rows: Sequence[Row]) -> set[float]:
    """How many things the rows list: joined by 、, one after another with numbers, or one a row."""
    counts: set[float] = set()
    whole = "\n".join(row.text for row in rows)
    for stretch in re.split(r"[。;；:：\n]", whole):
        for part in (stretch, *re.split("[,，]", stretch)):
            for pattern in _LISTS:
                if (count := len([p for p in pattern.split(part) if p.strip()])) > 1:
                    counts.add(float(count))
    items = len(_ITEM.findall(whole))
    counts |= {float(count) for count in (items, items - 1, len(rows), len(rows) - 1) if count > 1}
    for sentence in re.split(r"[。\n]", whole):
        counts.add(float(len(re.findall("[;；]", sentence)) + 1))
        counts.add(float(len(_ITEM.findall(sentence))))
    return counts
