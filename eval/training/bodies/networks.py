"""The teacher, which is accurate and slow, and the student, which is shipped.

Both give, for each character, scores of outside, begins, inside and of the roles.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from corpus.tagger import ROLES
from eval.training.bodies.encoding import Batch

_DILATIONS = (1, 2, 4, 8, 1, 2, 4, 8)  # as corpus/tagger.py has them


class Teacher(nn.Module):  # type: ignore[misc]
    """`base`, a BertModel, reads tokens; two convolutions over characters know where in a token a name ends."""

    def __init__(self, base: Any, characters: int) -> None:
        super().__init__()
        hidden = base.config.hidden_size
        self.base = base
        self.character = nn.Embedding(characters + 2, 64)
        self.place = nn.Embedding(8, 32)
        self.first = nn.Conv1d(hidden + 64 + 32, 256, 5, padding=2)
        self.second = nn.Conv1d(256, 256, 3, padding=1)
        self.tags = nn.Linear(256, 3)
        self.roles = nn.Linear(256, len(ROLES))
        self.drop = nn.Dropout(0.15)

    def forward(self, batch: Batch) -> tuple[Any, Any]:
        read = self.base(input_ids=batch.tokens, attention_mask=batch.attention).last_hidden_state
        read = torch.gather(read, 1, batch.token_of.unsqueeze(-1).expand(-1, -1, read.size(-1)))
        state = torch.cat([read, self.character(batch.characters), self.place(batch.place)], -1)
        state = nn.functional.gelu(self.first(self.drop(state).transpose(1, 2)))
        state = (state + nn.functional.gelu(self.second(self.drop(state)))).transpose(1, 2)
        return self.tags(state), self.roles(state)


class Student(nn.Module):  # type: ignore[misc]
    """Gated convolutions over characters. The short names are the keys of the file that corpus/tagger.py reads."""

    def __init__(self, characters: int, embedding: int = 96, channels: int = 192) -> None:
        super().__init__()
        self.e = nn.Embedding(characters + 2, embedding)
        self.i = nn.Linear(embedding, channels)
        self.cs = nn.ModuleList(
            nn.Conv1d(channels, 2 * channels, 3, padding=dilation, dilation=dilation) for dilation in _DILATIONS
        )
        self.o = nn.Linear(channels, 3)
        self.r = nn.Linear(channels, len(ROLES))
        self.drop = nn.Dropout(0.1)

    def forward(self, batch: Batch) -> tuple[Any, Any]:
        present = (batch.characters > 0).unsqueeze(1).float()
        state = self.i(self.drop(self.e(batch.characters))).transpose(1, 2) * present
        for convolution in self.cs:
            given, gate = convolution(self.drop(state)).chunk(2, 1)
            state = (state + given * torch.sigmoid(gate)) * present
        state = state.transpose(1, 2)
        return self.o(state), self.r(state)
