"""The ranker: question and words read together; whether the words answer."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from corpus.script import simplify
from eval.training.search.encoder import Encoder

LAYERS = 6
LONGEST = 192  # tokens of question and passage together
_QUESTION = 64
_TOGETHER = 16  # pairs of like length


@dataclass(frozen=True)
class Case:
    """One question with what it is read with, each `(front, words)`. `right` are the places of those that answer."""

    question: str
    shown: tuple[tuple[str, str], ...]
    right: frozenset[int] = frozenset()


class Ranker(nn.Module):  # type: ignore[misc]
    """The lowest layers of the base and a score of the whole."""

    def __init__(self, encoder: Encoder, layers: int = LAYERS) -> None:
        super().__init__()
        encoder.model.encoder.layer = encoder.model.encoder.layer[:layers]
        self.base = encoder.model
        self.encoder = encoder
        self.score = nn.Linear(encoder.model.config.hidden_size, 1)

    def forward(self, rows: Sequence[Sequence[int]]) -> Any:
        """(pairs,) scores."""
        states, mask = self.encoder.states(rows)
        weights = mask.unsqueeze(-1).float()
        whole = (states * weights).sum(1) / weights.sum(1)
        return self.score(whole).squeeze(-1)


@dataclass(frozen=True)
class Pace:
    passes: int = 4
    rate: float = 8e-5
    head_rate: float = 1e-3
    together: int = 12  # questions
    frozen: int = 0


def pair_ids(encoder: Encoder, question: str, front: str, words: str) -> list[int]:
    """Token ids of `<s> question </s> front and words </s>`."""
    first = encoder.ids(simplify(question), _QUESTION)
    second = encoder.ids(f"{front}\n{simplify(words)}", LONGEST - len(first) + 1)
    return first + second[1:]


def fit(ranker: Ranker, passes: Sequence[Sequence[Case]], pace: Pace, seed: int, tell: Callable[[str], None]) -> None:
    """Fits `ranker` in place, by the cases of one pass after the other's."""
    chance = random.Random(seed)
    torch.manual_seed(seed)
    ranker.encoder.freeze(pace.frozen)
    base = [one for one in ranker.base.parameters() if one.requires_grad]
    heads = [*ranker.score.parameters()]
    optimiser = torch.optim.AdamW(
        [{"params": base, "lr": pace.rate}, {"params": heads, "lr": pace.head_rate}], weight_decay=0.01
    )
    batches = [batch for cases in passes for batch in _batches(cases, pace.together, chance)]
    steps = len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.06 * steps + 1)) * max(0.03, 1 - step / steps)
    )
    ranker.train()
    total = 0.0
    for step, batch in enumerate(batches):
        loss = _loss(ranker, batch)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_([*base, *heads], 1.0)
        optimiser.step()
        schedule.step()
        total += float(loss.detach())
        if (step + 1) % 50 == 0:
            tell(f"step {step + 1} of {steps}, loss {total / 50:.3f}")
            total = 0.0
    ranker.eval()


def _batches(cases: Sequence[Case], together: int, chance: random.Random) -> list[Sequence[Case]]:
    rows = chance.sample(cases, len(cases))
    return [rows[start : start + together] for start in range(0, len(rows), together)]


def _loss(ranker: Ranker, cases: Sequence[Case]) -> Any:
    """Each pair by itself, and those that answer a question beside those that don't."""
    pairs = [pair_ids(ranker.encoder, case.question, *shown) for case in cases for shown in case.shown]
    wanted = torch.tensor([float(place in case.right) for case in cases for place in range(len(case.shown))])
    scores = _scores(ranker, pairs)
    chosen, start = [], 0
    for case in cases:
        own = scores[start : start + len(case.shown)]
        start += len(case.shown)
        if case.right and len(case.right) < len(case.shown):
            chosen.append(own.logsumexp(0) - own[sorted(case.right)].logsumexp(0))
    loss = functional.binary_cross_entropy_with_logits(scores, wanted)
    return loss + torch.stack(chosen).mean() if chosen else loss


def _scores(ranker: Ranker, pairs: Sequence[Sequence[int]]) -> Any:
    """(pairs,) in their order; those of like length go through together."""
    order = sorted(range(len(pairs)), key=lambda i: len(pairs[i]))
    found = [ranker([pairs[i] for i in order[start : start + _TOGETHER]]) for start in range(0, len(order), _TOGETHER)]
    back = sorted(range(len(order)), key=lambda i: order[i])
    return torch.cat(found)[torch.tensor(back)]
