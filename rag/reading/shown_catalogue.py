"""The catalogue that a planning model is shown: each document with its place, title and headings, within a bound of tokens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.script import simplify
from corpus.types import BODY, Document, Node
from rag.llm.calls import tokens_of
from rag.lookup import Library
from rag.messages import SHOWN
from rag.question import Query

_TOKENS = 6000  # of the whole catalogue
_FOUND = 40  # clauses of a first search whose documents are shown
_HEADING = 24  # characters of a heading
_BARE = ("标题", "前言", "结尾", "落款", "附件清单")
_EACH = 1500  # tokens of one document of many


def catalogue_of(library: Library, query: Query) -> tuple[str, bool]:
    """The lines, and whether they are the same for every question: all documents, if that many tokens hold them."""
    documents = library.documents_of(query.scope.__class__())
    lines = [line_of(document) for document in documents]
    if sum(map(tokens_of, lines)) <= _TOKENS:
        return "\n".join(lines), True
    chosen = _of_question(documents, library, query)
    rows: list[str] = []
    left = _TOKENS
    for document in chosen:
        line = _cut(line_of(document), _EACH)
        if tokens_of(line) > left:
            line = head_of(document)
        if tokens_of(line) > left:
            break
        rows.append(line)
        left -= tokens_of(line)
    return "\n".join([*rows, SHOWN["of_many"].format(total=len(documents), shown=len(rows))]), False


def _of_question(documents: Sequence[Document], library: Library, query: Query) -> list[Document]:
    """Those that the question names, those of its places that a first search finds, and then the search's others."""
    here = {document.id: document for document in documents}
    named = [name for name in query.scope.documents if name in here]
    found = [row.clause.document_id for row in library.find(query, _FOUND)]
    anywhere = library.find(query, _FOUND, scope=query.scope.__class__())
    found += [row.clause.document_id for row in anywhere]
    return [here[name] for name in dict.fromkeys((*named, *found)) if name in here]


def head_of(document: Document) -> str:
    metadata = document.metadata
    return SHOWN["document"].format(
        id=document.id, place=metadata.jurisdiction or SHOWN["no_place"], title=simplify(metadata.title)
    )


def line_of(document: Document) -> str:
    """#id 地区《标题》：the headings, those below another in brackets."""
    tops = [node for node in document.nodes if node.parent is None and not _is_bare(node)]
    return head_of(document) + SHOWN["colon"] + SHOWN["semicolon"].join(_outline(document, tops, 0))


def _outline(document: Document, nodes: Iterable[Node], depth: int) -> Iterable[str]:
    for node in nodes:
        below = [child for child in document.children(node.path) if not _is_bare(child)]
        inner = " ".join(_outline(document, below, depth + 1)) if below and depth < 2 else ""
        part = node.path.split("/")[0] if depth == 0 and "/" in node.path and not node.path.startswith(BODY) else ""
        is_title = node.path.endswith("/标题")
        words = simplify(" ".join(node.text.split() if is_title else node.heading.split()))[: 2 * _HEADING]
        yield words if is_title else f"{part}{words[:_HEADING]}" + (f"（{inner}）" if inner else "")


def _is_bare(node: Node) -> bool:
    """What numbers nothing; the title of an annex says what it is about."""
    own = node.path.split("/")[-1].split("~")[0]
    return own in _BARE and not (node.path.startswith("附") and own == "标题")


def _cut(line: str, tokens: int) -> str:
    size = len(line) if tokens_of(line) <= tokens else int(len(line) * tokens / tokens_of(line))
    return line if size == len(line) else line[:size] + "……"
