"""The packaged embedder at work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from index.embedder import Vectors, averaged
from index.onnx_model import OnnxModel

PROMPTS = {"query": "query: ", "passage": "passage: "}
_TOKENS_A_BATCH = 2048


class OnnxEmbedder:
    """Unit vectors from the model in `folder`. A text past the model's window is averaged over its windows."""

    def __init__(self, folder: Path) -> None:
        self._model = OnnxModel(folder)

    @property
    def name(self) -> str:
        return self._model.manifest.name

    @property
    def dimension(self) -> int:
        return self._model.manifest.dimension

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed([PROMPTS["query"] + text for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._embed([PROMPTS["passage"] + text for text in texts])

    def _embed(self, texts: Sequence[str]) -> Vectors:
        windows = [(i, window) for i, text in enumerate(texts) for window in self._windows(text)]
        windows.sort(key=lambda row: len(row[1]))
        batches = [self._model.run([ids for _, ids in batch])[0] for batch in _batches(windows)]
        vectors = np.concatenate(batches) if batches else np.zeros((0, self.dimension), np.float32)
        return averaged(vectors, [i for i, _ in windows], [len(ids) for _, ids in windows], len(texts))

    def _windows(self, text: str) -> Iterator[list[int]]:
        ids = self._model.encoded(text).ids
        size = self._model.manifest.max_tokens - 2
        for start in range(0, max(len(ids), 1), size):
            yield [self._model.start, *ids[start : start + size], self._model.stop]


def _batches(windows: Sequence[tuple[int, list[int]]]) -> Iterator[Sequence[tuple[int, list[int]]]]:
    """Windows of like length together, so that little is padded; the order is by length."""
    start = 0
    while start < len(windows):
        stop = start + 1
        while stop < len(windows) and len(windows[stop][1]) * (stop + 1 - start) <= _TOKENS_A_BATCH:
            stop += 1
        yield windows[start:stop]
        start = stop
