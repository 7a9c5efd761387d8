"""Who is responsible for one clause: brackets, lines of roles and tables first, then the running text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from corpus.departments.brackets import bodies_of, role_brackets
from corpus.departments.kinds import Where
from corpus.departments.role_lines import role_lines
from corpus.departments.sentences import bodies_in_sentences
from corpus.departments.tables import table_bodies
from corpus.types import Department, Role

_Read = tuple[int, int, tuple[Department, ...]]
_PRINTED = ("bracket", "table")


def departments_in(
    text: str, jurisdiction: str | None, parent: str | None = None, is_front: bool = False
) -> tuple[Department, ...]:
    """Every body the text gives a task, brackets first; one entry a name, the bracket's where both name it.

    A title or a sign-off (`is_front`) gives nobody a task but in a bracket.
    """
    where = Where(jurisdiction, parent)
    read = sorted(_printed(text, where), key=lambda row: row[0])
    found: list[Department] = [body for _, _, bodies in read for body in bodies]
    if not is_front:
        found.extend(bodies_in_sentences(text, where, [(start, end) for start, end, _ in read]))
    return tuple(_once(found))


def _printed(text: str, where: Where) -> list[_Read]:
    """What tables, lines of roles and brackets say, each stretch read once: by the first of these that has it."""
    rows = list(table_bodies(text, where))
    rows = [*rows, *_outside(rows, role_lines(text, where))]
    brackets = ((pair.start, pair.end, bodies_of(text, pair, where)) for pair in role_brackets(text))
    return [*rows, *_outside(rows, brackets)]


def _outside(known: list[_Read], rows: Iterable[_Read]) -> Iterator[_Read]:
    """The rows that no known one overlaps; the known ones don't overlap one another."""
    spans = sorted((start, end) for start, end, _ in known)
    starts = [start for start, _ in spans]
    for row in rows:
        before = bisect_left(starts, row[1]) - 1
        if before < 0 or spans[before][1] <= row[0]:
            yield row


def _once(found: list[Department]) -> Iterator[Department]:
    roles: dict[str, set[Role]] = {}  # by name
    for department in found:
        known = roles.setdefault(re.sub("^各(?:相关|有关)", "各", department.name), set())
        if not known or (department.role not in known and department.source in _PRINTED):
            yield department
            known.add(department.role)
