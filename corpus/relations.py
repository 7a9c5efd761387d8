"""What documents say of one another: where each holds, what stands above its place, and what has been repealed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from corpus.dates import DAY, day_of
from corpus.departments import jurisdiction_of
from corpus.lower_places import lower_places
from corpus.script import fold, simplify
from corpus.types import Document, Node

_REPEALS = re.compile(r"([^。;\n]*)(?:同时|予以|即行|一并|相应)废止")
_REPEALED = re.compile(rf"[(\u3000\s,;]由({DAY})?[^()由]{{2,40}}废止")
_QUOTED = re.compile("《([^《》]{2,80})》(?:\\(([^()]{2,40})\\))?")
_FRONT = 600  # characters within which the bracket under a title stands


def related(documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents, with what the others say of them filled in where they don't say it themselves."""
    placed = _placed(documents)
    return tuple(_with_repeal(document, placed) for document in placed)


def _placed(documents: Sequence[Document]) -> tuple[Document, ...]:
    """With the place that an issuer's name or title begins with, where another document makes it known as one."""
    below = lower_places(documents)
    known = {*below, *below.values(), *(d.metadata.jurisdiction for d in documents if d.metadata.jurisdiction)}
    return tuple(_with_place(document, known, below) for document in documents)


def _with_place(document: Document, known: set[str], below: Mapping[str, str]) -> Document:
    metadata = document.metadata
    names = [simplify(words) for words in (metadata.issuer, metadata.notice_title, metadata.title) if words]
    starts = [place for words in names for place in known if words.startswith(place)]
    place = metadata.jurisdiction or max(starts, key=len, default=None)
    upper = metadata.parent_jurisdiction or below.get(place or "")
    if (place, upper) == (metadata.jurisdiction, metadata.parent_jurisdiction):
        return document
    nodes = tuple(_with_bodies_of(node, place, upper) for node in document.nodes)
    return replace(document, metadata=replace(metadata, jurisdiction=place, parent_jurisdiction=upper), nodes=nodes)


def _with_bodies_of(node: Node, place: str | None, upper: str | None) -> Node:
    bodies = (
        replace(one, jurisdiction=jurisdiction_of(one.full or one.name, place, upper)) for one in node.departments
    )
    return replace(node, departments=tuple(bodies))


def _with_repeal(document: Document, documents: Sequence[Document]) -> Document:
    if document.metadata.repealed_on:
        return document
    days = [day for other in documents if other is not document and (day := _repealed_by(document, other))]
    day = min(days, default=None) or _day_in_front(document)
    return replace(document, metadata=replace(document.metadata, repealed_on=day)) if day else document


def _repealed_by(document: Document, other: Document) -> date | None:
    """Since when, if the other text repeals this one by title or number."""
    mine, theirs = begins(document), begins(other)
    if mine is None or theirs is None or mine >= theirs:
        return None
    return theirs if any(_is_named(document, words, number) for words, number in _repealed_in(other)) else None


def _repealed_in(document: Document) -> Iterator[tuple[str, str]]:
    """Titles that the text repeals, each with the number beside it, if any."""
    for sentence in _REPEALS.finditer(fold(document.text)):
        yield from ((found[1], found[2] or "") for found in _QUOTED.finditer(sentence[1]))


def _is_named(document: Document, words: str, number: str) -> bool:
    own = squeezed(document.metadata.document_number or "")
    if own and number:
        return own == squeezed(number)
    titles = (document.metadata.title, document.metadata.notice_title or "")
    return any(squeezed(without_brackets(title)) == squeezed(words) for title in titles if title)


def begins(document: Document) -> date | None:
    """The day from which on the text holds, or was issued where it doesn't say."""
    period = document.metadata.period
    return period.start if period and period.start else document.metadata.issued_on


def _day_in_front(document: Document) -> date | None:
    """The day in the bracket under the title: （…由2024年3月22日市人民政府令第88号废止）."""
    found = _REPEALED.search(fold(document.text[:_FRONT]))
    return day_of(found[1]) if found and found[1] else None


def squeezed(words: str) -> str:
    """Letters and figures alone, folded."""
    return re.sub(r"[^一-鿿a-z0-9]", "", fold(words))


def without_brackets(title: str) -> str:
    return re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", fold(title))
