"""What the corpus stage hands on: documents, their clauses, and who is responsible."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

BODY = "正文"  # the part in front of a document's annexes
Role = Literal["lead", "responsible", "cooperating", "participating", "approving", "supervising"]
BodyKind = Literal["department", "other"]
Source = Literal["bracket", "text", "table", "inherited", "model"]


@dataclass(frozen=True)
class Department:
    """A body that a clause gives a task. `printed` is as in the text, `name` the same simplified.

    `full` is its whole name where the print elides a part (市发展改革、财政部门) or the text has defined a short one.
    """

    name: str
    printed: str
    role: Role
    kind: BodyKind
    source: Source
    open_ended: bool = False
    jurisdiction: str | None = None
    full: str | None = None


@dataclass(frozen=True)
class Period:
    """The time a document sets itself, with the words that say so.

    `start` and `end` are inclusive days; `basis` is the printed words, `basis_from` where they stand.
    """

    start: date | None
    end: date | None
    basis: str
    basis_from: str


@dataclass(frozen=True)
class Metadata:
    """What a document prints about itself. None where the text does not say.

    `repealed` is whether it is said to be, `repealed_on` since when; the day may be unknown.
    """

    title: str
    issuer: str | None = None
    document_number: str | None = None
    issued_on: date | None = None
    jurisdiction: str | None = None
    parent_jurisdiction: str | None = None
    period: Period | None = None
    implements: tuple[str, ...] = ()
    repealed: bool | None = None
    repealed_on: date | None = None
    notice_title: str | None = None  # of the notice that issues the text


@dataclass(frozen=True)
class Node:
    """One numbered heading or item. `text` is `document.text[start:end]`, without its children.

    `span_end` is where the next node begins, so that the spans tile the document.
    Offsets are Unicode code points. A node with words of its own is a clause.
    """

    document_id: str
    path: str
    label: str
    heading: str
    text: str
    start: int
    end: int
    span_end: int
    line: int
    heading_only: bool
    parent: str | None = None
    departments: tuple[Department, ...] = ()

    @property
    def clause_id(self) -> str:
        return f"{self.document_id}#{self.path}"

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the text, to tell a changed clause from the one that was cited."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Notice:
    """Something odd in the numbering that a person should look at. `line` counts from 1."""

    line: int
    message: str


@dataclass(frozen=True)
class Document:
    """A policy text with its tree, in reading order.

    `pages` says where each page of a paged file begins, in code points; `footnotes` stand apart from the text.
    """

    id: str
    text: str
    metadata: Metadata
    nodes: tuple[Node, ...]
    notices: tuple[Notice, ...] = ()
    pages: tuple[int, ...] = ()
    footnotes: tuple[str, ...] = ()
    _by_path: dict[str, Node] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._by_path.update((node.path, node) for node in self.nodes)

    @property
    def clauses(self) -> tuple[Node, ...]:
        """The citable nodes: those with words of their own."""
        return tuple(node for node in self.nodes if not node.heading_only)

    def node(self, path: str) -> Node | None:
        """The node at `path`; in a document with annexes 第十条 alone is the main body's."""
        return self._by_path.get(path) or self._by_path.get(f"{BODY}/{path}")

    def page_at(self, offset: int) -> int | None:
        """The page that the character is printed on, from 1; None for a document that has no pages."""
        return max(1, bisect_right(self.pages, offset)) if self.pages else None

    def children(self, path: str) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes if node.parent == path)

    def under(self, path: str) -> tuple[Node, ...]:
        """The node's descendants, in reading order."""
        inside, rows = {path}, []
        for node in self.nodes:
            if node.parent in inside:
                inside.add(node.path)
                rows.append(node)
        return tuple(rows)


@dataclass(frozen=True)
class EntryPoint:
    """A further way to a clause in people's own words; `author` is written, generated or feedback."""

    clause_id: str
    text: str
    author: str


@dataclass(frozen=True)
class LeftOut:
    """A file that could not be read, and why. `is_expected` marks one of a kind that may lie beside policies."""

    name: str
    reason: str
    is_expected: bool = False


@dataclass(frozen=True)
class Corpus:
    """All documents, by id, with the entry points to their clauses, and what was left out when they were read."""

    documents: tuple[Document, ...]
    entry_points: tuple[EntryPoint, ...] = ()
    left_out: tuple[LeftOut, ...] = field(default=(), compare=False)

    def document(self, document_id: str) -> Document | None:
        return next((d for d in self.documents if d.id == document_id), None)

    @property
    def clauses(self) -> tuple[Node, ...]:
        return tuple(clause for document in self.documents for clause in document.clauses)

    def clause(self, clause_id: str) -> Node | None:
        document_id, _, path = clause_id.partition("#")
        document = self.document(document_id)
        node = document.node(path) if document else None
        return node if node and not node.heading_only else None

    @cached_property
    def digest(self) -> str:
        """SHA-256 over every document's id, text and metadata."""
        total = hashlib.sha256()
        for document in self.documents:
            for part in (document.id, document.text, repr(document.metadata)):
                total.update(part.encode("utf-8", "surrogatepass") + b"\0")
        for entry in self.entry_points:
            total.update(f"{entry.clause_id}\0{entry.text}\0".encode("utf-8", "surrogatepass"))
        return total.hexdigest()
