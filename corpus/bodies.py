"""Which body people mean: spoken, full and former names resolved to the names that the texts print."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.departments.kinds import is_body, may_be_body
from corpus.names_table import Alias, AliasKind, aliases_of, wordings_of
from corpus.places import short_form
from corpus.script import fold
from corpus.types import Corpus, Department, Node

_LEVELS = tuple("市区县省")
_NO_LEVEL = re.compile("市(?:场|容|政(?![府协]))|区(?:域|块)")  # 市场监管部门
_NEVER_ALONE = frozenset(["政府", "人民政府"])  # every place has one
_LEVELS_TOGETHER = re.compile(
    "([省市区县])[、和]([省市区县])(?![(（])(?:两级)?(?=[一-鿿]{2})"
)  # 市、区民政部门 are two offices
_KIND = "部门"  # what a row of names leaves out: 公安、民政等部门
_SHORTEST, _LONGEST = 4, 9  # characters of an abbreviation that is looked for
_ORGAN = 5, 16  # characters of the name of an organ that a body has
_ORGAN_ENDS = re.compile("(?<![、和与及跟])(?:小组|办公室|委员会|指挥部|联席会议|专班)$")
_A_LEVEL = re.compile("[市区县省](?![市区县省])")
_STRANGER = 2  # characters that are too few for a name with a level
_OFFICE = re.compile("[^的]{2}(?:局|委|办|厅|办公室|委员会)$")  # ends that no word of another kind has
_ENDING = 2  # characters at its end that the whole name has too


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


def level_of(name: str) -> str:
    """区 of 区科委; empty for a name without a level."""
    return name[0] if stem_of(name) != name else ""


def is_of_level(name: str, level: str) -> bool:
    """Whether the printed name can be of a body of the level: 市、区民政部门 is of both. Of no level, any name is."""
    found = _LEVELS_TOGETHER.match(name)
    return not level or level in (found.groups() if found else (level_of(name.removeprefix("各")),))


class BodyTable:
    """Every body the corpus gives a task, with its tasks in reading order and the ways to name it."""

    def __init__(self, corpus: Corpus) -> None:
        self._tasks: dict[Body, list[Task]] = {}
        for clause in corpus.clauses:
            for department in clause.departments:
                body = Body(department.name, department.jurisdiction)
                self._tasks.setdefault(body, []).append(Task(clause, department))
        self._names = self._printed_ways()
        self._forms = self._all_forms()
        self._abbreviated = self._by_ends()
        self._texts = fold("\n".join(document.text for document in corpus.documents))
        self._longest = max(map(len, self._forms), default=0)

    @property
    def bodies(self) -> tuple[Body, ...]:
        return tuple(self._tasks)

    def tasks(self, body: Body) -> tuple[Task, ...]:
        return tuple(self._tasks.get(body, ()))

    def _all_forms(self) -> dict[str, dict[Body, AliasKind]]:
        """Surface form (folded) -> the bodies it can mean, and by what kind of name."""
        forms: dict[str, dict[Body, AliasKind]] = {}
        for body, printed in self._names.items():
            for name in printed:
                for alias in (Alias(stem_of(name), "printed"), *aliases_of(stem_of(name), body.jurisdiction)):
                    for form in _surfaces(alias.also, name, body.jurisdiction, alias.kind):
                        known = forms.setdefault(fold(form), {})
                        if known.get(body, "former") == "former":
                            known[body] = alias.kind
                for form in _without_kind(name):
                    forms.setdefault(fold(form), {}).setdefault(body, "short")
        return forms

    def _printed_ways(self) -> dict[Body, tuple[str, ...]]:
        """The names that the texts themselves give each body: a short one with its definition, both ways."""
        defined = {body: _whole_names(body, tasks) for body, tasks in self._tasks.items()}
        short: dict[Body, list[str]] = {}
        for body, names in defined.items():
            for name in names:
                short.setdefault(Body(name, body.jurisdiction), []).append(body.name)
        rows = {}
        for body, names in defined.items():
            own = () if names and not is_body(fold(body.name)) else (body.name,)
            others = tuple(name for name in short.get(body, ()) if is_body(fold(name)))
            whole = map(_with_kind, (*own, *names, *others))
            known = [one for name in whole for one in (name, *_levels_apart(name))]
            rows[body] = tuple(dict.fromkeys(_with_level(name, body.jurisdiction) for name in known))
        return rows

    def names_of(self, body: Body) -> tuple[str, ...]:
        """The names that the texts give the body."""
        return self._names.get(body, (body.name,))

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
                if candidates and not self._names_organ(folded, end):
                    rows.append(
                        BodyMention(
                            position, end, question[position:end], _settled(candidates, wanted, folded[position:end])
                        )
                    )
            position += length or 1
        return tuple(rows) or self._abbreviations(question, folded, wanted)

    def strangers(self, question: str) -> tuple[str, ...]:
        """The words that begin with whose they are and end like a body's name, and that no text prints: 区月球办."""
        folded = fold(question)
        rows = []
        for level in _A_LEVEL.finditer(folded):
            ends = range(level.start() + _LONGEST, level.start() + _STRANGER, -1)
            names = (folded[level.start() : end] for end in ends)
            name = next((name for name in names if _OFFICE.search(name) and is_body(name)), "")
            if name and name not in self._texts:
                rows.append(name)
        return tuple(dict.fromkeys(rows))

    def _names_organ(self, folded: str, end: int) -> bool:
        """Whether a body of the body's own is named, which the texts know: 区教育局 in 区教育局招生工作领导小组."""
        stretches = (folded[end : end + length] for length in range(_ORGAN[1], _ORGAN[0] - 1, -1))
        return any(_ORGAN_ENDS.search(words) and may_be_body(words) and words in self._texts for words in stretches)

    def _by_ends(self) -> dict[tuple[str, str], list[tuple[str, Body]]]:
        """Folded names by their first character and their last ones."""
        rows: dict[tuple[str, str], list[tuple[str, Body]]] = {}
        for body, names in self._names.items():
            for name in map(fold, names):
                rows.setdefault((name[0], name[-_ENDING:]), []).append((name, body))
        return rows

    def _abbreviations(self, question: str, folded: str, places: set[str]) -> tuple[BodyMention, ...]:
        """Names that leave characters out: 中储粮总公司 for 中国储备粮管理总公司."""
        for start in range(len(folded)):
            for end in range(min(start + _LONGEST, len(folded)), start + _SHORTEST - 1, -1):
                words = folded[start:end]
                known = self._abbreviated.get((words[0], words[-_ENDING:]), ())
                bodies: dict[Body, AliasKind] = {
                    body: "short" for name, body in known if len(name) > len(words) + 1 and _is_within(words, name)
                }
                if bodies and len({body.name for body in bodies}) == 1:
                    return (BodyMention(start, end, question[start:end], _settled(bodies, places, words)),)
        return ()


def _is_within(words: str, name: str) -> bool:
    """Whether the characters come in the name in the same order, and not only a part of its words: no 街道中心."""
    rest = iter(name)
    return not name.startswith(words[:2]) and all(character in rest for character in words)


def _with_kind(name: str) -> str:
    """公安 of 公安、民政等部门 is the 公安部门; nobody's own name is a field of work alone."""
    return name + _KIND if wordings_of(stem_of(_LEVELS_TOGETHER.sub("", name))) and not is_body(fold(name)) else name


def _levels_apart(name: str) -> tuple[str, ...]:
    """市民政部门 and 区民政部门, which 市、区民政部门 names both."""
    found = _LEVELS_TOGETHER.match(name)
    return tuple(level + name[found.end() :] for level in found.groups()) if found else ()


def _without_kind(name: str) -> Iterable[str]:
    """市民政 for 市民政部门: with a level before it, a field of work names an office."""
    stem = stem_of(name)
    return tuple(name[0] + words for words in wordings_of(stem)) if stem != name else ()


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
        if not has_level or place[-1:] not in _LEVELS or place[-1:] == name[0]:
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


def _settled(candidates: dict[Body, AliasKind], places: set[str], words: str) -> tuple[Body, ...]:
    """Bodies of the named places if there are such, else the body of no place that is called just so (财政部).

    A former name only where no present one is meant.
    """
    here = {body: kind for body, kind in candidates.items() if body.jurisdiction in places} if places else {}
    of_state = {
        body: kind for body, kind in candidates.items() if body.jurisdiction is None and fold(body.name) == words
    }
    chosen = here or of_state or candidates
    present = [body for body, kind in chosen.items() if kind != "former"]
    return tuple(present or chosen)
