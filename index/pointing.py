"""Which stretch of a clause is meant, of several that may be: a number beside others, an office beside others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus.script import simplify
from index.ranker import Ranker

SHOWN = 220  # characters of a clause that are read at once
FRONT = 60  # of what stands before it, its end
Stretch = tuple[int, int]  # of a clause's text
_WINDOWS = 3  # of one clause that are read
_UNREAD = float("-inf")


def window(text: str, around: Stretch) -> Stretch:
    """What is read of a text where a stretch of it is looked at: the stretch with as much as fits on both its sides."""
    start, end = around
    low = start - max(SHOWN - (end - start), 0) // 2
    low = max(0, min(low, len(text) - SHOWN))
    return low, min(len(text), low + SHOWN)


def likelihoods(
    ranker: Ranker, question: str, front: str, text: str, around: Stretch, stretches: Sequence[Stretch]
) -> tuple[float, ...]:
    """For each stretch of `text` the logit that it is what the question asks for; -inf for those too far from `around` and
    from one another to be read.
    """
    found = [_UNREAD] * len(stretches)
    for _ in range(_WINDOWS):
        low, high = window(text, around)
        words = simplify(text[low:high])
        if len(words) != high - low:
            words = text[low:high]
        marks = ranker.marks(question, front[-FRONT:], words)
        read = [_mean(marks[max(start - low, 0) : max(end - low, 0)]) for start, end in stretches]
        found = [max(pair) for pair in zip(found, read, strict=True)]
        if _UNREAD not in found:
            break
        around = stretches[found.index(_UNREAD)]
    return tuple(found)


def _mean(marks: np.ndarray[tuple[int], np.dtype[np.float32]]) -> float:
    read = marks[np.isfinite(marks)]
    return float(read.mean()) if read.size else _UNREAD
