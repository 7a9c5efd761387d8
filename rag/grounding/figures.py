"""Numbers of a sentence against the clauses': is it there, of the same thing, and bounded, rising, counted alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isclose

from rag.grounding.context import Context, Spot, contexts_of, misplaced
from rag.grounding.derived import Derived, supposed
from rag.grounding.quantities import Quantity, names_with_digits, quantities_in
from rag.grounding.rows import Row
from rag.grounding.types import Problem

_MARGIN = 1.0  # pairs of characters by which another number must suit the words better
_TIMES = ("日", "工作日", "月", "小时", "分钟")
_LENGTH = re.compile("[以之]?[内上下后前]|期|的|有效")
_GLOSS = re.compile(r"\((?:不)?含$")  # 16周岁以上(含16周岁): the second says nothing new
_UNSAID = re.compile("[、,，。;；)]|$")  # 审核15个: of what was said before
_TIE = 0.5  # pairs of characters


@dataclass(frozen=True)
class Placed:
    """A quantity of a clause with what it belongs to."""

    quantity: Quantity
    context: Context


def placed(rows: Iterable[Row]) -> list[Placed]:
    """Every number of the rows."""
    found = []
    for row in rows:
        quantities = [q for q in quantities_in(row.text) if not _GLOSS.search(row.text[: q.start])]
        contexts = _contexts(row.text, quantities, row.above)
        found += [Placed(quantity, context) for quantity, context in zip(quantities, contexts, strict=True)]
    return found


def wrong_numbers(
    text: str, plain: str, question: str, rows: Sequence[Row], here: str, totals: Sequence[float]
) -> Iterator[Problem]:
    """What the rows don't have, have of something else, or have with another bound.

    `plain` is `text` with titles and addresses blanked out: their figures count nothing, but say what others are of.
    """
    known = placed(rows)
    quantities = quantities_in(plain)
    contexts = _contexts(text, quantities, question)
    given = supposed(quantities, plain, quantities_in(question))
    for quantity, context in zip(quantities, contexts, strict=True):
        same = [row for row in known if quantity.is_same(row.quantity)]
        if not same and quantity.unit == "个" and _UNSAID.match(text, quantity.end):
            same = [row for row in known if isclose(row.quantity.value, quantity.value)]
        if not same:
            derived = Derived(plain, rows, [row.quantity for row in known], given, totals)
            if not _is_article(quantity, plain) and not derived.has(quantity):
                yield Problem("number", quantity.words)
            continue
        others = [r for r in known if r.quantity.is_alike(quantity) and not quantity.is_same(r.quantity)]
        if quantity.unit and misplaced(
            context, [row.context for row in same], [row.context for row in others], _MARGIN
        ):
            yield Problem("misplaced", quantity.words)
        elif all(_is_otherwise(quantity, row.quantity) for row in _nearest(context, same)):
            yield Problem("bound", quantity.words)
    for name in names_with_digits(plain):
        if name not in here:
            yield Problem("number", name)


def _contexts(text: str, quantities: Sequence[Quantity], wider: str) -> list[Context]:
    """What each number belongs to; its neighbours are those that count the like."""
    rows = []
    for quantity in quantities:
        alike = [q for q in quantities if q.is_alike(quantity)]
        contexts = contexts_of(text, [Spot(q.start, q.end) for q in alike], wider)
        rows.append(contexts[alike.index(quantity)])
    return rows


def _nearest(said: Context, same: Sequence[Placed]) -> list[Placed]:
    """Of those with the same number, the ones whose words suit best."""
    fits = [sum(worth * row.context.pairs.get(pair, 0.0) for pair, worth in said.pairs.items()) for row in same]
    return [row for row, fit in zip(same, fits, strict=True) if fit >= max(fits) - _TIE]


def _is_otherwise(said: Quantity, own: Quantity) -> bool:
    """Whether what is said around a number contradicts what the clause says around it."""
    flipped = bool(said.trend and own.trend and said.trend != own.trend)
    reaches = bool(said.reach and own.reach and said.reach != own.reach)
    rates = bool(said.rates and own.rates and not said.rates <= own.rates)
    return flipped or reaches or rates or _is_bounded_otherwise(said, own)


def _is_bounded_otherwise(said: Quantity, own: Quantity) -> bool:
    """Whether a bound is said that isn't printed; of a length of time, 内 is none."""
    if said.bound == "most" and not own.bound and said.unit in _TIMES:
        return False
    return said.bound not in ("", own.bound)


def _is_article(said: Quantity, text: str) -> bool:
    """一年 in 一年最多三次: every year, and no length of time."""
    return said.words.startswith("一") and not _LENGTH.match(text, said.end)
