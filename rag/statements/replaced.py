"""Texts that are here by name alone: what a document says of those that it puts an end to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.script import fold
from corpus.types import Corpus, Document
from rag.statements.lines import squeezed
from rag.statements.sentences import closing_sentences
from rag.statements.types import Statement

_CITED = re.compile(r"《(?P<title>[^《》]+(?:《[^》]+》[^《》]*)?)》(?:[(](?P<number>[^()]{4,40}号)?[^()]*[)])?")
_SHORT = re.compile("以下(?:统称|简称)[^《()]{0,4}《([^》]+)》")
_YEAR = re.compile(r"\[(\d{4})\]|(\d{4})年")


@dataclass(frozen=True)
class Replaced:
    """A text that `document` ends, under its whole title, folded, with the year of its number or day, and the words that say so."""

    title: str
    number: str
    years: frozenset[int]
    document: Document
    statement: Statement


def replaced_texts(corpus: Corpus) -> Iterator[Replaced]:
    """Every text that a document here ends and that isn't here itself."""
    own = {squeezed(d.metadata.document_number) for d in corpus.documents if d.metadata.document_number}
    for document in corpus.documents:
        whole = _whole_titles(document)
        for statement in closing_sentences(document):
            if "repeals" not in statement.facts:
                continue
            for found in _CITED.finditer(fold(statement.evidence.quote)):
                title, number = whole.get(found["title"], (found["title"], squeezed(found["number"] or "")))
                if number not in own:
                    yield Replaced(title, number, _years(number), document, statement)


def _whole_titles(document: Document) -> dict[str, tuple[str, str]]:
    """Title and number by the short title that the document gives: 以下简称《若干措施》."""
    rows = {}
    folded = fold(document.text)
    for short in _SHORT.finditer(folded):
        before = list(_CITED.finditer(folded, max(0, short.start() - 200), short.end() + 2))
        whole = next(
            (row for row in reversed(before) if row.start() < short.start() and row["title"] != short[1]), None
        )
        if whole:
            rows[short[1]] = whole["title"], squeezed(whole["number"] or "")
    return rows


def _years(words: str) -> frozenset[int]:
    return frozenset(int(one or other) for one, other in _YEAR.findall(words))
