"""A printed row of names under one role -> departments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.departments.elided import completed
from corpus.departments.kinds import Where, is_collective, jurisdiction_of, kind_of
from corpus.departments.names import names_in
from corpus.script import fold, simplify
from corpus.types import Department, Role, Source

_SPACE = re.compile(r"\s+")


def listed(text: str, start: int, end: int, role: Role, source: Source, where: Where) -> Iterator[Department]:
    """The bodies of `text[start:end]`; a name that says its own role (市科委（牵头）) has that one."""
    names = names_in(text, start, end)
    goes_on = any(name.is_open for name in names)
    printed = [text[name.start : name.end] for name in names]
    whole = completed(
        [_SPACE.sub("", simplify(words)) for words in printed], fold(text[names[-1].end : end]) if names else ""
    )
    has_mark = any(name.is_marked for name in names) and not all(name.is_marked for name in names)
    for name, words, full in zip(names, printed, whole, strict=True):
        own = name.role or ("lead" if has_mark and name.is_marked else role)
        body = department(words, own, source, where, full)
        yield replace(body, open_ended=True) if goes_on else body


def department(printed: str, role: Role, source: Source, where: Where, full: str | None = None) -> Department:
    """The body of a printed name. What breaks a name over two lines isn't part of it."""
    name = _SPACE.sub("", simplify(printed))
    return Department(
        name=name,
        printed=printed,
        role=role,
        kind=kind_of(name),
        source=source,
        open_ended=is_collective(name),
        jurisdiction=jurisdiction_of(full or name, where.jurisdiction, where.parent),
        full=full,
    )
