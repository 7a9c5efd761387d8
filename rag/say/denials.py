"""What a question takes for granted and the clause doesn't say."""

from __future__ import annotations

from corpus.script import fold
from corpus.types import Document, Node
from rag.messages import MESSAGES
from rag.phrases import listed
from rag.request import Request
from rag.titles import years_of


def denial(request: Request, clause: Node, document: Document) -> str:
    """The sentence that sets it right, or nothing."""
    return _of_body(request, clause) or _of_number(request, clause, document)


def _of_body(request: Request, clause: Node) -> str:
    bodies = listed(clause)
    named = {(body.name, body.jurisdiction) for body in bodies}
    leading = {(body.name, body.jurisdiction) for body in bodies if body.role == "lead"}
    text = fold(clause.text)
    for claim in request.claims.bodies if bodies else ():
        if not claim.bodies & named and fold(claim.words) not in text:  # a clause may name it in words that aren't read
            return MESSAGES["denied_body"].format(claimed=claim.words)
        if claim.leads and leading and not claim.bodies & leading:
            return MESSAGES["denied_role"].format(claimed=claim.words)
    return ""


def _of_number(request: Request, clause: Node, document: Document) -> str:
    known = {str(year) for year in years_of(document)}
    text = fold(clause.text)
    rows = [number for number in request.claims.numbers if number not in text and number not in known]
    return MESSAGES["denied_number"] if rows else ""
