"""Which stretch of a clause answers: the sentences that fit, no more than can be read out."""

from __future__ import annotations

import re

from corpus.departments import bracket_span
from index.types import RetrievedClause, ScoredSentence
from rag.types import Evidence

BUDGET = 190  # characters quoted from one clause
_MARGIN = 1.6  # deviations below the best sentence that still belong to the answer


def evidence_of(found: RetrievedClause, budget: int = BUDGET) -> Evidence:
    """The run of sentences around the best one that fits the budget."""
    rows = [row for row in found.sentences if not row.sentence.is_heading]
    rows = rows or list(found.sentences)
    if not rows:
        return whole(found)
    best = max(range(len(rows)), key=lambda i: rows[i].score)
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
