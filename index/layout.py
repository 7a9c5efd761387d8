"""What of a clause is searched: its own words behind the document's title and the headings above it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from corpus.flow import flowing
from corpus.printed_forms import visible
from corpus.script import simplify
from corpus.sentences import sentences_of
from corpus.tables import tables_in
from corpus.types import Corpus, Document, Node
from index.types import SearchUnit

# Of what stands in front of each sentence's own words, for the search alone; the longest title with its headings that
# we know of has 180 characters.
_LONGEST_FRONT = 300


def clause_units(corpus: Corpus) -> tuple[SearchUnit, ...]:
    """One unit a clause, in reading order."""
    return tuple(
        SearchUnit(clause, f"{front_of(document, clause)}\n{simplify(flowing(clause.text).words)}")
        for document in corpus.documents
        for clause in document.clauses
    )


def sentence_units(corpus: Corpus) -> tuple[SearchUnit, ...]:
    """One unit a sentence; run-in titles stand in front of the sentences under them."""
    rows = []
    for document in corpus.documents:
        for clause in document.clauses:
            front = front_of(document, clause)
            headers = _headers(clause.text)
            for sentence in sentences_of(clause.text):
                if sentence.is_bracket:
                    continue
                words = " ".join(filter(None, (sentence.subhead, headers.get(sentence.start, ""), sentence.text)))
                rows.append(SearchUnit(clause, f"{front}\n{simplify(visible(words))}", sentence))
    return tuple(rows)


def _headers(text: str) -> dict[int, str]:
    """For each row of a table, by where its first cell begins, what stands above its cells."""
    return {
        row.cells[0].start if text[row.start] != "|" else row.start: " ".join(filter(None, table.header))
        for table in tables_in(text)
        for row in table.rows
        if row.cells
    }


def entry_units(corpus: Corpus) -> tuple[SearchUnit, ...]:
    """One unit an entry point; its place is known from its clause."""
    rows = []
    for entry in corpus.entry_points:
        clause = corpus.clause(entry.clause_id)
        if clause is not None:
            rows.append(SearchUnit(clause, simplify(entry.text)))
    return tuple(rows)


def front_of(document: Document, clause: Node) -> str:
    """Place, title and headings: what stands before a clause's own words."""
    place = document.metadata.jurisdiction or ""
    title = simplify(document.metadata.title)
    shown = title if place and title.startswith(place) else f"{place} {title}".strip()
    return f"{shown} {clause.label}"[:_LONGEST_FRONT]


def digest_of(units: Iterable[SearchUnit]) -> str:
    """SHA-256 over the search texts in order: changes when texts, metadata or the parser's reading change."""
    total = hashlib.sha256()
    for unit in units:
        total.update(unit.clause.clause_id.encode("utf-8", "replace") + b"\0")
        total.update(unit.search_text.encode("utf-8", "replace") + b"\0")
    return total.hexdigest()
