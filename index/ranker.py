"""The small model that reads question and passage together: does the one answer the other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.embedder import folder_name, has_default_weights

if TYPE_CHECKING:
    from index.onnx_model import OnnxModel

RANKER, DIFFERENCE = "ranker", Path(__file__).parent / "models" / "ranker.npz"
QUESTION_TOKENS, PAIR_TOKENS = 64, 192  # the second part has what the first leaves; start and stops count


class Ranker:
    """Safe to share between threads."""

    def __init__(self, model: OnnxModel) -> None:
        self._model = model

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> tuple[float, ...]:
        """For each of the (front, words) pairs the logit that it answers; everything in simplified characters."""
        if not passages:
            return ()
        first = [self._model.start, *self._model.encoded(question).ids[: QUESTION_TOKENS - 2], self._model.stop]
        room = PAIR_TOKENS - len(first) - 1
        encoded = [self._model.encoded(f"{front}\n{words}").ids[:room] for front, words in passages]
        (scores,) = self._model.run([[*first, *ids, self._model.stop] for ids in encoded])
        return tuple(map(float, scores))


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
