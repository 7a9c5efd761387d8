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

SCORE, MARK = "score", "mark"
SCORE_HEAD, HEADS = (
    tuple(f"{head}.{part}" for head in heads for part in ("weight", "bias")) for heads in ((SCORE,), (SCORE, MARK))
)


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
    """(pairs, tokens) ids and mask -> (pairs,) scores and (pairs, tokens) marks."""

    def __init__(self, bert: BertModel, heads: Mapping[str, npt.NDArray[np.float32]]) -> None:
        super().__init__()
        self.bert = bert
        self.score, self.mark = _linear(heads, SCORE), _linear(heads, MARK)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        states = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return self.score(_mean(states, attention_mask)).squeeze(-1), self.mark(states).squeeze(-1)


class ScoreGraph(torch.nn.Module):  # type: ignore[misc]
    """(pairs, tokens) ids and mask -> (pairs,) scores."""

    def __init__(self, bert: BertModel, heads: Mapping[str, npt.NDArray[np.float32]]) -> None:
        super().__init__()
        self.bert, self.score = bert, _linear(heads, SCORE)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        states = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        scores: torch.Tensor = self.score(_mean(states, attention_mask)).squeeze(-1)
        return scores


def _mean(states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    weights = mask.unsqueeze(-1).to(states.dtype)
    return (states * weights).sum(1) / weights.sum(1)


def _linear(heads: Mapping[str, npt.NDArray[np.float32]], name: str) -> torch.nn.Linear:
    weight, bias = (torch.from_numpy(heads[f"{name}.{part}"]) for part in ("weight", "bias"))
    linear = torch.nn.Linear(weight.shape[1], 1)
    linear.load_state_dict({"weight": weight, "bias": bias})
    return linear
