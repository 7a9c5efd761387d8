"""Bodies of a sentence against the clauses': known there, with the part they have, and each at its own task."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.bodies import BodyTable, stem_of
from corpus.script import fold, simplify
from rag.grounding.parts import Part, is_misread, parts_in
from rag.grounding.rows import Row
from rag.grounding.types import Problem, Source

OFFICE = re.compile(
    r"[市区县省](?!里|内|级|域)(?:(?![由和与及是的在对将把为])[一-鿿]){1,10}?"
    r"(?:委员会|办公室|委|(?<!布)(?<!结)局|办|厅|署|(?<![头内全总干外东西中])部|分局|中心)(?![公理法事分署])"
)
_GOES_ON = re.compile("部门|委会|委员|办[法理事]|[局委办]长")


@dataclass(frozen=True)
class Named:
    """A body at `start`..`end` of a text, by the name that the clause knows it by."""

    name: str
    start: int
    end: int


class Offices:
    """What is known of the bodies of a corpus."""

    def __init__(self, bodies: BodyTable) -> None:
        self._bodies = bodies

    def unknown(self, sentence: str, said: str, sources: Sequence[Source]) -> Iterator[Problem]:
        """Bodies that no cited clause has."""
        known = frozenset().union(*(source.names for source in sources))
        here = " ".join(source.text + " " + source.about for source in sources)
        for mention in self._bodies.mentions(said, ()):
            named = any(fold(name) in known or fold(name) in here for body in mention.bodies for name in self._ways(body))
            if not named and not _is_named(mention.words, here, known):
                yield Problem("department", mention.words)
        for found in OFFICE.finditer(said):
            if _GOES_ON.match(said, found.end() - 1):
                continue
            if not _is_named(found[0], here, known):
                yield Problem("department", found[0])

    def _ways(self, body: object) -> tuple[str, ...]:
        return (body.name, *self._bodies.names_of(body))  # type: ignore[attr-defined,arg-type]

    def misread(self, text: str, rows: Sequence[Row], sources: Sequence[Source]) -> Iterator[Problem]:
        """Bodies with a part or a task that the clause gives another."""
        names = self._names(sources)
        said = self._named(text, names)
        if not said:
            return
        own = self._own_parts(rows, sources, names)
        for named, parts in zip(said, parts_in(text, [(n.start, n.end) for n in said]), strict=True):
            if is_misread(parts, own.get(named.name, frozenset())):
                yield Problem("role", text[named.start : named.end])

    def _names(self, sources: Sequence[Source]) -> dict[str, str]:
        """Every way to name a body of the clauses, the longest first -> its name there."""
        forms: dict[str, str] = {}
        for source in sources:
            for name in source.names:
                for form in (name, stem_of(name)):
                    if len(form) > 1:
                        forms.setdefault(form, name)
        for body in self._bodies.bodies:
            name = fold(body.name)
            if name in forms:
                for form in self._ways(body):
                    forms.setdefault(fold(form), name)
        return dict(sorted(forms.items(), key=lambda row: -len(row[0])))

    def _named(self, text: str, names: dict[str, str]) -> list[Named]:
        rows: list[Named] = []
        taken = [False] * len(text)
        for form, name in names.items():
            start = text.find(form)
            while start >= 0:
                end = start + len(form)
                if not any(taken[start:end]):
                    rows.append(Named(name, start, end))
                    taken[start:end] = [True] * len(form)
                start = text.find(form, end)
        if not rows:
            for mention in self._bodies.mentions(text, ()):
                known = [fold(body.name) for body in mention.bodies if fold(body.name) in names.values()]
                rows += [Named(name, mention.start, mention.end) for name in known[:1]]
        return sorted(rows, key=lambda row: row.start)

    def _named_in(self, rows: Sequence[Row], names: dict[str, str]) -> list[tuple[Row, list[Named]]]:
        return [(row, self._named(row.text, names)) for row in rows]

    def _own_parts(
        self, rows: Sequence[Row], sources: Sequence[Source], names: dict[str, str]
    ) -> dict[str, frozenset[Part]]:
        own: dict[str, set[Part]] = {}
        for row, named in self._named_in(rows, names):
            for one, parts in zip(named, parts_in(row.text, [(n.start, n.end) for n in named]), strict=True):
                own.setdefault(one.name, set()).update(parts)
        for source in sources:
            for department in source.clause.departments:
                parts = own.setdefault(fold(department.name), set())
                if not parts - {"doing", "responsible", "receiving"}:
                    parts.add(department.role)
        return {name: frozenset(parts) for name, parts in own.items()}


def _is_named(words: str, here: str, known: frozenset[str]) -> bool:
    """Whether the words, or a name that they complete or shorten, stand in the clauses."""
    plain = fold(simplify(words))
    if plain in here or any(plain in name for name in known):
        return True
    stem = stem_of(plain)
    return len(stem) > 2 and (stem in here or any(_completes(stem, stem_of(name)) for name in known))


def _completes(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return short[-1] == long[-1] and len(short) > 1 and all(character in rest for character in short)
