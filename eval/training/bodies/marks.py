"""Labels as marks on characters: a label names a body, the network must know where in the clause it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.tagger import ROLES, segments
from eval.training.bodies.texts import LabelledClause

NO_ROLE = -100  # what torch's cross_entropy leaves out
OUTSIDE, BEGINS, INSIDE = range(3)
_LIKELY, _POSSIBLE = 0.5, 0.25
Floats = npt.NDArray[np.float32]
Stretch = tuple[int, int]


@dataclass(frozen=True)
class Marked:
    """A text of n characters: probabilities of outside, begins, inside (n, 3), roles (n,) and weights (n,)."""

    text: str
    tags: Floats
    roles: npt.NDArray[np.int64]
    weights: Floats

    def segments(self) -> Iterator[Marked]:
        """The stretches that the network looks at alone."""
        for start, end in segments(self.text):
            part = slice(start, end)
            yield Marked(self.text[part], self.tags[part], self.roles[part], self.weights[part])


def marked(clause: LabelledClause, folded: str, tags: Floats | None = None) -> Marked:
    """The clause's bodies as marks, on its text `folded` to as many characters.

    A name that stands there several times says nothing until a teacher has read the clause: `tags`, its probabilities,
    then choose the occurrences. Doubtful ones weigh nothing.
    """
    marks = np.zeros((len(folded), 3), np.float32)
    marks[:, OUTSIDE] = 1
    roles = np.full(len(folded), NO_ROLE, np.int64)
    weights = np.ones(len(folded), np.float32)
    for role, stretches in _occurrences(clause):
        chosen, doubtful = _chosen(stretches, tags)
        for start, end in doubtful:
            weights[start:end] = 0
        for start, end in chosen:
            marks[start:end] = np.eye(3)[INSIDE]
            marks[start] = np.eye(3)[BEGINS]
            roles[start:end] = role
            weights[start:end] = 1
    return Marked(folded, marks, roles, weights)


def marked_everywhere(clause: LabelledClause, folded: str) -> Marked:
    """As `marked`, wherever a name stands, without roles."""
    marks = np.zeros((len(folded), 3), np.float32)
    marks[:, OUTSIDE] = 1
    for _, stretches in _occurrences(clause):
        for start, end in stretches:
            marks[start:end] = np.eye(3)[INSIDE]
            marks[start] = np.eye(3)[BEGINS]
    return Marked(folded, marks, np.full(len(folded), NO_ROLE, np.int64), np.ones(len(folded), np.float32))


def _occurrences(clause: LabelledClause) -> Iterator[tuple[int, list[Stretch]]]:
    """Where each body's name stands, longest names first: a shorter one inside isn't an occurrence of its own."""
    taken: list[Stretch] = []
    for body in sorted(clause.label.bodies, key=lambda body: -len(body.printed)):
        found = [
            (start, end)
            for start, end in _all(clause.text, body.printed)
            if not any(start < other_end and other < end for other, other_end in taken)
        ]
        taken += found
        if found:
            yield ROLES.index(body.role), found


def _all(text: str, name: str) -> Iterator[Stretch]:
    start = text.find(name)
    while start >= 0:
        yield start, start + len(name)
        start = text.find(name, start + 1)


def _chosen(stretches: Sequence[Stretch], tags: Floats | None) -> tuple[Sequence[Stretch], Sequence[Stretch]]:
    """The occurrences that are marked, and those that nothing is learned from."""
    if len(stretches) == 1:
        return stretches, ()
    if tags is None:
        return (), stretches
    inside = {(start, end): float((1 - tags[start:end, OUTSIDE]).mean()) for start, end in stretches}
    likely = [one for one in stretches if inside[one] > _LIKELY] or [max(stretches, key=inside.__getitem__)]
    return likely, [one for one in stretches if one not in likely and inside[one] > _POSSIBLE]
