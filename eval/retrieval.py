"""Retrieval measures of a ranking against gold, by ir_measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ir_measures
from ir_measures import RR, R, nDCG

MEASURES = (R @ 1, R @ 5, R @ 10, R @ 100, RR @ 10, nDCG @ 10)


def measured(gold: Mapping[str, Sequence[str]], ranked: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Name of the measure -> mean over the questions with gold. `ranked` lists ids, best first."""
    qrels = [ir_measures.Qrel(question, item, 1) for question, items in gold.items() for item in items]
    run = [
        ir_measures.ScoredDoc(question, item, float(-rank))
        for question, items in ranked.items()
        for rank, item in enumerate(items)
        if question in gold
    ]
    found = ir_measures.calc_aggregate(MEASURES, qrels, run)
    return {str(measure): float(found[measure]) for measure in MEASURES}
