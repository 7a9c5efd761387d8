"""The embedder: a question comes near the sentence and the clause that answer it, and away from their neighbours, and from
what an embedder fitted before would rather bring.
"""

from __future__ import annotations

import copy
import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch.nn import functional

from corpus.script import simplify
from eval.training.search.encoder import Encoder, question_text
from eval.training.search.lessons import Passage
from eval.training.search.mining import Found, nearest_sentences
from eval.training.search.ranker import follow
from index.onnx_embedder import PROMPTS

_QUESTION, _PASSAGE = 64, 128  # tokens
_TEMPERATURE = 0.02
_WHOLE = 0.25  # share of passages that are whole clauses; the others are single sentences, as the index has both
_NEAREST = 10  # passages of which one is shown with its question, as one that doesn't answer it
_NEIGHBOURS = 4  # clauses of one document that stand in a batch, each a hard negative of the others


@dataclass(frozen=True)
class Pace:
    """How long and how quickly it is fitted."""

    epochs: float = 5.0
    rate: float = 1e-4
    together: int = 160
    frozen: int = 2


def fit(encoder: Encoder, found: Sequence[Found], pace: Pace, seed: int, tell: Callable[[str], None]) -> Any:
    """The mean of `encoder`'s model while it is fitted to the answered lessons."""
    chance = random.Random(seed)
    torch.manual_seed(seed)
    rows = [row for row in found if row.lesson.is_answered]
    encoder.freeze(pace.frozen)
    weights = [one for one in encoder.model.parameters() if one.requires_grad]
    optimiser = torch.optim.AdamW(weights, lr=pace.rate, weight_decay=0.01)
    steps = math.ceil(pace.epochs * len(rows) / pace.together)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.05 * steps + 1)) * max(0.02, 1 - step / steps)
    )
    mean = copy.deepcopy(encoder.model).eval()
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
            follow(mean, encoder.model, step)
            step, total = step + 1, total + float(loss.detach())
            if step % 10 == 0:
                tell(f"step {step} of {steps}, loss {total / 10:.3f}")
                total = 0.0
            if step >= steps:
                break
    return mean


def _batches(rows: Sequence[Found], together: int, chance: random.Random) -> Iterator[list[Found]]:
    """Each question once, a few clauses of one document beside one another."""
    of_document = defaultdict(list)
    for row in rows:
        of_document[row.lesson.passage.document].append(row)
    groups = []
    for own in of_document.values():
        chance.shuffle(own)
        groups += _apart(own)
    chance.shuffle(groups)
    batch: list[Found] = []
    for group in groups:
        batch += group
        if len(batch) >= together:
            yield batch[:together]
            batch = batch[together:]
    if batch and len(rows) < together:
        yield batch


def _apart(rows: Sequence[Found]) -> list[list[Found]]:
    """Groups in which no clause stands twice."""
    groups: list[list[Found]] = []
    for row in rows:
        key = row.lesson.passage.key
        free = (g for g in groups if len(g) < _NEIGHBOURS and all(other.lesson.passage.key != key for other in g))
        group = next(free, None)
        if group is None:
            groups.append([row])
        else:
            group.append(row)
    return groups


def _loss(encoder: Encoder, batch: Sequence[Found], chance: random.Random) -> Any:
    lessons = [row.lesson for row in batch]
    shown = [(row.passage, -1 if chance.random() < _WHOLE else row.sentence) for row in lessons]
    wrong = [(row.lesson.question, chance.choice(row.near[:_NEAREST])) for row in batch if row.near]
    shown += [(one, _nearest(question, one) if chance.random() > _WHOLE else -1) for question, one in wrong]
    questions = [encoder.ids(question_text(row.question), _QUESTION) for row in lessons]
    passages = [encoder.ids(_words(*one), _PASSAGE) for one in shown]
    scores = encoder.vectors(questions) @ encoder.vectors(passages).T / _TEMPERATURE
    same = torch.as_tensor([[a.passage.key == one.key for one, _ in shown] for a in lessons], device=scores.device)
    same.fill_diagonal_(False)
    scores = scores.masked_fill(same, -1e4)
    wanted = torch.arange(len(batch), device=scores.device)
    loss = functional.cross_entropy(scores, wanted)
    return loss + 0.5 * functional.cross_entropy(scores[:, : len(batch)].T, wanted)


def _nearest(question: str, passage: Passage) -> int:
    return next(iter(nearest_sentences(question, passage)), -1)


def _words(passage: Passage, sentence: int) -> str:
    """One sentence, or at -1 the whole clause."""
    words = passage.sentences[sentence] if sentence >= 0 else passage.text
    return f"{PROMPTS['passage']}{passage.front}\n{simplify(words)}"
