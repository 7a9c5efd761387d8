"""第二点展开说说: one item of the list that was just given."""

from __future__ import annotations

from rag.evidence import opening
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.phrases import place_and_topic, responsibility
from rag.question import Query
from rag.types import Draft


def answer(query: Query, listed: Draft, library: Library) -> Draft | None:
    """The clause behind the item that `query.ordinal` counts off in `listed`; None when that was no such list."""
    if not listed.facts or not query.ordinal:
        return None
    if query.ordinal > len(listed.evidence):
        text = MESSAGES["beyond_list"].format(total=len(listed.evidence), ordinal=query.ordinal)
        nearest = tuple(item.clause for item in listed.evidence[-3:])
        return Draft("refused", text, reason="not_stated", nearest=nearest)
    clause = listed.evidence[query.ordinal - 1].clause
    document = library.corpus.document(clause.document_id)
    if document is None:
        return None
    quote = opening(clause)
    lead = ""
    if "departments" in query.asks and clause.departments:
        lead = responsibility(place_and_topic(clause, document), clause.departments, "[1]。")
    return Draft("answered", f"{lead}“{quote.quote}”[1]", (quote,))
