"""What changed between two runs, question by question, and whether it could be chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scipy.stats import binomtest

from eval.runs import Run, RunError

MEASURES = (
    "fully_right",
    "clause_first",
    "recall",
    "precision",
    "departments",
    "facts",
    "refused_rightly",
    "refused_wrongly",
    "op_right",
    "names_right",
    "wants_right",
    "gold_found",
    "gold_plan",
)
LOWER_IS_BETTER = frozenset({"refused_wrongly"})


@dataclass(frozen=True)
class Change:
    """One measure over the questions that both runs have: means, who got better or worse, and the sign test's p."""

    measure: str
    n: int
    before: float
    after: float
    better: tuple[str, ...]
    worse: tuple[str, ...]
    p_value: float


def compare(before: Run, after: Run) -> tuple[Change, ...]:
    """A row a measure. Raises RunError when the runs have no question in common."""
    left = {s.question_id: s for s in before.scores}
    right = {s.question_id: s for s in after.scores}
    common = [question_id for question_id in left if question_id in right]
    if not common:
        raise RunError(f"{before.folder} and {after.folder} have no question in common.")
    rows = []
    for measure in MEASURES:
        pairs = {q: (getattr(left[q], measure), getattr(right[q], measure)) for q in common}
        known = {q: (a, b) for q, (a, b) in pairs.items() if a is not None and b is not None}
        if known:
            rows.append(_change(measure, known))
    return tuple(rows)


def _change(measure: str, pairs: dict[str, tuple[float, float]]) -> Change:
    up = tuple(q for q, (a, b) in pairs.items() if b > a)
    down = tuple(q for q, (a, b) in pairs.items() if b < a)
    better, worse = (down, up) if measure in LOWER_IS_BETTER else (up, down)
    changed = len(better) + len(worse)
    p_value = float(binomtest(len(better), changed).pvalue) if changed else 1.0
    before, after = (sum(pair[side] for pair in pairs.values()) / len(pairs) for side in (0, 1))
    return Change(measure, len(pairs), before, after, better, worse, p_value)


def table_of(changes: Sequence[Change]) -> list[list[str]]:
    """A header and a row a measure."""
    rows = [["measure", "n", "before", "after", "better", "worse", "p"]]
    for c in changes:
        counts = [str(len(c.better)), str(len(c.worse))]
        rows.append([c.measure, str(c.n), f"{c.before:.3f}", f"{c.after:.3f}", *counts, f"{c.p_value:.3f}"])
    return rows
