"""The verifier: the ranker's layers with a low-rank change to each of their products, and a score of its own."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.nn import functional
from torch.nn.utils import parametrize

from eval.training.check.claims import Claim
from eval.training.search.encoder import HALF, Encoder
from index.difference import Floats
from index.verifier import PAIR_TOKENS, SAID_TOKENS

_RANK = 16
_TOGETHER = 16  # pairs of like length
_POOL = 20  # batches among which pairs are sorted by length


@dataclass(frozen=True)
class Pace:
    rate: float = 1.5e-3
    head_rate: float = 2e-3
    together: int = 32  # pairs


class LowRank(nn.Module):  # type: ignore[misc]
    """What is added to a matrix of `rows` x `columns`: the product of two narrow ones."""

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__()
        self.left = nn.Parameter(torch.zeros(rows, _RANK))
        self.right = nn.Parameter(torch.randn(_RANK, columns) * columns**-0.5)

    def forward(self, weight: Any) -> Any:
        return weight + (self.left @ self.right).to(weight.dtype)


class Verifier(nn.Module):  # type: ignore[misc]
    """`encoder` is the ranker's. Nothing is dropped out while it is fitted: a narrow change learns little by heart."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.base, self.encoder = encoder.model.to(torch.bfloat16 if HALF else torch.float32), encoder
        self.base.requires_grad_(False)
        for module in self.base.encoder.modules():
            if isinstance(module, nn.Linear):
                parametrize.register_parametrization(module, "weight", LowRank(*module.weight.shape))
        self.score = nn.Linear(encoder.model.config.hidden_size, 1)

    def forward(self, rows: Sequence[Sequence[int]]) -> Any:
        """(pairs,) logits."""
        states, mask = self.encoder.states(rows)
        weights = mask.unsqueeze(-1).float()
        return self.score((states * weights).sum(1) / weights.sum(1)).squeeze(-1)

    def changes(self) -> dict[str, Floats]:
        """The narrow matrices by the names of transformers' BertModel with `.left` and `.right`, and the score's."""
        found = {}
        for name, one in self.named_parameters():
            if one.requires_grad:
                plain = name.removeprefix("base.").replace("parametrizations.weight.0.", "weight.")
                found[plain] = one.detach().cpu().float().numpy().copy()
        return found


def pair_ids(encoder: Encoder, claim: Claim) -> list[int]:
    """Token ids of `<s> question and sentence </s> front and words </s>`."""
    first = encoder.ids(claim.said, SAID_TOKENS)
    return first + encoder.ids(claim.read, PAIR_TOKENS - len(first) + 1)[1:]


def fit(
    verifier: Verifier, passes: Sequence[Sequence[Claim]], pace: Pace, seed: int, tell: Callable[[str], None]
) -> Verifier:
    """Fitted by the claims of one pass after the other's; pairs of like length go together."""
    chance = random.Random(seed)
    torch.manual_seed(seed)
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for p in verifier.base.parameters() if p.requires_grad], "lr": pace.rate},
            {"params": verifier.score.parameters(), "lr": pace.head_rate},
        ],
        weight_decay=0.01,
    )
    batches = [batch for claims in passes for batch in _batches(verifier.encoder, claims, pace.together, chance)]
    steps = len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.05 * steps + 1)) * max(0.02, 1 - step / steps)
    )
    verifier.eval()
    total = 0.0
    for step, batch in enumerate(batches):
        wanted = torch.tensor([float(right) for _, right in batch])
        found = verifier([ids for ids, _ in batch])
        loss = functional.binary_cross_entropy_with_logits(found, wanted.to(found.device))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(verifier.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        total += float(loss.detach())
        if (step + 1) % 25 == 0:
            tell(f"step {step + 1} of {steps}, loss {total / 25:.3f}")
            total = 0.0
    return verifier


def logits(verifier: Verifier, claims: Sequence[Claim]) -> list[float]:
    """Of each claim, in order."""
    rows = [pair_ids(verifier.encoder, claim) for claim in claims]
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    found = [0.0] * len(rows)
    with torch.no_grad():
        for start in range(0, len(order), _TOGETHER):
            places = order[start : start + _TOGETHER]
            for place, logit in zip(places, verifier([rows[i] for i in places]).tolist(), strict=True):
                found[place] = logit
    return found


def _batches(
    encoder: Encoder, claims: Sequence[Claim], together: int, chance: random.Random
) -> list[list[tuple[list[int], bool]]]:
    rows = [(pair_ids(encoder, claim), claim.right) for claim in chance.sample(claims, len(claims))]
    batches = []
    for start in range(0, len(rows), together * _POOL):
        pool = sorted(rows[start : start + together * _POOL], key=lambda row: len(row[0]))
        batches += [pool[at : at + together] for at in range(0, len(pool), together)]
    return chance.sample(batches, len(batches))
