"""The embedder: a question comes near the sentence and the clause that answer it, and away from their neighbours."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch.nn import functional

from corpus.script import simplify
from eval.training.search.encoder import Encoder
from eval.training.search.lessons import Lesson
from index.onnx_embedder import PROMPTS

_QUESTION, _PASSAGE = 64, 128  # tokens
_TEMPERATURE = 0.02
_WHOLE = 0.25  # share of passages that are whole clauses; the others are single sentences, as the index has both
_NEIGHBOURS = 4  # clauses of one document that stand in a batch, each a hard negative of the others


@dataclass(frozen=True)
class Pace:
    """How long and how quickly it is fitted."""

    epochs: float = 1.0
    rate: float = 6e-5
    together: int = 48
    frozen: int = 3


def fit(encoder: Encoder, lessons: Sequence[Lesson], pace: Pace, seed: int, tell: Callable[[str], None]) -> None:
    """Fits `encoder` in place to the answered lessons."""
    chance = random.Random(seed)
    torch.manual_seed(seed)
    rows = [lesson for lesson in lessons if lesson.is_answered]
    encoder.freeze(pace.frozen)
    weights = [one for one in encoder.model.parameters() if one.requires_grad]
    optimiser = torch.optim.AdamW(weights, lr=pace.rate, weight_decay=0.01)
    steps = math.ceil(pace.epochs * len(rows) / pace.together)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.06 * steps + 1)) * max(0.03, 1 - step / steps)
    )
    encoder.model.train()
    step, total = 0, 0.0
    while step < steps:
        for batch in _batches(rows, pace.together, chance):
            loss = _loss(encoder, batch, chance)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(weights, 1.0)
            optimiser.step()
            schedule.step()
            step, total = step + 1, total + float(loss.detach())
            if step % 10 == 0:
                tell(f"step {step} of {steps}, loss {total / 10:.3f}")
                total = 0.0
            if step >= steps:
                break
    encoder.model.eval()


def question_text(question: str) -> str:
    return PROMPTS["query"] + simplify(question)


def _batches(rows: Sequence[Lesson], together: int, chance: random.Random) -> Iterator[list[Lesson]]:
    """Each question once, a few clauses of one document beside one another."""
    of_document = defaultdict(list)
    for row in rows:
        of_document[row.passage.document].append(row)
    groups = []
    for own in of_document.values():
        chance.shuffle(own)
        groups += _apart(own)
    chance.shuffle(groups)
    batch: list[Lesson] = []
    for group in groups:
        batch += group
        if len(batch) >= together:
            yield batch[:together]
            batch = batch[together:]


def _apart(rows: Sequence[Lesson]) -> list[list[Lesson]]:
    """Groups in which no clause stands twice."""
    groups: list[list[Lesson]] = []
    for row in rows:
        free = (g for g in groups if len(g) < _NEIGHBOURS and all(o.passage.key != row.passage.key for o in g))
        group = next(free, None)
        if group is None:
            groups.append([row])
        else:
            group.append(row)
    return groups


def _loss(encoder: Encoder, batch: Sequence[Lesson], chance: random.Random) -> Any:
    questions = [encoder.ids(question_text(row.question), _QUESTION) for row in batch]
    passages = [encoder.ids(_passage(row, chance), _PASSAGE) for row in batch]
    scores = encoder.vectors(questions) @ encoder.vectors(passages).T / _TEMPERATURE
    same = torch.as_tensor([[a.passage.key == b.passage.key for b in batch] for a in batch], device=scores.device)
    same.fill_diagonal_(False)
    scores = scores.masked_fill(same, -1e4)
    wanted = torch.arange(len(batch), device=scores.device)
    return functional.cross_entropy(scores, wanted) + 0.5 * functional.cross_entropy(scores.T, wanted)


def _passage(row: Lesson, chance: random.Random) -> str:
    whole = chance.random() < _WHOLE
    words = row.passage.text if whole else row.passage.sentences[row.sentence]
    return f"{PROMPTS['passage']}{row.passage.front}\n{simplify(words)}"
