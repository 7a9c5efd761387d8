"""Which sentences are quoted: the one that carries the answer, what belongs to it, and one more where two things are asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.departments import bracket_span
from corpus.script import fold
from corpus.types import Node
from index.types import RetrievedClause
from rag.say.passages import Passage
from rag.types import Evidence

BUDGET = 230  # characters quoted from one clause
_MARGIN = 3.5  # deviations below the best sentence that still belong to the answer
_FAR = 8.0  # deviations below it within which a sentence with the value asked for may be the one
_LEAST_SHARE = 0.5  # of the terms' worth that a sentence elsewhere must add to be quoted as well


def quotations(
    found: RetrievedClause,
    passages: Sequence[Passage],
    terms: Sequence[str],
    budget: int = BUDGET,
    wants_two: bool = False,
    holds: Callable[[str], bool] | None = None,
) -> tuple[Evidence, ...]:
    """The stretch around the best sentence within the budget; with `wants_two` a second where another adds enough.

    With `holds` the second is the next sentence whose words hold it.
    """
    clause = found.clause
    if not passages:
        return (Evidence(clause, 0, len(clause.text)),)
    if _length(passages, 0, len(passages) - 1) <= budget:
        return (trimmed(clause, passages[0].sentence.start, passages[-1].sentence.end),)
    best = max(range(len(passages)), key=lambda index: passages[index].score)
    first, last = _grown(passages, best, budget)
    rows = [(first, last)]
    other = None
    if holds:
        other = _next(passages, first, last, holds)
    elif wants_two:
        other = _other(passages, first, last, terms)
    if other is not None:
        rows.append((other, other))
    return tuple(trimmed(clause, passages[a].sentence.start, passages[b].sentence.end) for a, b in sorted(rows))


def _grown(passages: Sequence[Passage], best: int, budget: int) -> tuple[int, int]:
    """The best sentence with its neighbours, the fitter first; a line that announces items takes them along."""
    first = last = best
    while True:
        options = [i for i in (first - 1, last + 1) if 0 <= i < len(passages) and _belongs(passages, i, best, last)]
        options = [i for i in options if _length(passages, min(first, i), max(last, i)) <= budget]
        if not options:
            break
        chosen = max(options, key=lambda i: passages[i].nearness)
        first, last = min(first, chosen), max(last, chosen)
    if passages[last].sentence.is_subhead and last + 1 < len(passages):
        last += 1
    return first, last


def _belongs(passages: Sequence[Passage], index: int, best: int, last: int) -> bool:
    row = passages[index]
    announced = index == last + 1 and fold(passages[last].sentence.text).rstrip().endswith(":")
    return row.nearness >= passages[best].nearness - _MARGIN or row.sentence.is_subhead or announced


def _other(passages: Sequence[Passage], first: int, last: int, terms: Sequence[str]) -> int | None:
    """The sentence outside that has most of what the quoted ones lack."""
    quoted = "".join(row.folded for row in passages[first : last + 1])
    missing = {term for term in terms if len(term) > 1 and term not in quoted}
    held = {term: sum(term in row.folded for row in passages) for term in missing}
    worth = {term: 1 / count for term, count in held.items() if count}
    rows = [
        (sum(value for term, value in worth.items() if term in row.folded), row.score, index)
        for index, row in enumerate(passages)
        if not first <= index <= last
    ]
    best = max(rows, default=(0.0, 0.0, -1))
    return best[2] if best[0] >= _LEAST_SHARE else None


def _next(passages: Sequence[Passage], first: int, last: int, holds: Callable[[str], bool]) -> int | None:
    """The fittest sentence outside that holds what is wanted."""
    rows = [i for i, row in enumerate(passages) if not first <= i <= last and holds(row.folded)]
    best = max(rows, key=lambda i: passages[i].score, default=None)
    return best if best is not None and passages[best].score >= max(row.score for row in passages) - _FAR else None


def with_bracket(quote: Evidence, budget: int = BUDGET) -> Evidence:
    """The quotation to the end of the bracket right behind it: what that says of bodies and scope holds for the words."""
    span = bracket_span(quote.clause.text)
    if span and quote.end <= span[0] <= quote.end + 2 and span[1] - quote.start <= budget:
        return trimmed(quote.clause, quote.start, span[1])
    return quote


def joined(quotes: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Quotations of one clause in reading order, those that touch made one."""
    rows: list[Evidence] = []
    for quote in sorted(quotes, key=lambda row: (row.start, row.end)):
        if rows and not quote.clause.text[rows[-1].end : quote.start].strip():
            rows[-1] = Evidence(quote.clause, rows[-1].start, max(rows[-1].end, quote.end))
        else:
            rows.append(quote)
    return tuple(rows)


def _length(passages: Sequence[Passage], first: int, last: int) -> int:
    return passages[last].sentence.end - passages[first].sentence.start


def trimmed(clause: Node, start: int, end: int) -> Evidence:
    """Bullets' dashes and white space at the edges are no part of a quotation."""
    words = clause.text[start:end]
    lead = re.match(r"[\s—]*", words)
    start += lead.end() if lead else 0
    return Evidence(clause, start, start + len(clause.text[start:end].rstrip()))
