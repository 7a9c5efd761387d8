"""Which body people mean: spoken, full and former names resolved to the names that the texts print."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.departments.kinds import is_body
from corpus.names_table import Alias, AliasKind, aliases_of
from corpus.places import short_form
from corpus.script import fold
from corpus.types import Corpus, Department, Node

_LEVELS = tuple("市区县省")
_NO_LEVEL = re.compile("市(?:场|容|政(?![府协]))|区(?:域|块)")  # 市场监管部门
_NEVER_ALONE = frozenset(["政府", "人民政府"])  # every place has one


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


def stem_of(name: str) -> str:
    """区科委 -> 科委, 市市场监管局 -> 市场监管局; a name without a level is its own stem."""
    return name[1:] if name[:1] in _LEVELS and len(name) > 2 and not _NO_LEVEL.match(name) else name


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
        for body, printed in self._printed_ways().items():
            for name in printed:
                for alias in (Alias(stem_of(name), "printed"), *aliases_of(stem_of(name), body.jurisdiction)):
                    for form in _surfaces(alias.also, name, body.jurisdiction, alias.kind):
                        known = forms.setdefault(fold(form), {})
                        if known.get(body, "former") == "former":
                            known[body] = alias.kind
        return forms

    def _printed_ways(self) -> dict[Body, tuple[str, ...]]:
        """The names that the texts themselves give each body: a short one with its definition, both ways."""
        whole = {body: _whole_names(body, tasks) for body, tasks in self._tasks.items()}
        short: dict[Body, list[str]] = {}
        for body, names in whole.items():
            for name in names:
                short.setdefault(Body(name, body.jurisdiction), []).append(body.name)
        rows = {}
        for body, names in whole.items():
            own = () if names and not is_body(fold(body.name)) else (body.name,)  # 财政 of 市发展改革、财政部门
            others = tuple(name for name in short.get(body, ()) if is_body(fold(name)))
            rows[body] = tuple(dict.fromkeys(_with_level(name, body.jurisdiction) for name in (*own, *names, *others)))
        return rows

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


def _whole_names(body: Body, tasks: Iterable[Task]) -> tuple[str, ...]:
    """What the texts say that the body's printed name stands for."""
    names = dict.fromkeys(task.department.full for task in tasks if task.department.full)
    return tuple(name for name in names if name and name != body.name)


def _with_level(name: str, place: str | None) -> str:
    """云湖市教育局 of 云湖市 is its 市教育局."""
    if place and place[-1:] in _LEVELS and name.startswith(place) and len(name) > len(place) + 1:
        return name[len(place) - 1 :]
    return name


def _surfaces(words: str, name: str, place: str | None, kind: AliasKind) -> Iterable[str]:
    """科委, 区科委, 虹口科委, 虹口区科委 for 区科委 of 虹口区."""
    has_level = name != stem_of(name)
    if kind == "printed" or words not in _NEVER_ALONE:
        yield words
    if has_level:
        yield name[0] + words
    elif kind == "printed":
        yield name
    if place:
        yield place + words
        yield short_form(place) + words
        if has_level and name[:1] in "区市":
            yield place + name[0] + words
            yield short_form(place) + name[0] + words


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
