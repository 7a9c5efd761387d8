"""One topic, one clause: the search that most routes stand on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Protocol

from corpus.editions import out_of_force
from corpus.today import today
from corpus.types import Corpus, Document, Node
from index.search import Retriever
from index.types import RetrievedClause
from rag.deadline import Deadline
from rag.familiarity import Familiarity
from rag.scope import Scope
from rag.types import NO_FILTERS, Filters

_FRONT = ("标题", "落款", "附件清单")
_FRONT_PENALTY = 5.0  # titles and sign-offs hold every topic's words and answer none; documents have their own route
_OLD_PENALTY = 8.0  # of a text that no longer holds, where another may be meant


class Sought(Protocol):
    """What a search needs of a question or a request."""

    @property
    def text(self) -> str: ...
    @property
    def scope(self) -> Scope: ...


@dataclass(frozen=True)
class Library:
    """What every route needs: the texts, the search engine, the asker's filters, and the day that is asked about."""

    corpus: Corpus
    retriever: Retriever
    familiarity: Familiarity
    filters: Filters = NO_FILTERS
    deadline: Deadline = field(default_factory=Deadline)
    as_of: date = field(default_factory=today)
    handover: str = ""  # where to reach a person

    def find(
        self,
        query: Sought,
        k: int = 8,
        text: str | None = None,
        scope: Scope | None = None,
        prefers: Callable[[Node], float] | None = None,
    ) -> tuple[RetrievedClause, ...]:
        """The best clauses where the question looks and the filters allow. Raises UnfinishedError past the deadline."""
        self.deadline.check()
        chosen = scope or query.scope
        old = self.outdated(chosen)

        def wanted(clause: Node) -> float | None:
            jurisdiction = self.jurisdiction_of(clause)
            bonus = chosen.bonus(clause, jurisdiction) if self.admits(clause) else None
            return (
                None
                if bonus is None
                else bonus
                - (_FRONT_PENALTY if clause.path.endswith(_FRONT) else 0.0)
                - (_OLD_PENALTY if clause.document_id in old else 0.0)
                + (prefers(clause) if prefers else 0.0)
            )

        return self.retriever.search(text or query.text, k, wanted)

    def documents_of(self, scope: Scope) -> tuple[Document, ...]:
        """As `documents`, those that the filters allow."""
        return tuple(d for d in self.documents(scope) if d.nodes and self.admits(d.nodes[0]))

    def documents(self, scope: Scope) -> tuple[Document, ...]:
        """Where the question looks, as far as whole documents go: the named ones, else those of its places that hold."""
        old = self.outdated(scope)
        return tuple(
            d for d in self.corpus.documents if d.id not in old and scope.includes(d.id, d.metadata.jurisdiction)
        )

    def outdated(self, scope: Scope) -> frozenset[str]:
        """Documents that don't hold at the day; not those that the question itself names."""
        named = frozenset(scope.documents)
        rows = self._out_of_force.items()
        return frozenset(name for name, current in rows if name not in named or not named.isdisjoint(current))

    @cached_property
    def _out_of_force(self) -> Mapping[str, frozenset[str]]:
        return out_of_force(self.corpus.documents, self.as_of)

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
