"""A packaged model at work: an int8 ONNX file and its tokenizer, without torch."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Encoding, Tokenizer

from index.errors import EmbedderError

MODEL_FILE, TOKENIZER_FILE, MANIFEST = "model.onnx", "tokenizer.json", "manifest.json"


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


class OnnxModel:
    """The model in `folder`. Safe to share between threads. Raises EmbedderError where a file of it is damaged."""

    def __init__(self, folder: Path) -> None:
        try:
            self.manifest = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
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
                f"{folder}: the model is damaged ({type(error).__name__}). Remove that folder and run: policyqa index"
            ) from error
        self._pad, self.start, self.stop = (self._id_of(token, folder) for token in ("<pad>", "<s>", "</s>"))

    def encoded(self, text: str) -> Encoding:
        """Tokens without start and stop. A lone surrogate has no UTF-8: it is read as the replacement character."""
        return self._tokenizer.encode(text.encode("utf-8", "replace").decode("utf-8"), add_special_tokens=False)

    def run(self, rows: Sequence[Sequence[int]]) -> list[Any]:
        """The model's outputs for rows of token ids, filled up to the longest."""
        width = max(map(len, rows))
        ids = np.full((len(rows), width), self._pad, np.int64)
        mask = np.zeros((len(rows), width), np.int64)
        for i, row in enumerate(rows):
            ids[i, : len(row)] = row
            mask[i, : len(row)] = 1
        found: list[Any] = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        return found

    def _id_of(self, token: str, folder: Path) -> int:
        found: int | None = self._tokenizer.token_to_id(token)
        if found is None:
            raise EmbedderError(f"{folder}: the tokenizer has no {token}. Remove that folder and run: policyqa index")
        return found
