"""The small model that reads question and passage together: does the one answer the other, and with which words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.embedder import folder_name, has_default_weights

if TYPE_CHECKING:
    from index.onnx_model import OnnxModel

RANKER, DIFFERENCE = "ranker", Path(__file__).parent / "models" / "ranker.npz"
QUESTION_TOKENS, PAIR_TOKENS = 64, 192  # the second part has what the first leaves; start and stops count
SENTENCES, CHARACTERS = 2, 150  # of a clause: so many of its sentences, and more while they are no longer together
_REMEMBERED = 16  # clauses whose words were marked
MARKED_TOKENS = 256  # of a pair whose words are marked


class Ranker:
    """Safe to share between threads."""

    def __init__(self, model: OnnxModel) -> None:
        self._model = model
        self.marks = lru_cache(_REMEMBERED)(self._marks)

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> tuple[float, ...]:
        """For each of the (front, words) pairs the logit that it answers; everything in simplified characters."""
        if not passages:
            return ()
        first = self._first(question)
        room = PAIR_TOKENS - len(first) - 1
        encoded = [self._model.encoded(f"{front}\n{words}").ids[:room] for front, words in passages]
        scores, _ = self._model.run([[*first, *ids, self._model.stop] for ids in encoded])
        return tuple(map(float, scores))

    def _marks(self, question: str, front: str, words: str) -> npt.NDArray[np.float32]:
        """(characters of `words`,) logits that each belongs to what is asked for; -inf for what isn't read: spaces, and
        what is beyond the longest pair.
        """
        first = self._first(question)
        encoded = self._model.encoded(f"{front}\n{words}")
        _, (marks,) = self._model.run([[*first, *encoded.ids[: MARKED_TOKENS - len(first) - 1], self._model.stop]])
        found = np.full(len(words), -np.inf, np.float32)
        for mark, (start, end) in zip(marks[len(first) : -1], encoded.offsets, strict=False):
            found[max(start - len(front) - 1, 0) : max(end - len(front) - 1, 0)] = mark
        return found

    def _first(self, question: str) -> list[int]:
        return [self._model.start, *self._model.encoded(question).ids[: QUESTION_TOKENS - 2], self._model.stop]


def fitting(lengths: Sequence[int]) -> int:
    """How many of a clause's sentences, the fittest first, are read together with a question."""
    total = 0
    for place, length in enumerate(lengths):
        total += length
        if place >= SENTENCES and total > CHARACTERS:
            return place
    return len(lengths)


def open_ranker(models: Path) -> Ranker | None:
    """The ranker below `models`, unpacked there the first time; None where the base model has no build.

    Raises EmbedderError.
    """
    from index.onnx_model import OnnxModel, is_unpacked

    folder = models / folder_name(RANKER, DIFFERENCE)
    if not is_unpacked(folder):
        if not has_default_weights():
            return None
        from index.e5_build import unpack_ranker

        unpack_ranker(folder, DIFFERENCE)
    return Ranker(OnnxModel(folder))
