"""The ranker: question and words read together; whether the words answer, and which of them are what is asked for."""

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
from index.pointing import Stretch

LAYERS = 6
LONGEST, LONGEST_MARKED = 192, 256  # tokens of question and passage together
_QUESTION = 64
_TOGETHER = 16  # pairs of like length


@dataclass(frozen=True)
class Case:
    """One question with what it is read with, each `(front, words)`. `right` are the places of those that answer."""

    question: str
    shown: tuple[tuple[str, str], ...]
    right: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Pointing:
    """One question with words of which some `stretches`, or none, are what is asked for: those at the places `right`."""

    question: str
    front: str
    words: str
    stretches: tuple[Stretch, ...]
    right: frozenset[int]


class Ranker(nn.Module):  # type: ignore[misc]
    """The lowest layers of the base, a score of the whole, and a mark of each token."""

    def __init__(self, encoder: Encoder, layers: int = LAYERS) -> None:
        super().__init__()
        encoder.model.encoder.layer = encoder.model.encoder.layer[:layers]
        self.base = encoder.model
        self.encoder = encoder
        self.score = nn.Linear(encoder.model.config.hidden_size, 1)
        self.mark = nn.Linear(encoder.model.config.hidden_size, 1)

    def forward(self, rows: Sequence[Sequence[int]]) -> tuple[Any, Any]:
        """(pairs,) scores and (pairs, tokens) marks."""
        states, mask = self.encoder.states(rows)
        weights = mask.unsqueeze(-1).float()
        whole = (states * weights).sum(1) / weights.sum(1)
        return self.score(whole).squeeze(-1), self.mark(states).squeeze(-1)


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


def marked_ids(encoder: Encoder, case: Pointing) -> tuple[list[int], tuple[tuple[int, int], ...]]:
    """As `pair_ids`, and the tokens of each stretch; of one that is cut off none."""
    first = encoder.ids(simplify(case.question), _QUESTION)
    encoded = encoder.tokenizer.encode(f"{case.front}\n{simplify(case.words)}", add_special_tokens=False)
    ids = [*first, *encoded.ids[: LONGEST_MARKED - len(first) - 1], first[-1]]
    own = len(case.front) + 1
    places = [
        [len(first) + i for i, (a, b) in enumerate(encoded.offsets) if b > start + own and a < end + own]
        for start, end in case.stretches
    ]
    read = [[place for place in row if place < len(ids) - 1] for row in places]
    return ids, tuple((row[0], row[-1] + 1) if row else (0, 0) for row in read)


def fit(
    ranker: Ranker,
    passes: Sequence[Sequence[Case | Pointing]],
    pace: Pace,
    seed: int,
    tell: Callable[[str], None],
) -> None:
    """Fits `ranker` in place, by the cases of one pass after the other's."""
    chance = random.Random(seed)
    torch.manual_seed(seed)
    ranker.encoder.freeze(pace.frozen)
    base = [one for one in ranker.base.parameters() if one.requires_grad]
    heads = [*ranker.score.parameters(), *ranker.mark.parameters()]
    optimiser = torch.optim.AdamW(
        [{"params": base, "lr": pace.rate}, {"params": heads, "lr": pace.head_rate}], weight_decay=0.01
    )
    batches = [batch for cases in passes for batch in _mixed(cases, pace.together, chance)]
    steps = len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.06 * steps + 1)) * max(0.03, 1 - step / steps)
    )
    ranker.train()
    total = 0.0
    for step, batch in enumerate(batches):
        loss = _pointing_loss(ranker, batch) if isinstance(batch[0], Pointing) else _loss(ranker, batch)
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


def _mixed(cases: Sequence[Case | Pointing], together: int, chance: random.Random) -> list[Sequence[Any]]:
    """Batches of one sort each, in no order."""
    sorts = [[case for case in cases if isinstance(case, sort)] for sort in (Case, Pointing)]
    rows = [chance.sample(some, len(some)) for some in sorts]
    batches = [some[start : start + together] for some in rows for start in range(0, len(some), together)]
    return chance.sample(batches, len(batches))


def _pointing_loss(ranker: Ranker, cases: Sequence[Pointing]) -> Any:
    """Each stretch by itself, and those that are meant beside those that aren't."""
    rows = [marked_ids(ranker.encoder, case) for case in cases]
    _, marks = ranker([ids for ids, _ in rows])
    losses = []
    for case, own, (_, places) in zip(cases, marks, rows, strict=True):
        read = [i for i, (start, end) in enumerate(places) if end > start]
        wanted = torch.tensor([float(i in case.right) for i in read], device=own.device)
        if not read:
            continue
        scores = torch.stack([own[slice(*places[i])].mean() for i in read])
        losses.append(functional.binary_cross_entropy_with_logits(scores, wanted))
        if 0 < wanted.sum() < len(read):
            losses.append(scores.logsumexp(0) - scores[wanted > 0].logsumexp(0))
    return torch.stack(losses).sum() / len(cases) if losses else marks.sum() * 0.0


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
    found = [
        ranker([pairs[i] for i in order[start : start + _TOGETHER]])[0] for start in range(0, len(order), _TOGETHER)
    ]
    back = sorted(range(len(order)), key=lambda i: order[i])
    return torch.cat(found)[torch.tensor(back)]
