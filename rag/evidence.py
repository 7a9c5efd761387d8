"""Which stretch of a clause answers: the sentences that fit, no more than can be read out."""

from __future__ import annotations

import re

from corpus.departments import bracket_span
from corpus.script import fold
from index.types import RetrievedClause, ScoredSentence
from rag.types import Evidence

BUDGET = 230  # characters quoted from one clause
_WANTED_BONUS = 2.5  # deviations a sentence gains for holding the kind of value that is asked for
_MARGIN = 3.5  # deviations below the best sentence that still belong to the answer


def evidence_of(found: RetrievedClause, budget: int = BUDGET, wants: re.Pattern[str] | None = None) -> Evidence:
    """The run of sentences around the best one that fits the budget; `wants` is what the best one should hold."""
    rows = [row for row in found.sentences if not row.sentence.is_heading]
    rows = rows or list(found.sentences)
    if not rows:
        return whole(found)
    best = max(range(len(rows)), key=lambda i: rows[i].score + _holds(rows[i], wants))
    if _length(rows, 0, len(rows) - 1) <= budget:
        return _trimmed(found, rows[0].sentence.start, rows[-1].sentence.end)
    first = last = best
    while True:
        options = [i for i in (first - 1, last + 1) if 0 <= i < len(rows) and _belongs(rows, i, best)]
        options = [i for i in options if _length(rows, min(first, i), max(last, i)) <= budget]
        if not options:
            break
        chosen = max(options, key=lambda i: rows[i].score)
        first, last = min(first, chosen), max(last, chosen)
    if rows[last].sentence.is_subhead and last + 1 < len(rows):
        last += 1
    return _trimmed(found, rows[first].sentence.start, rows[last].sentence.end)


def _holds(row: ScoredSentence, wants: re.Pattern[str] | None) -> float:
    return _WANTED_BONUS if wants and wants.search(fold(row.sentence.text)) else 0.0


def item(found: RetrievedClause, ordinal: int) -> Evidence | None:
    """The `ordinal`-th run-in item of the clause with its sentences, or None when it has fewer."""
    rows = found.sentences
    heads = [i for i, row in enumerate(rows) if row.sentence.is_subhead]
    if not 1 <= ordinal <= len(heads):
        return None
    first = heads[ordinal - 1]
    last = heads[ordinal] - 1 if ordinal < len(heads) else len(rows) - 1
    return _trimmed(found, rows[first].sentence.start, rows[last].sentence.end)


def _belongs(rows: list[ScoredSentence], index: int, best: int) -> bool:
    return rows[index].score >= rows[best].score - _MARGIN or rows[index].sentence.is_subhead


def _length(rows: list[ScoredSentence], first: int, last: int) -> int:
    return rows[last].sentence.end - rows[first].sentence.start


def whole(found: RetrievedClause) -> Evidence:
    return Evidence(found.clause, 0, len(found.clause.text))


def bracket_of(found: RetrievedClause) -> Evidence | None:
    """The department bracket at the clause's end, as evidence for who is responsible."""
    span = bracket_span(found.clause.text)
    return Evidence(found.clause, *span) if span else None


def _trimmed(found: RetrievedClause, start: int, end: int) -> Evidence:
    """Bullets' dashes and white space at the edges are no part of a quotation."""
    words = found.clause.text[start:end]
    lead = re.match(r"[\s—]*", words)
    start += lead.end() if lead else 0
    end = start + len(found.clause.text[start:end].rstrip())
    return Evidence(found.clause, start, end)
