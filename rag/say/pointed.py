"""Which bodies and figures of a clause are what is asked for, where there is a model that can tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.script import fold
from corpus.types import Department, Node
from index.pointing import Stretch
from index.types import RetrievedClause
from rag.request import Request
from rag.say.bodies import places_in, printed_at
from rag.say.passages import Passage, passages_of
from rag.say.values import figures_in

Points = Callable[[Stretch, Sequence[Stretch]], Sequence[float] | None]  # around, stretches: a logit for each

_AND = re.compile(r"[、\s至到~-]|以及|或者?|会同|[和及与同]")
# log odds, and leads over what comes next, from which on a row is what is asked for (`python -m eval.training.search.marks`)
_WANTED, _UNWANTED = -2.0, 1.0  # bodies where the question was taken to ask for them, and where not
_SURE = 1.0  # where a bracket names bodies too
_FIGURE, _FIGURE_LEAD = -1.0, 4.0
_AS_SURE = 0.5  # below the surest row of bodies, within which another is meant as well
_FIRST = 6.0  # deviations for a sentence that has what is meant
_FEW = 3  # figures that one answer begins with
_NONE = float("-inf")


@dataclass(frozen=True)
class Pointed:
    """What is meant, in reading order. `likeliest` are the surest figures, and the odds those of the surest body of the
    sentences, of a bracket, and of the surest figure, meant or not.
    """

    bodies: tuple[Department, ...] = ()
    figures: tuple[str, ...] = ()
    stretches: tuple[Stretch, ...] = ()  # where those stand
    likeliest: tuple[str, ...] = ()
    body_odds: float = _NONE
    printed_odds: float = _NONE
    figure_odds: float = _NONE

    @property
    def is_sure(self) -> bool:
        """Whether bodies that the text names are meant rather than those printed apart from it."""
        return self.body_odds >= _SURE and self.body_odds > self.printed_odds


@dataclass(frozen=True)
class Row:
    """Bodies or figures side by side (市教育局、市财政局和市人社局), meant together, as surely as the surest of them."""

    odds: float
    places: tuple[int, ...]


def nobody_points(_around: Stretch, _stretches: Sequence[Stretch]) -> None:
    """Without a model."""


def pointed(clause: Node, passages: Sequence[Passage], request: Request, points: Points) -> Pointed:
    """What is meant of all that stands near the fittest sentence."""
    if not passages:
        return Pointed()
    best = max(passages, key=lambda row: row.score).sentence
    bodies, figures = _things(clause, passages)
    printed = printed_at(clause)
    odds = points((best.start, best.end), [*(stretch for _, stretch in (*bodies, *figures)), *printed])
    if odds is None:
        return Pointed()
    last = len(bodies) + len(figures)
    of_bodies = rows_of(odds[: len(bodies)], [stretch for _, stretch in bodies], clause.text)
    of_figures = rows_of(odds[len(bodies) : last], [stretch for _, stretch in figures], clause.text)
    named = [bodies[place] for row in _meant_bodies(of_bodies, request) for place in row.places]
    said = [figures[place] for row in _meant_figures(of_figures, request) for place in row.places]
    return Pointed(
        tuple(body for body, _ in sorted(named, key=lambda one: one[1])),
        tuple(dict.fromkeys(words for words, _ in said)),
        tuple(stretch for _, stretch in (*named, *said)),
        tuple(figures[place][0] for row in of_figures[:1] for place in row.places),
        max((row.odds for row in of_bodies), default=_NONE),
        max(odds[last:], default=_NONE),
        max((row.odds for row in of_figures), default=_NONE),
    )


def _things(
    clause: Node, passages: Sequence[Passage]
) -> tuple[list[tuple[Department, Stretch]], list[tuple[str, Stretch]]]:
    """Bodies, and figures beside them, each with where it stands in the clause."""
    bodies = [
        (place.body, passage.in_clause(place.start, place.end))
        for passage in passages
        for place in places_in(passage, clause)
    ]
    figures = [
        (clause.text[start:end].strip(), (start, end))
        for passage in passages
        for start, end in (passage.in_clause(*one) for one in figures_in(fold(passage.sentence.text), passage.offset))
        if not any(start < stop and begin < end for _, (begin, stop) in bodies)
    ]
    return bodies, figures


def rows_of(odds: Sequence[float], stretches: Sequence[Stretch], text: str) -> list[Row]:
    """The surest first."""
    rows: list[list[int]] = []
    for place in sorted(range(len(stretches)), key=lambda place: stretches[place]):
        if rows and not _AND.sub("", fold(text[stretches[rows[-1][-1]][1] : stretches[place][0]])):
            rows[-1].append(place)
        else:
            rows.append([place])
    return sorted((Row(max(odds[place] for place in row), tuple(row)) for row in rows), key=lambda row: -row.odds)


def _meant_bodies(rows: Sequence[Row], request: Request) -> Sequence[Row]:
    """The surest with what is nearly as sure, and as many bodies as the question speaks of."""
    least = _WANTED if "bodies" in request.wants else _UNWANTED
    said = [row for row in rows if row.odds >= max(least, rows[0].odds - _AS_SURE)]
    for row in rows[len(said) :]:
        if row.odds < least or sum(len(one.places) for one in said) >= (request.count or 0):
            break
        said.append(row)
    return said


def _meant_figures(rows: Sequence[Row], request: Request) -> Sequence[Row]:
    """The surest row where it stands out."""
    is_wanted = "value" in request.wants and bool(rows) and rows[0].odds >= _FIGURE
    stands_out = len(rows) == 1 or (len(rows) > 1 and rows[0].odds - rows[1].odds >= _FIGURE_LEAD)
    return rows[:1] if is_wanted and stands_out else ()


def meant_in(found: RetrievedClause, request: Request, terms: Sequence[str], points: Points) -> Pointed:
    """As `pointed`, of a clause as search found it."""
    return pointed(found.clause, passages_of(found, request, terms), request, points)


def asks_for_bodies(meant: Pointed) -> bool:
    return max(meant.body_odds, meant.printed_odds) >= max(_UNWANTED, meant.figure_odds)


def figures_said(meant: Pointed) -> str:
    return "、".join(meant.figures) if len(meant.figures) <= _FEW else ""


def agrees(meant: Pointed, value: str) -> bool:
    """Whether a value that the words bind is one of the likeliest, as far as there is a model that can tell."""
    return not meant.likeliest or any(one in value or value in one for one in meant.likeliest)


def favoured(passages: Sequence[Passage], meant: Pointed) -> tuple[Passage, ...]:
    """The passages, those first in fit that have what is meant."""
    return tuple(replace(row, score=row.score + _FIRST) if _has(row, meant) else row for row in passages)


def _has(passage: Passage, meant: Pointed) -> bool:
    sentence = passage.sentence
    return any(sentence.start <= start < sentence.end for start, _ in meant.stretches)
