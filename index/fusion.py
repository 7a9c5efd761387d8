"""Signals of different kinds -> one score: a weighted sum of z-scores over the corpus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
# Chosen among a few on the questions about documents kept for building (eval/training/search, split dev); the shape
# (meaning long before words) is what generalised. Bonuses elsewhere count on their sum.
WEIGHTS: Mapping[str, float] = {
    "clause_meaning": 2.0,
    "sentence_meaning": 2.0,
    "clause_words": 0.2,
    "sentence_words": 0.2,
    "sentence_sound": 0.05,
    "entry_meaning": 1.5,
    "entry_words": 0.2,
}

# On the same questions the sentence that answers is its clause's first for .83; .78 at even weights.
SENTENCE_WEIGHTS: Mapping[str, float] = {"meaning": 1.5, "words": 0.5}
SENTENCE_WORDS: Mapping[str, float] = {"words": 1.0}  # where there are no vectors


def standardised(scores: Scores) -> Scores:
    """z-scores: mean 0, deviation 1; zeros where all are alike."""
    exact = scores.astype(np.float64)
    deviation = float(exact.std())
    if deviation <= 1e-6 * max(1.0, abs(float(exact.mean()))):
        return np.zeros_like(scores)
    result: Scores = ((exact - exact.mean()) / deviation).astype(np.float32)
    return result


def best_of_each(scores: Scores, owners: npt.NDArray[np.int64], size: int) -> Scores:
    """The best score among what each owner has; the mean of the bests where an owner has nothing."""
    rows = np.full(size, -np.inf, np.float32)
    np.maximum.at(rows, owners, scores)
    found = np.isfinite(rows)
    rows[~found] = rows[found].mean() if found.sum() > 1 else scores.min() if scores.size else 0.0
    return rows


def fuse(signals: Mapping[str, Scores], weights: Mapping[str, float] = WEIGHTS) -> Scores:
    """The weighted sum of the standardised signals."""
    names: Sequence[str] = [name for name in signals if weights.get(name)]
    total = sum((weights[name] * standardised(signals[name]) for name in names), start=np.float32(0))
    return np.asarray(total, np.float32)
