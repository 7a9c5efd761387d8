"""A draft -> the answer object: citations numbered, departments listed, validity and warnings added."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from corpus.script import simplify
from corpus.types import Corpus, Department, Document, Node
from rag.types import Answer, Citation, CitedDepartment, Draft, Evidence
from rag.validity import period_warnings, validity_of


def assembled(draft: Draft, question: str, corpus: Corpus, as_of: date) -> Answer:
    """The answer without its timings; refusals carry no citations."""
    citations = tuple(citation_of(item, n, corpus, as_of) for n, item in enumerate(draft.evidence, start=1))
    nearest = tuple(
        citation_of(Evidence(node, 0, len(node.text)), n, corpus, as_of)
        for n, node in enumerate(draft.nearest, start=1)
    )
    departments = _departments(citations, draft) if draft.lists_departments else ()
    return Answer(
        question=question,
        status=draft.status,
        answer=draft.text,
        reason=draft.reason,
        citations=citations,
        departments=departments,
        facts=draft.facts,
        nearest=nearest,
        swept=draft.swept,
        warnings=draft.warnings + period_warnings(citation.validity for citation in citations),
        confidence=round(draft.confidence, 3),
        as_of=as_of,
        corpus_version=corpus.digest[:12],
    )


def citation_of(item: Evidence, n: int, corpus: Corpus, as_of: date) -> Citation:
    """The clause as it is cited, with its document's own metadata."""
    node = item.clause
    document = _document_of(node, corpus)
    metadata = document.metadata
    return Citation(
        n=n,
        clause_id=node.clause_id,
        document_id=node.document_id,
        clause_path=node.path,
        sub_path=item.sub_path,
        clause_label=node.label,
        document_title=simplify(metadata.title),
        document_number=metadata.document_number,
        issuer=metadata.issuer,
        issued_on=metadata.issued_on,
        jurisdiction=metadata.jurisdiction,
        text=node.text,
        start=node.start,
        end=node.end,
        page=document.page_at(node.start + item.start),
        quote=item.quote,
        quote_start=node.start + item.quoted[0],
        quote_end=node.start + item.quoted[1],
        quote_status="exact",
        departments=node.departments,
        validity=validity_of(metadata, as_of),
    )


def _document_of(node: Node, corpus: Corpus) -> Document:
    document = corpus.document(node.document_id)
    if document is None:
        raise LookupError(f"{node.clause_id}: its document is no longer in the corpus. Rebuild: policyqa index")
    return document


def _departments(citations: Sequence[Citation], draft: Draft) -> tuple[CitedDepartment, ...]:
    """Asked by body: that body, once a citation. Otherwise every body in the brackets, or in the words if none."""
    rows: dict[tuple[str, str, str | None], CitedDepartment] = {}
    for citation in citations:
        for department in _listed(citation, draft):
            row = CitedDepartment(department.name, department.role, department.jurisdiction, citation.n)
            key = (department.name, department.role, department.jurisdiction)
            if draft.about:
                rows[(*key[:1], str(citation.n), key[2])] = row
            else:
                rows.setdefault(key, row)
    return tuple(rows.values())


def _listed(citation: Citation, draft: Draft) -> tuple[Department, ...]:
    if draft.about:
        return tuple(d for d in citation.departments if (d.name, d.jurisdiction) in draft.about)
    bracketed = tuple(d for d in citation.departments if d.source != "text")
    return bracketed or citation.departments
