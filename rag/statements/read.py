"""All that a document prints about itself, the surest printing of each fact first, and what others print about it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.script import fold
from corpus.types import Corpus, Document
from rag.statements.acts import act_lines
from rag.statements.front import addressee_lines, number_lines, page_rows, sign_offs, title_lines
from rag.statements.lines import squeezed
from rag.statements.sentences import basis_sentences, closing_sentences, stated_period
from rag.statements.structure import annexes, parts
from rag.statements.types import Statement
from rag.titles import is_same_title

_TITLES = re.compile("《([^《》]+)》")


def statements_of(document: Document, part: str = "") -> tuple[Statement, ...]:
    """In the order in which they are printed, kind by kind; `part` is the annex whose basis is wanted."""
    closing = tuple(closing_sentences(document))
    period = () if any("validity" in row.facts for row in closing) else stated_period(document)
    return (
        *page_rows(document), *title_lines(document), *number_lines(document), *addressee_lines(document),
        *sign_offs(document), *closing, *period, *act_lines(document), *basis_sentences(document, part),
        *annexes(document), *parts(document),
    )  # fmt: skip


def repealed_by(document: Document, corpus: Corpus) -> Iterator[Statement]:
    """What other documents say of its end: …（令第61号）同时废止."""
    number = squeezed(document.metadata.document_number or "")
    title = fold(document.metadata.title)
    for other in corpus.documents:
        if other.id == document.id:
            continue
        for row in closing_sentences(other):
            words = squeezed(row.evidence.quote)
            if "repeals" not in row.facts:
                continue
            named = number in words if number else any(is_same_title(t, title) for t in _TITLES.findall(words))
            if named:
                yield row
