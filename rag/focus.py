"""What a conversation stands at: the clauses and documents that were just spoken of, and how much nearer they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.types import Node


@dataclass(frozen=True)
class Focus:
    """Deviations by which a clause gains: `clauses` by clause id, `documents` by id for all that stands in them.

    `leans` where the question means nothing without what was said before it.
    """

    clauses: Mapping[str, float] = field(default_factory=dict)
    documents: Mapping[str, float] = field(default_factory=dict)
    leans: bool = False

    def bonus(self, clause: Node) -> float:
        return self.clauses.get(clause.clause_id, 0.0) + self.documents.get(clause.document_id, 0.0)

    def __bool__(self) -> bool:
        return bool(self.clauses or self.documents)


NO_FOCUS = Focus()
