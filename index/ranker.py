"""The small model that reads question and passage together: does the one answer the other, and with which words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.embedder import folder_name, has_default_weights
from index.types import PairReading

if TYPE_CHECKING:
    from index.onnx_model import OnnxModel

RANKER, DIFFERENCE = "ranker", Path(__file__).parent / "models" / "ranker.npz"
QUESTION_TOKENS, PAIR_TOKENS = 64, 192  # the second part has what the first leaves; start and stops count


class Ranker:
    """Safe to share between threads."""

    def __init__(self, model: OnnxModel) -> None:
        self._model = model

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> tuple[PairReading, ...]:
        """`passages` are (front, words) pairs; everything in simplified characters."""
        if not passages:
            return ()
        first = [self._model.start, *self._model.encoded(question).ids[: QUESTION_TOKENS - 2], self._model.stop]
        room = PAIR_TOKENS - len(first) - 1
        encoded = [self._model.encoded(f"{front}\n{words}") for front, words in passages]
        scores, marks = self._model.run([[*first, *one.ids[:room], self._model.stop] for one in encoded])
        return tuple(
            PairReading(float(score), _of_characters(row[len(first) :], one.offsets[:room], len(front) + 1, len(words)))
            for score, row, one, (front, words) in zip(scores, marks, encoded, passages, strict=True)
        )


def _of_characters(
    marks: npt.NDArray[np.float32], offsets: Sequence[tuple[int, int]], begins: int, length: int
) -> npt.NDArray[np.float32]:
    found = np.full(length, -20.0, np.float32)
    for mark, (start, end) in zip(marks, offsets, strict=False):
        if end > begins:
            found[max(start - begins, 0) : end - begins] = mark
    return found


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
