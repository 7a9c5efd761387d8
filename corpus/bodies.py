"""Which body people mean: spoken, full and former names resolved to the names that the texts print."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from corpus.places import short_form
from corpus.script import fold
from corpus.types import Corpus, Department, Node

ALIASES_FILE = Path(__file__).parent / "names" / "departments.csv"
_LEVELS = tuple("市区县省")
AliasKind = Literal["printed", "full", "short", "former", "same"]


@dataclass(frozen=True)
class Body:
    """A body of a place, by its printed name."""

    name: str
    jurisdiction: str | None


@dataclass(frozen=True)
class Task:
    """A clause that gives a body something to do."""

    clause: Node
    department: Department


@dataclass(frozen=True)
class BodyMention:
    """Words of a question that name one body, or several of the same short name in different places."""

    start: int
    end: int
    words: str
    bodies: tuple[Body, ...]


@dataclass(frozen=True)
class _Alias:
    also: str
    kind: AliasKind
    place: str


@lru_cache(maxsize=4)
def _aliases(path: Path = ALIASES_FILE) -> dict[str, tuple[_Alias, ...]]:
    """Printed stem -> what else it is called."""
    rows: dict[str, list[_Alias]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kind: AliasKind = row["kind"]  # type: ignore[assignment]
            rows.setdefault(row["stem"], []).append(_Alias(row["also"], kind, row["place"]))
    return {stem: tuple(aliases) for stem, aliases in rows.items()}


def stem_of(name: str) -> str:
    """区科委 -> 科委, 市市场监管局 -> 市场监管局; a name without a level is its own stem."""
    return name[1:] if name[:1] in "市区县省" and len(name) > 2 else name


class BodyTable:
    """Every body the corpus gives a task, with its tasks in reading order and the ways to name it."""

    def __init__(self, corpus: Corpus) -> None:
        self._tasks: dict[Body, list[Task]] = {}
        for clause in corpus.clauses:
            for department in clause.departments:
                body = Body(department.name, department.jurisdiction)
                self._tasks.setdefault(body, []).append(Task(clause, department))
        self._forms = self._all_forms()
        self._longest = max(map(len, self._forms), default=0)

    @property
    def bodies(self) -> tuple[Body, ...]:
        return tuple(self._tasks)

    def tasks(self, body: Body) -> tuple[Task, ...]:
        return tuple(self._tasks.get(body, ()))

    def _all_forms(self) -> dict[str, dict[Body, AliasKind]]:
        """Surface form (folded) -> the bodies it can mean, and by what kind of name."""
        forms: dict[str, dict[Body, AliasKind]] = {}
        for body in self._tasks:
            stem = stem_of(body.name)
            spoken = [(stem, "printed")] + [
                (alias.also, alias.kind)
                for alias in _aliases().get(stem, ())
                if not alias.place or alias.place == body.jurisdiction
            ]
            for words, kind in spoken:
                for form in _surfaces(words, body, kind):
                    known = forms.setdefault(fold(form), {})
                    if known.get(body, "former") == "former":
                        known[body] = kind  # type: ignore[assignment]
        return forms

    def mentions(self, question: str, places: Iterable[str] = ()) -> tuple[BodyMention, ...]:
        """The bodies that `question` names, longest names first in each place; `places` settles bare names."""
        folded = fold(question)
        wanted = set(places)
        rows = []
        position = 0
        while position < len(folded):
            length = next(
                (n for n in range(min(self._longest, len(folded) - position), 1, -1)
                 if folded[position : position + n] in self._forms),
                0,
            )  # fmt: skip
            if length:
                end = position + length
                candidates = _of_level(self._forms[folded[position:end]], folded[max(position - 1, 0) : position])
                if candidates:
                    rows.append(BodyMention(position, end, question[position:end], _settled(candidates, wanted)))
            position += length or 1
        return tuple(rows)


def _surfaces(words: str, body: Body, kind: str) -> Iterable[str]:
    """科委, 区科委, 虹口科委, 虹口区科委 for 区科委 of 虹口区."""
    yield words
    if body.name != stem_of(body.name):
        yield body.name[0] + words
    elif kind == "printed":
        yield body.name
    if place := body.jurisdiction:
        yield place + words
        yield short_form(place) + words
        if body.name[:1] in "区市":
            yield place + body.name[0] + words
            yield short_form(place) + body.name[0] + words


def _of_level(candidates: dict[Body, AliasKind], before: str) -> dict[Body, AliasKind]:
    """市人社局 doesn't mean a district's office: a level right before the name must be the body's own."""
    if before not in _LEVELS:
        return candidates
    return {body: kind for body, kind in candidates.items() if body.name[0] == before or body.name[0] not in _LEVELS}


def _settled(candidates: dict[Body, AliasKind], places: set[str]) -> tuple[Body, ...]:
    """Bodies of the named places if there are such; a former name only where no present one is meant."""
    here = {body: kind for body, kind in candidates.items() if body.jurisdiction in places} if places else candidates
    chosen = here or candidates
    present = [body for body, kind in chosen.items() if kind != "former"]
    return tuple(present or chosen)
