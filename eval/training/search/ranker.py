"""The ranker: question and words read together; whether the words answer, and which of them are what is asked for."""

from __future__ import annotations

import copy
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

LAYERS = 12
LONGEST, LONGEST_MARKED = 192, 256  # tokens of question and passage together
_QUESTION = 64
_TOGETHER = 64  # pairs of like length
_KEPT = 0.999  # of the mean of the weights, at each step: it is the mean that is shipped
_NEVER = -1e4  # the score of what isn't there


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
    passes: int = 8
    rate: float = 1e-4
    head_rate: float = 8e-4
    together: int = 48  # questions


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
) -> Ranker:
    """The mean of `ranker` while it is fitted, by the cases of one pass after the other's."""
    chance = random.Random(seed)
    torch.manual_seed(seed)
    optimiser = torch.optim.AdamW(_groups(ranker, pace), weight_decay=0.01)
    batches = [batch for cases in passes for batch in _mixed(cases, pace.together, chance)]
    steps = len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.05 * steps + 1)) * max(0.02, 1 - step / steps)
    )
    mean: Ranker = copy.deepcopy(ranker)
    mean.eval()
    ranker.train()
    total = 0.0
    for step, batch in enumerate(batches):
        loss = _pointing_loss(ranker, batch) if isinstance(batch[0], Pointing) else _loss(ranker, batch)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(ranker.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        follow(mean, ranker, step)
        total += float(loss.detach())
        if (step + 1) % 50 == 0:
            tell(f"step {step + 1} of {steps}, loss {total / 50:.3f}")
            total = 0.0
    return mean


def follow(mean: nn.Module, network: nn.Module, step: int) -> None:
    """Moves the running mean of the weights; at first by more, so that it forgets where it began."""
    kept = min(_KEPT, (step + 2) / (step + 11))
    with torch.no_grad():
        for one, other in zip(mean.parameters(), network.parameters(), strict=True):
            one.lerp_(other, 1 - kept)


def _groups(ranker: Ranker, pace: Pace) -> list[dict[str, Any]]:
    """Rows of tokens that no text has stay as they are: decayed they would all have to be shipped."""
    embeddings = [*ranker.base.embeddings.parameters()]
    layers = [*ranker.base.encoder.parameters()]
    heads = [*ranker.score.parameters(), *ranker.mark.parameters()]
    return [
        {"params": embeddings, "lr": pace.rate, "weight_decay": 0.0},
        {"params": layers, "lr": pace.rate},
        {"params": heads, "lr": pace.head_rate},
    ]


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
    starts, ends = (_table([[place[side] for place in places] for _, places in rows], marks) for side in (0, 1))
    is_read = ends > starts
    sums = functional.pad(marks.cumsum(1), (1, 0))
    scores = (sums.gather(1, ends) - sums.gather(1, starts)) / (ends - starts).clamp(min=1)
    wanted = _table([[i in case.right for i in range(len(case.stretches))] for case in cases], marks) * is_read
    each = functional.binary_cross_entropy_with_logits(scores, wanted.float(), reduction="none") * is_read
    loss = (each.sum(1) / is_read.sum(1).clamp(min=1)).mean()
    has_both = (wanted.sum(1) > 0) & (wanted.sum(1) < is_read.sum(1))
    beside = scores.masked_fill(~is_read, _NEVER)
    missed = beside.logsumexp(1) - beside.masked_fill(wanted == 0, _NEVER).logsumexp(1)
    return loss + (missed * has_both).sum() / len(cases)


def _loss(ranker: Ranker, cases: Sequence[Case]) -> Any:
    """Each pair by itself, and those that answer a question beside those that don't."""
    found = _scores(ranker, [pair_ids(ranker.encoder, case.question, *shown) for case in cases for shown in case.shown])
    first = [sum(len(case.shown) for case in cases[:i]) for i in range(len(cases))]
    places = _table([range(at, at + len(case.shown)) for at, case in zip(first, cases, strict=True)], found)
    is_shown = _table([[1] * len(case.shown) for case in cases], found) > 0
    wanted = _table([[i in case.right for i in range(len(case.shown))] for case in cases], found)
    scores = found[places]
    loss = functional.binary_cross_entropy_with_logits(scores[is_shown], wanted[is_shown].float())
    has_both = (wanted.sum(1) > 0) & (wanted.sum(1) < is_shown.sum(1))
    if not has_both.any():
        return loss
    beside = scores.masked_fill(~is_shown, _NEVER)
    missed = beside.logsumexp(1) - beside.masked_fill(wanted == 0, _NEVER).logsumexp(1)
    return loss + missed[has_both].mean()


def _table(rows: Sequence[Sequence[int]], beside: Any) -> Any:
    """Whole numbers in rows filled up with zeros, where `beside` lies."""
    tensors = [torch.as_tensor(list(row), dtype=torch.int64) for row in rows]
    return torch.nn.utils.rnn.pad_sequence(tensors, batch_first=True).to(beside.device)


def _scores(ranker: Ranker, pairs: Sequence[Sequence[int]]) -> Any:
    """(pairs,) in their order; those of like length go through together."""
    order = sorted(range(len(pairs)), key=lambda i: len(pairs[i]))
    found = [
        ranker([pairs[i] for i in order[start : start + _TOGETHER]])[0] for start in range(0, len(order), _TOGETHER)
    ]
    back = sorted(range(len(order)), key=lambda i: order[i])
    return torch.cat(found)[torch.tensor(back)]
