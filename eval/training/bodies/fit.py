"""The steps from labels to the shipped network.

Names that stand once in their clause fit a first teacher; it chooses among the occurrences of the others, and goes on
with all labels. It and further teachers then label many more clauses, and a small student learns from both. Where every
mention counts there is nothing to choose.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from corpus.script import fold
from eval.training.bodies.encoding import Encoder, characters_of
from eval.training.bodies.marks import NO_ROLE, OUTSIDE, Marked, marked, marked_everywhere
from eval.training.bodies.networks import Student, Teacher
from eval.training.bodies.optimise import Pace, Read, optimise, read
from eval.training.bodies.texts import LabelledClause
from index.e5_build import base_model

_OWN, _TAUGHT = 0.6, 0.4  # of a label and of the teachers' reading, in what the student learns of a labelled clause
_LABELLED_WEIGH = 2.0


@dataclass(frozen=True)
class Plan:
    """How much is done. Without `beginning` every place where a name stands is marked."""

    beginning: Pace | None  # of the first teacher, on names that stand once
    going_on: Pace  # of the first teacher, on all
    further: tuple[Pace, ...]  # of other teachers
    texts: int  # that the teachers label
    student: Pace
    repeated: int = 2  # how often a labelled clause stands among what the student learns


FULL = Plan(
    beginning=Pace(epochs=3, rate=1e-3, base_rate=8e-5, together=48),
    going_on=Pace(epochs=4, rate=5e-4, base_rate=6e-5, together=48),
    further=(Pace(epochs=6, rate=1.2e-3, base_rate=9e-5, together=48),),
    texts=20_000,
    student=Pace(epochs=14, rate=3e-3, base_rate=0, together=128),
)
_MENTIONS = Pace(epochs=10, rate=1e-3, base_rate=7e-5, together=16)
MENTIONS = Plan(
    beginning=None,
    going_on=_MENTIONS,
    further=(_MENTIONS, _MENTIONS),
    texts=20_000,
    student=Pace(epochs=16, rate=3e-3, base_rate=0, together=128),
    repeated=3,
)
FURTHER = Pace(epochs=5, rate=1.5e-3, base_rate=0, together=48)
_ONCE = Pace(epochs=1, rate=1e-3, base_rate=6e-5, together=24)
QUICK = Plan(_ONCE, _ONCE, (), 80, Pace(epochs=1, rate=3e-3, base_rate=0, together=96))


def fit(
    clauses: Sequence[LabelledClause], texts: Sequence[str], out: Path, plan: Plan, tell: Callable[[str], None]
) -> None:
    """Writes the network to `out`. Every clause of `clauses` is learned from: leave out what is measured on."""
    own = [fold(clause.text) for clause in clauses]
    others = [fold(text) for text in texts[: plan.texts]]
    base, tokenizer = base_model()
    encoder = Encoder(tokenizer, characters_of([*own, *others]))
    start = {name: weights.clone() for name, weights in base.state_dict().items()}

    def fresh(seed: int) -> Any:
        torch.manual_seed(seed)
        own_base = type(base)(base.config, add_pooling_layer=False)
        own_base.load_state_dict(start)
        return Teacher(own_base, len(encoder.characters))

    pairs = list(zip(clauses, own, strict=True))
    teachers = [fresh(0)]
    rows = [marked_everywhere(clause, text) for clause, text in pairs]
    if plan.beginning:
        optimise(teachers[0], [marked(clause, text) for clause, text in pairs], encoder, plan.beginning, 0)
        readings = read(teachers, own, encoder)
        rows = [marked(clause, text, reading.tags) for (clause, text), reading in zip(pairs, readings, strict=True)]
        tell("occurrences chosen")
    optimise(teachers[0], rows, encoder, plan.going_on, 1)
    tell("first teacher fitted")
    for seed, pace in enumerate(plan.further, start=2):
        teachers.append(fresh(seed))
        optimise(teachers[-1], rows, encoder, pace, seed)
        tell(f"teacher {seed} fitted")
    has_roles = plan.beginning is not None
    lessons = [
        _as_read(text, one, has_roles) for text, one in zip(others, read(teachers, others, encoder), strict=True)
    ]
    for row, reading in zip(rows, read(teachers, own, encoder), strict=True):
        lessons += [_softened(row, reading)] * plan.repeated
    tell(f"{len(others)} more clauses labelled by the teachers")
    torch.manual_seed(9)
    student = Student(len(encoder.characters))
    optimise(student, lessons, encoder, plan.student, 9)
    _save(student, encoder, out)


def go_on(clauses: Sequence[LabelledClause], start: Path, out: Path, pace: Pace, tell: Callable[[str], None]) -> None:
    """Fits the network in `start` further, on `clauses` alone, and writes the mean of it before and after to `out`: what it
    learned of many more clauses isn't forgotten. Minutes, where `fit` takes hours.

    It chooses itself among the occurrences of a name.
    """
    student, characters = _opened(start)
    encoder = Encoder(base_model()[1], characters)
    texts = [fold(clause.text) for clause in clauses]
    readings = read([student], texts, encoder)
    rows = [marked(clause, text, one.tags) for clause, text, one in zip(clauses, texts, readings, strict=True)]
    tell("occurrences chosen")
    before = {name: weights.clone() for name, weights in student.state_dict().items()}
    torch.manual_seed(9)
    optimise(student, rows, encoder, pace, 9)
    after = student.state_dict()
    student.load_state_dict({name: (before[name] + after[name].cpu()) / 2 for name in before})
    _save(student, encoder, out)


def _opened(path: Path) -> tuple[Student, str]:
    with np.load(path, allow_pickle=False) as file:
        tables = {name: file[name] for name in file.files}
    characters = str(tables.pop("chars"))
    student = Student(len(characters))
    student.load_state_dict({name: torch.from_numpy(table.astype(np.float32)) for name, table in tables.items()})
    return student, characters


def _as_read(text: str, reading: Read, has_roles: bool) -> Marked:
    inside = (reading.tags[:, OUTSIDE] < 0.5) & has_roles
    roles = np.where(inside, reading.roles.argmax(axis=1), NO_ROLE).astype(np.int64)
    return Marked(text, reading.tags, roles, np.ones(len(text), np.float32))


def _softened(row: Marked, reading: Read) -> Marked:
    """A label that the teachers don't believe counts for less."""
    return replace(row, tags=_OWN * row.tags + _TAUGHT * reading.tags, weights=_LABELLED_WEIGH * row.weights)


def _save(student: Any, encoder: Encoder, out: Path) -> None:
    tables = {name: weights.detach().cpu().half().numpy() for name, weights in student.state_dict().items()}
    np.savez_compressed(out, chars=np.array(encoder.characters), **tables)
