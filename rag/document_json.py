"""A document's own metadata as JSON."""

from __future__ import annotations

from typing import Any

from corpus.issuers import organs_in
from corpus.script import simplify
from corpus.types import Document


def document_json(document: Document) -> dict[str, Any]:
    """A document's own metadata and its size."""
    metadata, period = document.metadata, document.metadata.period
    return {
        "document_id": document.id,
        "document_title": simplify(metadata.title),
        "issuer": metadata.issuer,
        "document_number": metadata.document_number,
        "issued_on": metadata.issued_on.isoformat() if metadata.issued_on else None,
        "jurisdiction": metadata.jurisdiction,
        "period": {
            "from": period.start.isoformat() if period.start else None,
            "to": period.end.isoformat() if period.end else None,
            "basis": period.basis,
            "basis_from": period.basis_from,
        } if period else None,
        "repealed": bool(metadata.repealed or metadata.repealed_on),
        "repealed_on": metadata.repealed_on.isoformat() if metadata.repealed_on else None,
        "implements": list(metadata.implements),
        "clauses": len(document.clauses),
    }  # fmt: skip


def metadata_json(document: Document) -> dict[str, Any]:
    """What the text prints about itself, None where it doesn't say. `title` is the notice's where one issues the text,
    whose own is `inner_title`; `warnings` are what the parser found odd.
    """
    metadata, period = document.metadata, document.metadata.period
    issuer = metadata.issuer
    return {
        "title": metadata.notice_title or metadata.title,
        "inner_title": metadata.title if metadata.notice_title else None,
        "issuer": issuer,
        "issuers": list(organs_in(issuer) or (issuer,)) if issuer else [],
        "document_number": metadata.document_number,
        "issued_on": metadata.issued_on.isoformat() if metadata.issued_on else None,
        "effective_from": period.start.isoformat() if period and period.start else None,
        "effective_to": period.end.isoformat() if period and period.end else None,
        "validity_basis": period.basis if period else None,
        "repealed": bool(metadata.repealed or metadata.repealed_on),
        "repealed_on": metadata.repealed_on.isoformat() if metadata.repealed_on else None,
        "jurisdiction": metadata.jurisdiction,
        "warnings": [f"line {notice.line}: {notice.message}" for notice in document.notices],
    }
