"""The default embedder at work: an int8 ONNX file and its tokenizer, without torch."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from index.embedder import Vectors, averaged
from index.errors import EmbedderError

MODEL_FOLDER = "multilingual-e5-small-int8"
MODEL_FILE, TOKENIZER_FILE, MANIFEST = "model.onnx", "tokenizer.json", "manifest.json"
PROMPTS = {"query": "query: ", "passage": "passage: "}
_TOKENS_A_BATCH = 2048


@dataclass(frozen=True)
class Manifest:
    """Written last into the model's folder: present means complete."""

    name: str
    dimension: int
    max_tokens: int

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def is_unpacked(folder: Path) -> bool:
    return (folder / MANIFEST).exists()


class OnnxEmbedder:
    """Unit vectors from the model in `folder`. A text past the model's window is averaged over its windows."""

    def __init__(self, folder: Path) -> None:
        try:
            self._manifest = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = min(os.cpu_count() or 1, 4)
            # threads that wait spin by default, and take the cores from whoever else answers
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            options.log_severity_level = 3
            self._session = onnxruntime.InferenceSession(
                str(folder / MODEL_FILE), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # each library raises its own kinds for a damaged file
            raise EmbedderError(
                f"{folder}: the embedding model is damaged ({type(error).__name__}). "
                "Remove that folder and run: policyqa index"
            ) from error
        self._pad, self._start, self._stop = (self._id_of(token, folder) for token in ("<pad>", "<s>", "</s>"))

    @property
    def name(self) -> str:
        return self._manifest.name

    @property
    def dimension(self) -> int:
        return self._manifest.dimension

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed([PROMPTS["query"] + text for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._embed([PROMPTS["passage"] + text for text in texts])

    def _embed(self, texts: Sequence[str]) -> Vectors:
        windows = [(i, window) for i, text in enumerate(texts) for window in self._windows(text)]
        windows.sort(key=lambda row: len(row[1]))
        batches = [self._run([ids for _, ids in batch]) for batch in _batches(windows)]
        vectors = np.concatenate(batches) if batches else np.zeros((0, self.dimension), np.float32)
        return averaged(vectors, [i for i, _ in windows], [len(ids) for _, ids in windows], len(texts))

    def _id_of(self, token: str, folder: Path) -> int:
        found = self._tokenizer.token_to_id(token)
        if found is None:
            raise EmbedderError(f"{folder}: the tokenizer has no {token}. Remove that folder and run: policyqa index")
        return found

    def _windows(self, text: str) -> Iterator[list[int]]:
        ids = self._tokenizer.encode(_encodable(text), add_special_tokens=False).ids
        size = self._manifest.max_tokens - 2
        for start in range(0, max(len(ids), 1), size):
            yield [self._start, *ids[start : start + size], self._stop]

    def _run(self, rows: list[list[int]]) -> Vectors:
        width = max(map(len, rows))
        ids = np.full((len(rows), width), self._pad, np.int64)
        mask = np.zeros((len(rows), width), np.int64)
        for i, row in enumerate(rows):
            ids[i, : len(row)] = row
            mask[i, : len(row)] = 1
        (vectors,) = self._session.run(["vectors"], {"input_ids": ids, "attention_mask": mask})
        result: Vectors = vectors
        return result


def _encodable(text: str) -> str:
    """A lone surrogate has no UTF-8: it is searched as the replacement character."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _batches(windows: Sequence[tuple[int, list[int]]]) -> Iterator[Sequence[tuple[int, list[int]]]]:
    """Windows of like length together, so that little is padded; the order is by length."""
    start = 0
    while start < len(windows):
        stop = start + 1
        while stop < len(windows) and len(windows[stop][1]) * (stop + 1 - start) <= _TOKENS_A_BATCH:
            stop += 1
        yield windows[start:stop]
        start = stop
