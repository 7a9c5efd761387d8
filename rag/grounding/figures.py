"""Numbers of a sentence against the clauses': is it there, of the same thing, and bounded, rising, counted alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isclose

from rag.grounding.context import Context, Spot, contexts_of, misplaced
from rag.grounding.quantities import Quantity, names_with_digits, quantities_in
from rag.grounding.rows import Row
from rag.grounding.types import Problem

_MARGIN = 1.0  # pairs of characters by which another number must suit the words better
_COUNTED = re.compile("[个项类种条家户人名位份点]")
_TOGETHER = re.compile("共|合计|总|累计|加起来|相加|合起来|加上|全部")
_APART = re.compile("相差|差额?|高出|多出|少了|多了|增加了|减少了|提高了|降低了")
_YEARLY, _MONTHLY = re.compile("[每一全]年|年度|12个月|按年"), "月"
_ITEM = re.compile(r"[(（][一二三四五六七八九十\d]{1,3}[)）]|(?<![\d.])\d{1,2}[.、](?!\d)|[一二三四五六七八九十]是|[①-⑳]")
_LENGTH = re.compile("[以之]?[内上下后前]|期|的|有效")
_MOST = 8  # numbers of one clause that are added up


@dataclass(frozen=True)
class Placed:
    """A quantity of a clause with what it belongs to."""

    quantity: Quantity
    context: Context


def placed(rows: Iterable[Row]) -> list[Placed]:
    """Every number of the rows."""
    found = []
    for row in rows:
        quantities = quantities_in(row.text)
        contexts = contexts_of(row.text, [Spot(q.start, q.end) for q in quantities], row.above)
        found += [Placed(quantity, context) for quantity, context in zip(quantities, contexts, strict=True)]
    return found


def wrong_numbers(text: str, question: str, rows: Sequence[Row], here: str, totals: Sequence[float]) -> Iterator[Problem]:
    """What the rows don't have, have of something else, or have with another bound."""
    known = placed(rows)
    quantities = quantities_in(text)
    contexts = contexts_of(text, [Spot(q.start, q.end) for q in quantities], question)
    for quantity, context in zip(quantities, contexts, strict=True):
        same = [row for row in known if quantity.is_same(row.quantity)]
        if not same:
            if not _is_article(quantity, text) and not _is_derived(quantity, text, rows, [row.quantity for row in known], totals):
                yield Problem("number", quantity.words)
            continue
        others = [r for r in known if r.quantity.is_alike(quantity) and not quantity.is_same(r.quantity)]
        if misplaced(context, [row.context for row in same], [row.context for row in others], _MARGIN):
            yield Problem("number", quantity.words)
        elif all(_is_otherwise(quantity, row.quantity) for row in same):
            yield Problem("bound", quantity.words)
    for name in names_with_digits(text):
        if name not in here:
            yield Problem("number", name)


def _is_otherwise(said: Quantity, own: Quantity) -> bool:
    """Whether what is said around a number contradicts what the clause says around it."""
    flipped = bool(said.trend and own.trend and said.trend != own.trend)
    reaches = bool(said.reach and own.reach and said.reach != own.reach)
    return flipped or reaches or said.bound not in ("", own.bound) or bool(said.rates and own.rates and not said.rates <= own.rates)


def _is_article(said: Quantity, text: str) -> bool:
    """一年 in 一年最多三次: every year, and no length of time."""
    return said.words.startswith("一") and not _LENGTH.match(text, said.end)


def _is_derived(
    said: Quantity, text: str, rows: Sequence[Row], known: Sequence[Quantity], totals: Sequence[float]
) -> bool:
    """Whether it counts what a clause lists, or adds up, subtracts or repeats what it gives."""
    if any(isclose(said.value, total) for total in totals):
        return True
    if _COUNTED.search(said.words) and said.value in _counts(rows):
        return True
    values = [row.value for row in known if row.is_alike(said)][:_MOST]
    if _TOGETHER.search(text) and any(isclose(said.value, value) for value in _sums(values)):
        return True
    if _APART.search(text) and any(isclose(said.value, abs(one - two)) for one, two in combinations(values, 2)):
        return True
    monthly = [row.value for row in known if row.is_alike(said) and _MONTHLY in row.rates]
    return bool(_YEARLY.search(text)) and any(isclose(said.value, 12 * value) for value in monthly)


def _sums(values: Sequence[float]) -> Iterator[float]:
    for count in range(2, len(values) + 1):
        yield from (sum(row) for row in combinations(values, count))


def _counts(rows: Sequence[Row]) -> set[float]:
    """How many things the rows list: joined by 、, one after another with numbers, or one a row."""
    counts: set[float] = set()
    whole = "\n".join(row.text for row in rows)
    for stretch in re.split(r"[。;；:：\n]", whole):
        for part in (stretch, *re.split("[,，]", stretch)):
            for joins in ("、", "[、和及与]", "[,，]"):
                if (count := len([p for p in re.split(joins, part) if p.strip()])) > 1:
                    counts.add(float(count))
    items = len(_ITEM.findall(whole))
    counts |= {float(count) for count in (items, items - 1, len(rows), len(rows) - 1) if count > 1}
    for sentence in re.split(r"[。\n]", whole):
        counts.add(float(len(re.findall("[;；]", sentence)) + 1))
        counts.add(float(len(_ITEM.findall(sentence))))
    return counts
