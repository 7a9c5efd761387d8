"""Fitting one network to marked texts, and reading texts with fitted ones."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from corpus.tagger import ROLES, segments
from eval.training.bodies.encoding import Batch, Encoded, Encoder, batch_of, filled
from eval.training.bodies.marks import NO_ROLE, Floats, Marked

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
_HALF = DEVICE == "cuda" or torch.cpu._is_avx512_bf16_supported()  # bfloat16 is quick here
_TAGS_WEIGH, _ROLES_WEIGH = 4.0, 0.3
_SORTED_TOGETHER = 20  # batches
_READ_TOGETHER = 64  # segments


@dataclass(frozen=True)
class Pace:
    """How a network is fitted; `base_rate` is the learning rate of the teacher's base."""

    epochs: int
    rate: float
    base_rate: float
    together: int


@dataclass(frozen=True)
class Read:
    """Probabilities for each character of a text: of the tags (n, 3) and of the roles (n, 6)."""

    tags: Floats
    roles: Floats


def optimise(network: Any, texts: Sequence[Marked], encoder: Encoder, pace: Pace, seed: int) -> None:
    """Fits `network` in place."""
    chance = random.Random(seed)
    rows = [(part, encoder.encode(part.text)) for text in texts for part in text.segments()]
    network.to(DEVICE).train()
    optimiser = _optimiser(network, pace)
    steps = pace.epochs * math.ceil(len(rows) / pace.together)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.08 * steps + 1)) * max(0.02, 1 - step / steps)
    )
    for _ in range(pace.epochs):
        for batch in _batches(rows, pace.together, chance):
            loss = _loss(network, batch)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()


def _optimiser(network: Any, pace: Pace) -> Any:
    named = list(network.named_parameters())
    base = [weights for name, weights in named if name.startswith("base.")]
    own = [weights for name, weights in named if not name.startswith("base.")]
    groups = [{"params": base, "lr": pace.base_rate}, {"params": own, "lr": pace.rate}]
    return torch.optim.AdamW([group for group in groups if group["params"]], weight_decay=0.01)


def _batches(
    rows: list[tuple[Marked, Encoded]], together: int, chance: random.Random
) -> Iterator[list[tuple[Marked, Encoded]]]:
    """In a new order each time, texts of like length together."""
    chance.shuffle(rows)
    for start in range(0, len(rows), together * _SORTED_TOGETHER):
        near = sorted(rows[start : start + together * _SORTED_TOGETHER], key=lambda row: len(row[0].text))
        yield from (near[i : i + together] for i in range(0, len(near), together))


def _loss(network: Any, rows: Sequence[tuple[Marked, Encoded]]) -> Any:
    wanted_tags = filled([part.tags for part, _ in rows]).to(DEVICE)
    wanted_roles = filled([part.roles for part, _ in rows], NO_ROLE).to(DEVICE)
    weights = filled([part.weights for part, _ in rows]).to(DEVICE)
    tags, roles = _scores(network, batch_of([encoded for _, encoded in rows], DEVICE))
    each = -(wanted_tags * functional.log_softmax(tags, -1)).sum(-1)
    loss = (each * weights).sum() / weights.sum() * _TAGS_WEIGH
    if bool((wanted_roles >= 0).any()):
        loss = loss + _ROLES_WEIGH * functional.cross_entropy(roles.transpose(1, 2), wanted_roles, ignore_index=NO_ROLE)
    return loss


def _scores(network: Any, batch: Batch) -> tuple[Any, Any]:
    with torch.autocast(DEVICE, dtype=torch.bfloat16, enabled=_HALF):
        tags, roles = network(batch)
    return tags.float(), roles.float()


def read(networks: Sequence[Any], texts: Sequence[str], encoder: Encoder) -> list[Read]:
    """What the networks make of each text, their mean."""
    found = [Read(np.zeros((len(t), 3), np.float32), np.zeros((len(t), len(ROLES)), np.float32)) for t in texts]
    parts = [(number, start, end) for number, text in enumerate(texts) for start, end in segments(text)]
    parts.sort(key=lambda part: part[2] - part[1])
    for network in networks:
        network.to(DEVICE).eval()
    with torch.no_grad():
        for first in range(0, len(parts), _READ_TOGETHER):
            some = parts[first : first + _READ_TOGETHER]
            batch = batch_of([encoder.encode(texts[number][start:end]) for number, start, end in some], DEVICE)
            for network in networks:
                tags, roles = (functional.softmax(one, -1).cpu().numpy() for one in _scores(network, batch))
                for row, (number, start, end) in enumerate(some):
                    found[number].tags[start:end] += tags[row, : end - start] / len(networks)
                    found[number].roles[start:end] += roles[row, : end - start] / len(networks)
    return found
