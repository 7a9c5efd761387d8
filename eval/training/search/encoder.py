"""Texts through the base model, in batches without much padding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch.nn import functional

from corpus.script import simplify
from index.e5_build import base_model
from index.onnx_embedder import PROMPTS

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
HALF = DEVICE == "cuda" or torch.cpu._is_avx512_bf16_supported()  # bfloat16 is quick here
_TOGETHER = 16  # texts of like length


@dataclass
class Encoder:
    """The base model with its tokenizer; `pad` fills rows up."""

    model: Any
    tokenizer: Any
    pad: int

    @classmethod
    def fresh(cls) -> Encoder:
        model, tokenizer = base_model()
        return cls(model.to(DEVICE), tokenizer, tokenizer.token_to_id("<pad>"))

    def freeze(self, layers: int) -> None:
        """Embeddings and the lowest layers stay as they are."""
        for part in (self.model.embeddings, *self.model.encoder.layer[:layers]):
            part.requires_grad_(False)

    def ids(self, text: str, longest: int) -> list[int]:
        ids: list[int] = self.tokenizer.encode(text).ids
        return ids if len(ids) <= longest else [*ids[: longest - 1], ids[-1]]

    def states(self, rows: Sequence[Sequence[int]]) -> tuple[Any, Any]:
        """(texts, tokens, hidden) in float32 and the (texts, tokens) mask."""
        tokens = torch.nn.utils.rnn.pad_sequence(
            [torch.as_tensor(row) for row in rows], batch_first=True, padding_value=self.pad
        ).to(DEVICE)
        mask = (tokens != self.pad).long()
        with torch.autocast(DEVICE, dtype=torch.bfloat16, enabled=HALF):
            found = self.model(input_ids=tokens, attention_mask=mask).last_hidden_state
        return found.float(), mask

    def vectors(self, rows: Sequence[Sequence[int]]) -> Any:
        """(texts, hidden) unit vectors, in the order of `rows`; texts of like length go through together."""
        order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
        found = []
        for start in range(0, len(order), _TOGETHER):
            states, mask = self.states([rows[i] for i in order[start : start + _TOGETHER]])
            weights = mask.unsqueeze(-1).float()
            found.append((states * weights).sum(1) / weights.sum(1))
        back = torch.as_tensor(sorted(range(len(order)), key=lambda i: order[i]))
        return functional.normalize(torch.cat(found), dim=-1)[back.to(DEVICE)]


def question_text(question: str) -> str:
    return PROMPTS["query"] + simplify(question)
