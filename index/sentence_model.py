"""Any other sentence-transformers model, by folder or name, as an embedder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from index.embedder import Vectors, averaged
from index.errors import EmbedderError

_SPECIALS = 2  # tokens that open and close a text


class SentenceModel:
    """Uses the model's own prompts named `query` and `passage` (or `document`) where it has them."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer

        try:
            self._model = SentenceTransformer(name, device="cpu", local_files_only=Path(name).exists())
        except Exception as error:  # hubs, files and configurations each raise their own kinds
            raise EmbedderError(
                f"embedding model {name!r} can't be loaded ({type(error).__name__}: {' '.join(str(error).split())[:160]}). "
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
        """A text past the model's window is averaged over its windows, as the default model does."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        windows = [(i, window) for i, text in enumerate(texts) for window in self._windows(text, prompt)]
        vectors = self._model.encode(
            [window for _, window in windows], prompt=prompt or None, normalize_embeddings=True, batch_size=32
        )
        lengths = [len(window) or 1 for _, window in windows]
        return averaged(np.asarray(vectors, np.float32), [i for i, _ in windows], lengths, len(texts))

    def _windows(self, text: str, prompt: str) -> Iterator[str]:
        """The text in pieces that the model takes whole."""
        readable = text.encode("utf-8", "replace").decode("utf-8")
        limit = self._model.max_seq_length
        tokenize = self._model.tokenizer
        if limit is None or not getattr(tokenize, "is_fast", False):
            yield readable
            return
        size = max(limit - len(tokenize(prompt)["input_ids"]) - _SPECIALS, 1)
        spans = tokenize(
            readable, add_special_tokens=False, return_offsets_mapping=True, truncation=False, verbose=False
        )
        offsets = spans["offset_mapping"]
        for start in range(0, max(len(offsets), 1), size):
            piece = offsets[start : start + size]
            yield readable[piece[0][0] : piece[-1][1]] if piece else readable
