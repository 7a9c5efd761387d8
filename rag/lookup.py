"""One topic, one clause: the search that most routes stand on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from corpus.types import Corpus, Node
from index.search import Retriever
from index.types import RetrievedClause
from rag.deadline import Deadline
from rag.familiarity import Familiarity
from rag.question import Query
from rag.scope import Scope
from rag.types import NO_FILTERS, Filters

_FRONT = ("标题", "落款", "附件清单")
_FRONT_PENALTY = 5.0  # titles and sign-offs hold every topic's words and answer none; documents have their own route


@dataclass(frozen=True)
class Library:
    """What every route needs: the texts, the search engine, and the asker's filters."""

    corpus: Corpus
    retriever: Retriever
    familiarity: Familiarity
    filters: Filters = NO_FILTERS
    deadline: Deadline = field(default_factory=Deadline)

    def find(
        self,
        query: Query,
        k: int = 8,
        text: str | None = None,
        scope: Scope | None = None,
        prefers: Callable[[Node], float] | None = None,
    ) -> tuple[RetrievedClause, ...]:
        """The best clauses where the question looks and the filters allow. Raises UnfinishedError past the deadline."""
        self.deadline.check()
        chosen = scope or query.scope

        def wanted(clause: Node) -> float | None:
            jurisdiction = self.jurisdiction_of(clause)
            bonus = chosen.bonus(clause, jurisdiction) if self.admits(clause) else None
            return (
                None
                if bonus is None
                else bonus
                - (_FRONT_PENALTY if clause.path.endswith(_FRONT) else 0.0)
                + (prefers(clause) if prefers else 0.0)
            )

        return self.retriever.search(text or query.text, k, wanted)

    def jurisdiction_of(self, clause: Node) -> str | None:
        document = self.corpus.document(clause.document_id)
        return document.metadata.jurisdiction if document else None

    def admits(self, clause: Node) -> bool:
        """Whether the asker's filters let the clause through."""
        wanted = self.filters
        return (
            wanted.jurisdiction in (None, self.jurisdiction_of(clause))
            and wanted.document_id in (None, clause.document_id)
            and (wanted.department is None or any(d.name == wanted.department for d in clause.departments))
        )
