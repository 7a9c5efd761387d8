"""A request run: the clauses that it brings, what its operation says of them, and what was looked through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.address import Address, find
from corpus.bodies import Body, BodyMention, BodyTable
from corpus.script import fold
from corpus.types import Document, Node
from index.types import RetrievedClause
from rag.lookup import Library
from rag.operations import address, catalogue, fact, outline, tally, tasks
from rag.operations.lists import drafted, lists_of, whole_document
from rag.phrases import listed, topic_of
from rag.reading.gazetteer import Gazetteer
from rag.reading.resolved import Resolved, narrowed
from rag.request import Request
from rag.scope import Scope
from rag.statements.read import statements_of
from rag.sweep import swept
from rag.types import Draft, Evidence, Swept

_FOUND, _ONE_OF_SEVERAL, _WIDER = 6, 4, 2  # clauses of one search, of each of several, of what holds there as well
_SEARCHED = 12  # clauses of each wording's search
_FUSED = 10  # as in reciprocal rank fusion: how little the first places count for more than the next
_NAMING, _OF_BODY = 6, 3.0  # clauses that print a name; deviations for one that gives a body named something to do
_STATED = 8  # statements of a document about itself


@dataclass(frozen=True)
class Row:
    """A clause that a look-up brings; `spans` are the stretches of it that fit, none where all of it is meant."""

    clause: Node
    spans: tuple[tuple[int, int], ...] = ()
    sub_path: str | None = None


@dataclass(frozen=True)
class Found:
    """What one look-up came to. `draft` is what its operation says; `printed` how many of the clauses where it looked
    have each of its wordings.
    """

    resolved: Resolved
    rows: tuple[Row, ...] = ()
    draft: Draft | None = None
    swept: Swept | None = None
    documents: tuple[str, ...] = ()  # that were looked through
    printed: Mapping[str, int] | None = None

    @property
    def is_thin(self) -> bool:
        """Nothing came of it, or clauses of which none has a word of the topic."""
        words = [fold(word) for word in (*self.resolved.wordings, *self.resolved.request.topics)]
        if self.draft is not None and self.draft.evidence:
            return False
        texts = [fold(row.clause.label + row.clause.text) for row in self.rows]
        return not texts or (bool(words) and not any(word in text for word in words for text in texts))


class LookUps:
    """Runs requests against one corpus. Safe to share between threads."""

    def __init__(self, bodies: BodyTable, gazetteer: Gazetteer) -> None:
        self._bodies, self._gazetteer = bodies, gazetteer
        self._operations: Mapping[str, Callable[[Request, Library], Draft | None]] = {
            "address": address.answer,
            "outline": _outlined,
            "fact": fact.answer,
            "tasks": lambda request, library: tasks.answer(request, library, bodies),
            "tally": lambda request, library: tally.answer(request, library, bodies),
        }

    def run(self, plan: Sequence[Resolved], library: Library) -> tuple[Found, ...]:
        """In order: a look-up may go on from an earlier one's rows. Raises UnfinishedError past the deadline."""
        found: list[Found] = []
        for resolved in plan:
            library.deadline.check()
            source = resolved.source
            goes_on = source is not None and source < len(found)
            most = _FOUND if len(plan) == 1 else _ONE_OF_SEVERAL
            found.append(self._run(self._going_on(resolved, found[source]) if goes_on else resolved, library, most))  # type: ignore[index]
        return tuple(found)

    def _going_on(self, resolved: Resolved, source: Found) -> Resolved:
        clauses = [row.clause for row in source.rows[:1]]
        documents = tuple(dict.fromkeys(clause.document_id for clause in clauses))
        of_bodies = resolved.request.op in ("tasks", "tally") and not resolved.request.bodies
        bodies = [body for clause in clauses for body in _doers(clause)] if of_bodies else []
        return narrowed(resolved, bodies, documents)

    def _run(self, resolved: Resolved, library: Library, most: int) -> Found:
        request = resolved.request
        if resolved.missing and not request.scope.documents:
            return Found(resolved)
        if resolved.away and not (request.scope.places or request.scope.documents):
            national = self._gazetteer.national()
            if national is None:
                return Found(resolved)
            resolved = replace(resolved, request=replace(request, scope=national))
            request = resolved.request
        draft: Draft | None = None
        rows: Sequence[Row] = ()
        if request.op == "address" and (at := _at_path(resolved, library)):
            rows = at
        elif operation := self._operations.get(request.op):
            draft = operation(request, library)
            rows = _of_draft(draft) if draft else ()
        if not rows and request.op == "fact":
            rows = _statements(request, library)
        if not rows and request.strangers:
            rows = _naming(request.strangers, request, library)
        if not rows or (draft is not None and draft.status != "answered" and request.op != "address"):
            rows = [*rows, *(row for row in self._searched(resolved, library, most) if row not in rows)]
        documents = tuple(d.id for d in library.documents_of(request.scope))
        absent = swept(request, [row.clause for row in rows], library) if request.op == "find" else None
        return Found(resolved, tuple(rows), draft, absent, documents, _printed(resolved, library))

    def _searched(self, resolved: Resolved, library: Library, most: int) -> list[Row]:
        """The clauses that the wordings find, those of the places named first, and of what holds there as well those that
        have words of the topic.
        """
        request = resolved.request
        if not (resolved.wordings or request.text or request.bodies):
            return []
        scope = request.scope
        if len(scope.places) > 1 and not scope.documents:
            each = [replace(scope, places=(place,)) for place in scope.places]
            return [row for one in each for row in self._of_scope(resolved, one, library, _ONE_OF_SEVERAL)]
        rows = self._of_scope(resolved, scope, library, most)
        wider = self._gazetteer.wider(scope) if scope.places and not scope.documents else None
        beside = self._of_scope(resolved, wider, library, _WIDER) if wider else []
        words = [fold(word) for word in request.subjects or request.topics]
        return rows + [row for row in beside if any(word in library.familiarity.haystack(row.clause) for word in words)]

    def _of_scope(self, resolved: Resolved, scope: Scope, library: Library, most: int) -> list[Row]:
        request = resolved.request
        named = {(body.name, body.jurisdiction) for mention in request.bodies for body in mention.bodies}

        def prefers(clause: Node) -> float:
            return _OF_BODY if any((d.name, d.jurisdiction) in named for d in clause.departments) else 0.0

        wordings = resolved.wordings or (request.text or "".join(mention.words for mention in request.bodies),)
        searches = [
            library.find(request, _SEARCHED, text=words, scope=scope, prefers=prefers) for words in wordings if words
        ]
        return [_row(found) for found in _fused(searches)[:most]]


def _fused(searches: Sequence[Sequence[RetrievedClause]]) -> list[RetrievedClause]:
    """By the places that the searches give each clause; those without anything in common with any wording go."""
    worth: dict[str, float] = {}
    best: dict[str, RetrievedClause] = {}
    for found in searches:
        for place, row in enumerate(found):
            if any(signal > 0 for signal in row.signals.values()):
                name = row.clause.clause_id
                worth[name] = worth.get(name, 0.0) + 1 / (_FUSED + place)
                best.setdefault(name, row)
    return [best[name] for name in sorted(worth, key=lambda name: -worth[name])]


def _row(found: RetrievedClause) -> Row:
    """The clause with its sentences, the fittest first: what is shown of one that is too long to be shown whole."""
    rows = sorted(found.sentences, key=lambda row: -row.score)
    return Row(found.clause, tuple((row.sentence.start, row.sentence.end) for row in rows))


def _of_draft(draft: Draft) -> list[Row]:
    """The clauses that an operation's answer rests on, each once."""
    evidence = [
        *draft.evidence,
        *(Evidence(node, 0, len(node.text)) for node in draft.nearest if not node.heading_only),
    ]
    rows: dict[str, Row] = {}
    for item in evidence:
        known = rows.get(item.clause.clause_id)
        spans = (*(known.spans if known else ()), (item.start, item.end))
        rows[item.clause.clause_id] = Row(item.clause, spans, None if known else item.sub_path)
    return list(rows.values())


def _at_path(resolved: Resolved, library: Library) -> list[Row]:
    """The clause at an address that is written as paths are printed; of a heading those below it."""
    if not resolved.path:
        return []
    documents = address.named_documents(resolved.request, library)
    parts = [f"{part}/" for part in resolved.request.scope.parts]
    found = [
        (d, at) for d in documents for part in (*parts, "") if (at := find(d, part + resolved.path.split("#")[-1]))
    ]
    if len({d.id for d, _ in found}) != 1:
        return []
    return [*_opened(*found[0])][:_FOUND]


def _opened(document: Document, at: Address) -> Iterator[Row]:
    if not at.node.heading_only:
        yield Row(at.node, ((at.start, at.end),), at.sub_path)
    if at.sub_path is None:
        yield from (Row(node) for node in document.under(at.node.path) if not node.heading_only)


def _outlined(request: Request, library: Library) -> Draft | None:
    """The list meant; of a document named without a topic its own parts."""
    if listed_here := catalogue.answer(request, library):
        return listed_here
    documents = address.named_documents(request, library)
    if not request.text and len(documents) == 1:
        parts = whole_document(documents[0])
        return drafted(parts) if parts else None
    return _below_heading(request, documents) or outline.answer(request, library)


def _below_heading(request: Request, documents: Sequence[Document]) -> Draft | None:
    """The list under the one heading that is called so, word for word."""
    parts = request.scope.parts
    rows = [
        listing
        for document in documents
        for node in document.nodes
        if fold(topic_of(node)) == request.topic and (not parts or node.path.split("/")[0] in parts)
        for listing in lists_of(document, node)[:1]
    ]
    return drafted(rows[0]) if len(rows) == 1 else None


def _statements(request: Request, library: Library) -> list[Row]:
    """What the documents named print of themselves, where it can't be told which of it is meant."""
    rows: dict[str, Row] = {}
    for document in address.named_documents(request, library) if request.scope.documents else ():
        for statement in statements_of(document)[:_STATED]:
            clause = statement.clause
            if not clause.heading_only:
                known = rows.get(clause.clause_id, Row(clause))
                rows[clause.clause_id] = replace(known, spans=(*known.spans, (statement.start, statement.end)))
    return list(rows.values())


def _naming(names: Sequence[str], request: Request, library: Library) -> list[Row]:
    """The clauses that print a name which was not read as a body's."""
    words = [fold(name) for name in names]
    rows = (
        clause
        for clause in library.corpus.clauses
        if library.admits(clause) and request.scope.includes(clause.document_id, library.jurisdiction_of(clause))
    )
    return [Row(clause) for clause in rows if any(word in fold(clause.text) for word in words)][:_NAMING]


def _printed(resolved: Resolved, library: Library) -> Mapping[str, int] | None:
    """How many clauses where it looked have each wording as it stands."""
    if resolved.request.op != "find" or not resolved.wordings:
        return None
    scope = resolved.request.scope
    here = [
        library.familiarity.haystack(clause)
        for clause in library.corpus.clauses
        if library.admits(clause) and scope.includes(clause.document_id, library.jurisdiction_of(clause))
    ]
    return {
        words: sum(all(part in text for part in fold(words).split()) for text in here) for words in resolved.wordings
    }


def _doers(clause: Node) -> list[BodyMention]:
    """The bodies of a clause whose other tasks may be asked for: those that lead it, else all that answer for it."""
    bodies = listed(clause)
    lead = [one for one in bodies if one.role == "lead"] or [one for one in bodies if one.kind == "department"]
    return [BodyMention(0, 0, one.name, (Body(one.name, one.jurisdiction),)) for one in lead or bodies]
