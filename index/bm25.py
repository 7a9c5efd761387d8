"""The words side of the index: BM25 by bm25s over the terms of `index.words`."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import bm25s
import numpy as np
import numpy.typing as npt

logging.getLogger("bm25s").setLevel(logging.WARNING)
Scores = npt.NDArray[np.float32]


class Bm25:
    """Scores every text for a question's terms; term weights repeat a term's score."""

    def __init__(self, engine: bm25s.BM25, size: int) -> None:
        self._engine = engine
        self._size = size

    @classmethod
    def build(cls, texts: Sequence[Sequence[str]]) -> Self:
        engine = bm25s.BM25(method="lucene", k1=1.2, b=0.6)
        engine.index([list(terms) or [""] for terms in texts], show_progress=False)
        return cls(engine, len(texts))

    def scores(self, terms: Sequence[str]) -> Scores:
        """(number of texts,) float32; zeros when no term is known."""
        known = [term for term in terms if term in self._engine.vocab_dict]
        if not known:
            return np.zeros(self._size, np.float32)
        return np.asarray(self._engine.get_scores(known), np.float32)[: self._size]

    def save(self, folder: Path) -> None:
        self._engine.save(str(folder), show_progress=False)

    @classmethod
    def load(cls, folder: Path, size: int) -> Self:
        return cls(bm25s.BM25.load(str(folder), load_corpus=False, mmap=True), size)
