"""What a sentence is checked against, and what is found wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from corpus.script import fold, simplify
from corpus.sentences import sentences_of
from corpus.types import Document, Node

Kind = Literal[
    "citation", "number", "misplaced", "bound", "date", "department", "role", "title", "document_number", "obligation", "negation",
    "opposite", "place", "scope", "coverage", "markup", "order",
]  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """One thing in a sentence that its clauses don't carry; `words` are the sentence's."""

    kind: Kind
    words: str


@dataclass(frozen=True)
class Source:
    """A clause that a sentence cites, with the document it stands in."""

    clause: Node
    document: Document

    @cached_property
    def text(self) -> str:
        """The clause folded, heading and bracket included."""
        return fold(simplify(self.clause.text))

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The clause's sentences, folded."""
        return tuple(fold(simplify(sentence.text)) for sentence in sentences_of(self.clause.text))

    @cached_property
    def heading(self) -> str:
        """What the clause stands under, folded."""
        return fold(simplify(self.clause.label))

    @cached_property
    def about(self) -> str:
        """What names the clause: label, title, 文号, issuer, place and date, folded."""
        metadata = self.document.metadata
        day = metadata.issued_on
        dated = f"{day.year}年{day.month}月{day.day}日" if day else ""
        rows = (
            self.clause.label,
            metadata.title,
            metadata.document_number,
            metadata.issuer,
            metadata.jurisdiction,
            dated,
        )
        return fold(simplify(" ".join(row for row in rows if row)))

    @cached_property
    def names(self) -> frozenset[str]:
        """The bodies that the clause gives a task, as canonical names."""
        return frozenset(fold(department.name) for department in self.clause.departments)
