"""收录了哪些文件: every document where the question looks, each by its title."""

from __future__ import annotations

from corpus.script import fold
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.operations.fact import title_line
from rag.phrases import short_title
from rag.request import Request
from rag.types import Draft

_DOCUMENTS = frozenset(["文件", "政策"])
_LONGEST = 2  # characters of a topic that is none: 收录, 库里


def answer(request: Request, library: Library) -> Draft | None:
    """The titles, counted; None where anything but documents is asked for."""
    if not _DOCUMENTS & set(request.units) or len(request.topic) > _LONGEST:
        return None
    if request.bodies or request.scope.documents or request.scope.missing_document:
        return None
    rows = [d for d in library.corpus.documents if request.scope.includes(d.id, d.metadata.jurisdiction)]
    rows = [document for document in rows if document.nodes and library.admits(document.nodes[0])]
    if not rows or any(word in fold(document.text) for document in rows for word in request.subjects):
        return None
    titles = "；".join(f"《{short_title(document)}》[{n}]" for n, document in enumerate(rows, start=1))
    text = MESSAGES["catalogue"].format(total=len(rows)) + titles + "。"
    facts = {"kind": "documents", "total": len(rows), "complete": True}
    return Draft("answered", text, tuple(map(title_line, rows)), facts=facts, lists_departments=False)
