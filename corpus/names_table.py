"""What a body is called elsewhere: the tables of `names/`, for one set of texts, for all, and by field of work."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Literal

NAMES = Path(__file__).parent / "names"
ALIASES_FILE = NAMES / "departments.csv"  # of the texts that come with the product
GENERAL_FILE = NAMES / "general.csv"
FIELDS_FILE = NAMES / "fields.csv"
AliasKind = Literal["printed", "full", "short", "former", "same"]
_KINDS = ("部门", "主管部门", "行政部门", "行政主管部门", "行政管理部门")


@dataclass(frozen=True)
class Alias:
    """`also` is another name of a stem; `place` is empty where it holds anywhere."""

    also: str
    kind: AliasKind
    place: str = ""


def aliases_of(stem: str, place: str | None) -> Iterator[Alias]:
    """What a body with this stem (its name without 市 or 区) is also called in `place`, the nearest table first."""
    for alias in _aliases(ALIASES_FILE).get(stem, ()):
        if not alias.place or alias.place == place:
            yield alias
    yield from _aliases(GENERAL_FILE).get(stem, ())
    yield from _of_field(stem)


@lru_cache(maxsize=4)
def _aliases(path: Path) -> dict[str, tuple[Alias, ...]]:
    rows: dict[str, list[Alias]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kind: AliasKind = row["kind"]  # type: ignore[assignment]
            rows.setdefault(row["stem"], []).append(Alias(row["also"], kind, row["place"]))
    return {stem: tuple(aliases) for stem, aliases in rows.items()}


@dataclass(frozen=True)
class _Field:
    """A field of work in its wordings (发展改革, 发改), and what its offices' names end in."""

    words: tuple[str, ...]
    ends: tuple[str, ...]


@lru_cache(maxsize=1)
def _fields() -> dict[str, _Field]:
    """By each wording, the first row that has it."""
    rows: dict[str, _Field] = {}
    with FIELDS_FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            field = _Field(tuple(row["field"].split("|")), tuple(row["offices"].split("|")))
            for words in field.words:
                rows.setdefault(words, field)
    return rows


def fields() -> frozenset[str]:
    """Every wording of a field of work: 民政, 发展改革, 发改."""
    return frozenset(_fields())


@lru_cache(maxsize=1)
def office_stems() -> frozenset[str]:
    """Offices that each level has one of, without its level: 民政局, 妇联."""
    offices = {words + end for words, field in _fields().items() for end in field.ends}
    return frozenset(offices | set(_aliases(GENERAL_FILE)) - {"人民政府", "政府"})


def _of_field(stem: str) -> Iterator[Alias]:
    """民政部门, 民政主管部门, 民政局 are names of one office; so are 发展改革委 and 发展和改革委员会."""
    for length in range(len(stem) - 1, 1, -1):
        field = _fields().get(stem[:length])
        if field is None:
            continue
        if stem[length:] in (*field.ends, *_KINDS):
            for words, end in product(field.words, (*field.ends, *_KINDS)):
                if words + end != stem:
                    yield Alias(words + end, "short")
        return


def wordings_of(stem: str) -> tuple[str, ...]:
    """民政 of 民政部门 and of 民政局, in all the wordings of the field; nothing where the stem is no office of one."""
    for length in range(len(stem), 1, -1):
        if field := _fields().get(stem[:length]):
            return field.words if stem[length:] in ("", *field.ends, *_KINDS) else ()
    return ()
