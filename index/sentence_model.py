"""Any other sentence-transformers model, by folder or name, as an embedder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.embedder import Vectors
from index.errors import EmbedderError


class SentenceModel:
    """Uses the model's own prompts named `query` and `passage` (or `document`) where it has them."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer

        try:
            self._model = SentenceTransformer(name, device="cpu", local_files_only=Path(name).exists())
        except Exception as error:  # hubs, files and configurations each raise their own kinds
            raise EmbedderError(
                f"embedding model {name!r} can't be loaded ({type(error).__name__}: {str(error).splitlines()[0][:160]}). "
                "Set POLICYQA_EMBEDDER to a folder that holds a sentence-transformers model, or to e5-small."
            ) from error
        self._name = name
        prompts = self._model.prompts or {}
        self._query = prompts.get("query", "")
        self._passage = prompts.get("passage", prompts.get("document", ""))

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimension(self) -> int:
        return int(self._model.get_embedding_dimension() or 0)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, self._query)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, self._passage)

    def _embed(self, texts: Sequence[str], prompt: str) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        readable = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        vectors = self._model.encode(readable, prompt=prompt or None, normalize_embeddings=True, batch_size=32)
        return np.asarray(vectors, np.float32)
