"""A question too short to tell what is meant: asked back, with what comes near."""

from __future__ import annotations

from collections.abc import Sequence

from index.types import RetrievedClause
from rag.alike import are_alike
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.phrases import short_title, topic_of
from rag.question import Query
from rag.types import Draft

_SHORT = 6  # characters that a question is about, up to which it may be too short
_WIDESPREAD = 3  # documents from which on a word tells none apart
_SHOWN = 4  # clauses that are shown
_LEAD = 2.0  # log odds
_NEAR = 0.75  # share of the first document's score from which on another may be meant as well


def asked_back(query: Query, found: Sequence[RetrievedClause], library: Library) -> Draft | None:
    """What is missing, and the nearest clause a document; None where the question says enough, all say the same, or the ranker
    reads an answer in the first document alone: few and everyday words aren't vague to it.
    """
    if not found or not is_vague(query, library) or _is_read(found):
        return None
    known = _known(query, library)
    best: dict[str, RetrievedClause] = {}
    for row in found:
        if all(word in library.familiarity.haystack(row.clause) for word in known):
            best.setdefault(row.clause.document_id, row)
    rows = list(best.values())[:_SHOWN]
    if known and not (len(rows) > 1 and rows[1].score >= _NEAR * rows[0].score):
        return None
    clauses = [row.clause for row in rows]
    if len(clauses) < 2 or any(are_alike(clause, clauses[0], library) for clause in clauses[1:]):
        return None
    names = []
    for clause in clauses:
        document = library.corpus.document(clause.document_id)
        assert document is not None
        names.append(MESSAGES["vague_row"].format(title=short_title(document), topic=topic_of(clause)))
    text = MESSAGES["vague"].format(nearest="\n".join(names))
    return Draft("clarify", text, nearest=tuple(clauses), lists_departments=False)


def _is_read(found: Sequence[RetrievedClause]) -> bool:
    """Whether the first clause is likelier than not to answer, and far more so than any of another document."""
    own, document = found[0].answers, found[0].clause.document_id
    others = [row.answers for row in found if row.answers is not None and row.clause.document_id != document]
    return own is not None and own > 0 and all(own - other >= _LEAD for other in others)


def is_vague(query: Query, library: Library) -> bool:
    """Whether the question names nothing, and has at most one word of the texts, which many documents have."""
    if query.bodies or len(query.residue) > _SHORT or set(query.strangers) & set(query.topics):
        return False
    known = _known(query, library)
    return len(known) < 2 and all(_documents_with(word, library) >= _WIDESPREAD for word in known)


def _known(query: Query, library: Library) -> list[str]:
    """The words of the question's topic that the texts have."""
    words = dict.fromkeys((*query.topics, *query.subjects))
    return [word for word in words if library.familiarity.knows(word)]


def _documents_with(word: str, library: Library) -> int:
    haystack = library.familiarity.haystack
    return len({clause.document_id for clause in library.corpus.clauses if word in haystack(clause)})
