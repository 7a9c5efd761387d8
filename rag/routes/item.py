"""第二点展开说说: one item of the list that was just given."""

from __future__ import annotations

from rag.evidence import opening
from rag.lookup import Library
from rag.phrases import place_and_topic, responsibility
from rag.question import Query
from rag.types import Draft


def answer(query: Query, listed: Draft, library: Library) -> Draft | None:
    """The clause behind the item that `query.ordinal` counts off in `listed`; None when that was no such list."""
    if not listed.facts or not query.ordinal or query.ordinal > len(listed.evidence):
        return None
    clause = listed.evidence[query.ordinal - 1].clause
    document = library.corpus.document(clause.document_id)
    if document is None:
        return None
    quote = opening(clause)
    lead = ""
    if "departments" in query.asks and clause.departments:
        lead = responsibility(place_and_topic(clause, document), clause.departments, "[1]。")
    return Draft("answered", f"{lead}“{quote.quote}”[1]", (quote,))
