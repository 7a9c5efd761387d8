"""Which stretch of a clause answers: the sentences that fit, no more than can be read out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.script import fold
from corpus.types import Node
from index.types import RetrievedClause, ScoredSentence
from rag.types import Evidence

WHOLE_LIMIT = 420  # characters of a clause that was asked for by name
BUDGET = 230  # characters quoted from one clause
_RARE_BONUS = 8.0  # deviations for a sentence that alone holds what the question names
_WANTED_BONUS = 2.5  # deviations a sentence gains for holding the kind of value that is asked for
_MARGIN = 3.5  # deviations below the best sentence that still belong to the answer


def evidence_of(
    found: RetrievedClause, terms: Sequence[str] = (), budget: int = BUDGET, wants: re.Pattern[str] | None = None
) -> Evidence:
    """The run of sentences around the best one that fits the budget.

    `terms` are the question's; those that few of the clause's sentences hold tell the right one. `wants` is what the
    best one should hold (a number, say).
    """
    rows = [row for row in found.sentences if not row.sentence.is_heading]
    rows = rows or list(found.sentences)
    if not rows:
        return whole(found)
    rare = _rarity(rows, terms)
    fits = [row.score + _holds(row, wants) + _RARE_BONUS * share for row, share in zip(rows, rare, strict=True)]
    best = max(range(len(rows)), key=fits.__getitem__)
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


def _rarity(rows: Sequence[ScoredSentence], terms: Sequence[str]) -> list[float]:
    """For each sentence the share it has of the question's terms, each term worth less the more sentences hold it."""
    texts = [fold(row.sentence.subhead + row.sentence.text) for row in rows]
    held = {term: sum(term in text for text in texts) for term in set(terms)}
    worth = {term: 1 / count for term, count in held.items() if count}
    total = sum(worth.values())
    return [sum(w for term, w in worth.items() if term in text) / total if total else 0.0 for text in texts]


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


def _belongs(rows: Sequence[ScoredSentence], index: int, best: int) -> bool:
    return rows[index].score >= rows[best].score - _MARGIN or rows[index].sentence.is_subhead


def _length(rows: Sequence[ScoredSentence], first: int, last: int) -> int:
    return rows[last].sentence.end - rows[first].sentence.start


def whole(found: RetrievedClause) -> Evidence:
    return Evidence(found.clause, 0, len(found.clause.text))


def opening(clause: Node) -> Evidence:
    """The clause whole, or its first sentences where it is too long to read out."""
    end = len(clause.text)
    if end > WHOLE_LIMIT:
        stop = max(clause.text.rfind(mark, 0, WHOLE_LIMIT) for mark in "。；;")
        end = stop + 1 if stop > 0 else WHOLE_LIMIT
    return Evidence(clause, 0, end)


def _trimmed(found: RetrievedClause, start: int, end: int) -> Evidence:
    """Bullets' dashes and white space at the edges are no part of a quotation."""
    words = found.clause.text[start:end]
    lead = re.match(r"[\s—]*", words)
    start += lead.end() if lead else 0
    end = start + len(found.clause.text[start:end].rstrip())
    return Evidence(found.clause, start, end)
