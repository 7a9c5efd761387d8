"""A document's own metadata as JSON."""

from __future__ import annotations

from typing import Any

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
        "implements": list(metadata.implements),
        "clauses": len(document.clauses),
    }  # fmt: skip
