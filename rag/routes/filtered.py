"""What a question names and the asker's own filters leave out is said, and not looked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from corpus.types import Document
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.phrases import short_title
from rag.question import Query
from rag.types import Draft


def answer(query: Query, library: Library, answered: Callable[[Query, Library], Draft]) -> Draft:
    """The answer within the filters, with what they leave out; a refusal where that is all the question names."""
    left_out = _left_out(query, library)
    if not left_out:
        return answered(query, library)
    words = {"filter": _filter(library), "asked": "、".join(left_out)}
    within = _within(query, library)
    if within is None:
        return Draft("refused", MESSAGES["filter_excludes"].format(**words), reason="not_found")
    draft = answered(within, library)
    text = f"{draft.text}\n{MESSAGES['filter_narrows'].format(**words)}"
    return replace(draft, text=text, status="partial" if draft.status == "answered" else draft.status)


def _left_out(query: Query, library: Library) -> tuple[str, ...]:
    """The named places, and the documents named for sure, that the filters exclude."""
    admitted = _admitted(library)
    places = tuple(place for place in query.scope.places if all(d.metadata.jurisdiction != place for d in admitted))
    named = query.scope.documents if query.scope.strict_documents else ()
    documents = [library.corpus.document(name) for name in named if all(d.id != name for d in admitted)]
    return places or tuple(f"《{short_title(document)}》" for document in documents if document)


def _within(query: Query, library: Library) -> Query | None:
    """The question as far as the filters go; None where nothing that it names is left."""
    scope, admitted = query.scope, _admitted(library)
    places = tuple(place for place in scope.places if any(d.metadata.jurisdiction == place for d in admitted))
    documents = tuple(name for name in scope.documents if any(d.id == name for d in admitted))
    if (scope.places and not places) or (scope.documents and scope.strict_documents and not documents):
        return None
    return query.narrowed(replace(scope, places=places, documents=documents))


def _admitted(library: Library) -> list[Document]:
    """The documents that the filters for a place and for a document leave."""
    place, name = library.filters.jurisdiction, library.filters.document_id
    rows = library.corpus.documents
    return [d for d in rows if place in (None, d.metadata.jurisdiction) and name in (None, d.id)]


def _filter(library: Library) -> str:
    """The filters in words."""
    document = library.corpus.document(library.filters.document_id or "")
    rows = (library.filters.jurisdiction, f"《{short_title(document)}》" if document else None)
    return "、".join(row for row in rows if row)
