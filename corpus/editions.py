"""Editions: documents of one place and one title, the years in it aside."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from corpus.relations import begins, squeezed, without_brackets
from corpus.repeal import is_repealed
from corpus.types import Document

_YEARS = re.compile(r"(?:19|20)\d\d(?:\s*[-—–~至到]+\s*(?:19|20)\d\d)?\s*年?度?")
Family = tuple[Document, ...]


def editions(documents: Sequence[Document]) -> Mapping[str, Family]:
    """Document -> it and the others of its title, the latest first; of those that say since when they hold."""
    families: dict[tuple[str | None, str], list[tuple[date, Document]]] = {}
    for document in documents:
        if day := begins(document):
            families.setdefault(_title(document), []).append((day, document))
    rows = [sorted(family, key=lambda row: row[0], reverse=True) for family in families.values()]
    ordered = [tuple(document for _, document in family) for family in rows]
    return {document.id: family for family in ordered for document in family}


def out_of_force(documents: Sequence[Document], as_of: date) -> Mapping[str, frozenset[str]]:
    """Each document that doesn't hold at the day, being repealed or of another edition -> the one that does."""
    families = editions(documents)
    rows: dict[str, frozenset[str]] = {}
    for document in documents:
        current = _current(families.get(document.id, (document,)), as_of)
        if current is None or current.id != document.id:
            rows[document.id] = frozenset([current.id] if current else [])
    return rows


def _current(family: Family, as_of: date) -> Document | None:
    """Of several editions the latest that has begun; None where it is repealed without another in its place."""
    begun = [d for d in family if (day := begins(d)) is None or day <= as_of] or family[-1:]
    return None if is_repealed(begun[0].metadata, as_of) else begun[0]


def _title(document: Document) -> tuple[str | None, str]:
    metadata = document.metadata
    return metadata.jurisdiction, squeezed(_YEARS.sub("", without_brackets(metadata.title)))
