"""From token ids to what is asked of the packaged model, as torch exports it. Imports torch: for unpacking only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import torch

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from transformers import BertModel

HEADS = ("score.weight", "score.bias")


class SentenceGraph(torch.nn.Module):  # type: ignore[misc]
    """(texts, tokens) ids and mask -> (texts, dimension) unit vectors."""

    def __init__(self, model: SentenceTransformer) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        features = {"input_ids": input_ids, "attention_mask": attention_mask}
        vectors: torch.Tensor = self.model(features)["sentence_embedding"]
        return vectors


class PairGraph(torch.nn.Module):  # type: ignore[misc]
    """(pairs, tokens) ids and mask -> (pairs,) scores."""

    def __init__(self, bert: BertModel, heads: Mapping[str, npt.NDArray[np.float32]]) -> None:
        super().__init__()
        self.bert = bert
        weight, bias = (torch.from_numpy(heads[name]) for name in HEADS)
        self.score = torch.nn.Linear(weight.shape[1], 1)
        self.score.load_state_dict({"weight": weight, "bias": bias})

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        states = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        weights = attention_mask.unsqueeze(-1).to(states.dtype)
        whole = (states * weights).sum(1) / weights.sum(1)
        scores: torch.Tensor = self.score(whole).squeeze(-1)
        return scores
