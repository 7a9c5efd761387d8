"""The catalogue that a planning model is shown: each document with its place, title and headings, within a bound of tokens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import groupby

from corpus.script import simplify
from corpus.types import BODY, Document, Node
from rag.llm.calls import tokens_of
from rag.lookup import Library
from rag.messages import SHOWN
from rag.operations.said import says_task
from rag.question import Query
from rag.scope import Scope

_TOKENS = 6000  # of the whole catalogue
_FOUND = 40  # clauses of a first search whose documents are shown
_HEADING = 24  # characters of a heading
_Below = Mapping[str | None, Sequence[Node]]  # nodes by the path of the one above them
_BARE = ("标题", "前言", "结尾", "落款", "附件清单")
_EACH = 1500  # tokens of one document of many
_DEPTH = 2  # of headings below the outermost


class Catalogue:
    """One corpus's. Safe to share between threads; a document's line is made once."""

    def __init__(self) -> None:
        self._lines: dict[str, str] = {}

    def shown(self, library: Library, query: Query) -> tuple[str, bool]:
        """The lines, and whether they are the same for every question: all documents, if that many tokens hold them."""
        documents = [d for d in library.corpus.documents if d.nodes and library.admits(d.nodes[0])]
        outdated = library.outdated(Scope())
        if sum(map(_least, documents)) <= _TOKENS:
            lines = [self._line(document, outdated) for document in documents]
            if sum(map(tokens_of, lines)) <= _TOKENS:
                return "\n".join(lines), True
        rows: list[str] = []
        left = _TOKENS
        for document in _of_question(documents, library, query):
            line = _cut(self._line(document, outdated), _EACH)
            line = line if tokens_of(line) <= left else head_of(document, document.id in outdated)
            if tokens_of(line) > left:
                break
            rows.append(line)
            left -= tokens_of(line)
        return "\n".join([*rows, SHOWN["of_many"].format(total=len(documents), shown=len(rows))]), False

    def _line(self, document: Document, outdated: Set[str]) -> str:
        key = f"{document.id} {document.id in outdated}"
        if key not in self._lines:
            self._lines[key] = line_of(document, document.id in outdated)
        return self._lines[key]


def _least(document: Document) -> int:
    """Tokens that a document's line has at the least: those of its title."""
    return tokens_of(document.metadata.title)


def _of_question(documents: Sequence[Document], library: Library, query: Query) -> list[Document]:
    """Those that the question names, those of its places that a first search finds, and then the search's others."""
    here = {document.id: document for document in documents}
    named = [name for name in query.scope.documents if name in here]
    found = [row.clause.document_id for row in library.find(query, _FOUND)]
    anywhere = library.find(query, _FOUND, scope=Scope())
    found += [row.clause.document_id for row in anywhere]
    return [here[name] for name in dict.fromkeys((*named, *found)) if name in here]


def head_of(document: Document, is_outdated: bool = False) -> str:
    metadata = document.metadata
    place, title = metadata.jurisdiction or SHOWN["no_place"], simplify(metadata.title)
    line = SHOWN["document"].format(id=document.id, place=place, title=title)
    return line + (SHOWN["outdated"] if is_outdated else "")


def line_of(document: Document, is_outdated: bool = False) -> str:
    """#id 地区《标题》：the headings, those below another in brackets."""
    below: dict[str | None, list[Node]] = {}
    for node in document.nodes:
        if not _is_bare(node):
            below.setdefault(node.parent, []).append(node)
    return head_of(document, is_outdated) + SHOWN["colon"] + SHOWN["semicolon"].join(_outline(below, None, 0))


def _outline(below: _Below, parent: str | None, depth: int) -> Iterable[str]:
    """Headings with words; of those that are numbers alone the first and the last."""
    for is_told, group in groupby(below.get(parent, ()), _says_something):
        rows = list(group)
        if is_told:
            yield from (_told(below, node, depth) for node in rows)
        else:
            yield SHOWN["range"].join(dict.fromkeys((_number_of(rows[0]), _number_of(rows[-1]))))


def _told(below: _Below, node: Node, depth: int) -> str:
    inner = " ".join(_outline(below, node.path, depth + 1)) if depth < _DEPTH else ""
    is_title = node.path.endswith("/标题")
    part = node.path.split("/")[0] if depth == 0 and "/" in node.path and not node.path.startswith(BODY) else ""
    words = simplify(" ".join(node.text.split() if is_title else node.heading.split()))
    own = words[: 2 * _HEADING] if is_title else f"{part}{words[:_HEADING]}"
    return own + (f"（{inner}）" if inner else "")


def _says_something(node: Node) -> bool:
    """Not where the heading is a number, or the beginning of a sentence."""
    own = node.path.split("/")[-1]
    return node.path.endswith("/标题") or node.heading_only or (says_task(node) and own != node.heading.strip())


def _number_of(node: Node) -> str:
    return node.path.split("/")[-1]


def _is_bare(node: Node) -> bool:
    """What numbers nothing; the title of an annex says what it is about."""
    own = node.path.split("/")[-1].split("~")[0]
    return own in _BARE and not (node.path.startswith("附") and own == "标题")


def _cut(line: str, tokens: int) -> str:
    size = len(line) if tokens_of(line) <= tokens else int(len(line) * tokens / tokens_of(line))
    return line if size == len(line) else line[:size] + "……"
