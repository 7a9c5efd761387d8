"""Where a question looks, and what a clause gains for standing there."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.types import Node
from rag.focus import NO_FOCUS, Focus

_DOCUMENT_BONUS, _PART_BONUS, _HINT_BONUS = 6.0, 4.5, 2.0


@dataclass(frozen=True)
class Scope:
    """`places` and `documents` are ids as the corpus has them; a named one excludes the others when `strict`."""

    places: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    spoken_of: tuple[str, ...] = ()  # places without documents that the texts themselves speak of
    documents: tuple[str, ...] = ()
    strict_documents: bool = False
    parts: tuple[str, ...] = ()
    strict_parts: bool = False
    missing_document: str | None = None
    hints: tuple[tuple[str, str], ...] = ()  # (document id, annex mark) of annexes whose subject is named
    focus: Focus = field(default=NO_FOCUS, compare=False)  # what was spoken of before

    def includes(self, document: str, jurisdiction: str | None) -> bool:
        """Whether the document may answer: it is of the named places, and named itself where any are for sure."""
        return (not self.places or jurisdiction in self.places) and (
            document in self.documents or not (self.documents and self.strict_documents)
        )

    def bonus(self, clause: Node, jurisdiction: str | None) -> float | None:
        """How much a clause gains for standing where the question looks; None for out of the question."""
        if not self.includes(clause.document_id, jurisdiction):
            return None
        gain = self.focus.bonus(clause)
        if clause.document_id in self.documents:
            gain += _DOCUMENT_BONUS
        if self.parts:
            if clause.path.split("/")[0] in self.parts:
                gain += _PART_BONUS
            elif self.strict_parts:
                return None
        elif (clause.document_id, clause.path.split("/")[0]) in self.hints:
            gain += _HINT_BONUS
        return gain
