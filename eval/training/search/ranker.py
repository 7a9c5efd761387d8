"""The ranker: question and sentence read together; whether the one answers the other, and with which words."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from corpus.script import simplify
from eval.training.search.encoder import Encoder
from eval.training.search.lessons import Passage

LAYERS = 6
LONGEST = 192  # tokens of question and passage together
_QUESTION = 64
_MARKS_WEIGH, _ALONE_WEIGH = 0.15, 0.5


@dataclass(frozen=True)
class Case:
    """One question with passages to choose from. `answering` is the place of the one that answers, or -1."""

    question: str
    passages: tuple[tuple[Passage, tuple[int, ...]], ...]  # with the sentences of it that are shown
    answering: int
    words: str = ""


class Ranker(nn.Module):  # type: ignore[misc]
    """The lowest layers of the base, a score of the whole, and one of each token: is it part of the answer."""

    def __init__(self, encoder: Encoder, layers: int = LAYERS) -> None:
        super().__init__()
        encoder.model.encoder.layer = encoder.model.encoder.layer[:layers]
        self.base = encoder.model
        self.encoder = encoder
        hidden = encoder.model.config.hidden_size
        self.score = nn.Linear(hidden, 1)
        self.mark = nn.Linear(hidden, 1)

    def forward(self, rows: Sequence[Sequence[int]]) -> tuple[Any, Any]:
        """(pairs,) scores and (pairs, tokens) marks."""
        states, mask = self.encoder.states(rows)
        weights = mask.unsqueeze(-1).float()
        whole = (states * weights).sum(1) / weights.sum(1)
        return self.score(whole).squeeze(-1), self.mark(states).squeeze(-1)


@dataclass(frozen=True)
class Pace:
    epochs: float = 1.0
    rate: float = 8e-5
    head_rate: float = 1e-3
    together: int = 12  # questions
    frozen: int = 0


def pair_ids(encoder: Encoder, question: str, passage: Passage, sentences: Sequence[int]) -> tuple[list[int], int]:
    """Token ids of `<s> question </s> front and sentences </s>`, and where the second part begins."""
    first = encoder.ids(simplify(question), _QUESTION)
    words = "".join(passage.sentences[i] for i in sorted(sentences)) or passage.text
    second = encoder.ids(f"{passage.front}\n{simplify(words)}", LONGEST - len(first) + 1)
    return first + second[1:], len(first)


def fit(ranker: Ranker, cases: Sequence[Case], pace: Pace, seed: int, tell: Callable[[str], None]) -> None:
    """Fits `ranker` in place."""
    chance = random.Random(seed)
    torch.manual_seed(seed)
    ranker.encoder.freeze(pace.frozen)
    base = [one for one in ranker.base.parameters() if one.requires_grad]
    heads = [*ranker.score.parameters(), *ranker.mark.parameters()]
    optimiser = torch.optim.AdamW(
        [{"params": base, "lr": pace.rate}, {"params": heads, "lr": pace.head_rate}], weight_decay=0.01
    )
    steps = math.ceil(pace.epochs * len(cases) / pace.together)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.06 * steps + 1)) * max(0.03, 1 - step / steps)
    )
    ranker.train()
    rows, total = list(cases), 0.0
    for step in range(steps):
        start = step * pace.together % len(rows)
        if start < pace.together:
            chance.shuffle(rows)
        loss = _loss(ranker, rows[start : start + pace.together])
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


def _loss(ranker: Ranker, cases: Sequence[Case]) -> Any:
    pairs, owners = [], []
    for number, case in enumerate(cases):
        for place, (passage, sentences) in enumerate(case.passages):
            pairs.append(pair_ids(ranker.encoder, case.question, passage, sentences))
            owners.append((number, place == case.answering))
    order = sorted(range(len(pairs)), key=lambda i: len(pairs[i][0]))
    scores: list[Any] = [None] * len(pairs)
    marked = []
    for start in range(0, len(order), 16):
        some = order[start : start + 16]
        found, marks = ranker([pairs[i][0] for i in some])
        for row, i in enumerate(some):
            scores[i] = found[row]
            number, answers = owners[i]
            if answers and cases[number].words:
                marked.append(_mark_loss(ranker.encoder, marks[row], pairs[i], cases[number].words))
    alone = functional.binary_cross_entropy_with_logits(
        torch.stack(scores), torch.tensor([float(answers) for _, answers in owners])
    )
    chosen = []
    for number, case in enumerate(cases):
        if case.answering >= 0 and len(case.passages) > 1:
            own = torch.stack([score for score, owner in zip(scores, owners, strict=True) if owner[0] == number])
            chosen.append(functional.cross_entropy(own.unsqueeze(0), torch.tensor([case.answering])))
    loss = _ALONE_WEIGH * alone * 2
    if chosen:
        loss = loss + torch.stack(chosen).mean()
    if marked:
        loss = loss + _MARKS_WEIGH * torch.stack(marked).mean()
    return loss


def _mark_loss(encoder: Encoder, marks: Any, pair: tuple[list[int], int], words: str) -> Any:
    ids, begins = pair
    wanted = encoder.tokenizer.encode(simplify(words), add_special_tokens=False).ids
    labels = torch.zeros(len(ids))
    text = "".join(encoder.tokenizer.id_to_token(i).replace("▁", "") for i in ids[begins:])
    target = "".join(encoder.tokenizer.id_to_token(i).replace("▁", "") for i in wanted)
    at = text.find(target)
    if at >= 0:
        place = 0
        for number, i in enumerate(ids[begins:], start=begins):
            length = len(encoder.tokenizer.id_to_token(i).replace("▁", ""))
            labels[number] = float(place < at + len(target) and place + length > at)
            place += length
    return functional.binary_cross_entropy_with_logits(marks[begins : len(ids)], labels[begins:])
