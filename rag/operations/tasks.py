"""What bodies have to do: complete, from the table of clauses and bodies and the sentences that name them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.bodies import Body, BodyMention, BodyTable
from corpus.places import short_form
from corpus.script import fold
from corpus.types import Document, Node, Role
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.operations.duties import Duties, Duty
from rag.operations.said import said
from rag.request import Request
from rag.types import Draft

_SURE = 0.8
_NEAREST = 3  # clauses of other places that are shown
_LIKELY, _LIKELY_OF_SEVERAL = 0.3, 0.5  # probability from which on a body named is asked for its tasks, and several
_OF_LEVELS = ("人民政府", "政府", "办事处")  # what a level alone stands for
_ROLES: Mapping[str, tuple[Role, ...]] = {
    "lead": ("lead",),
    "responsible": ("responsible",),
    "cooperating": ("cooperating", "participating"),
    "approving": ("approving",),
}


@dataclass(frozen=True)
class Asked:
    """One body that is asked about, and what it has to do."""

    words: str
    bodies: tuple[Body, ...]
    duties: tuple[Duty, ...]


def answer(request: Request, library: Library, bodies: BodyTable) -> Draft | None:
    """The tasks of the bodies named; None where no body is, or what is asked is no task of theirs."""
    if request.strangers and not request.bodies and request.probability >= _LIKELY_OF_SEVERAL:
        return _nobody(request)
    least = _LIKELY if len(request.bodies) == 1 else _LIKELY_OF_SEVERAL
    if not request.bodies or request.probability < least or request.tally in ("most", "fewest"):
        return None
    if "yes_no" in request.wants and request.subjects:
        return None
    asked = asked_of(request, library, bodies)
    if not asked:
        return _nothing(request, library, bodies)
    return None if _names_another(request, asked, library) else listing(request, asked, library)


def others(request: Request, given: Draft, library: Library, bodies: BodyTable) -> Draft | None:
    """What else the body of the one clause just given has to do: the body named, or else the one that leads it."""
    if len(given.evidence) != 1:
        return None
    clause = given.evidence[0].clause
    body = _body_of(clause, request, bodies)
    if body is None:
        return None
    mention = BodyMention(0, 0, body.name, (body,))
    asked = asked_of(replace(request, bodies=(mention,), subjects=()), library, bodies)
    rest = [replace(one, duties=tuple(row for row in one.duties if row.clause is not clause)) for one in asked]
    if found := listing(request, rest, library):
        return found
    message = MESSAGES["body_not_stated"].format(place=body.jurisdiction or MESSAGES["here"], body=body.name)
    return Draft("refused", message, reason="not_stated", nearest=(clause,))


def _body_of(clause: Node, request: Request, bodies: BodyTable) -> Body | None:
    named = {body.name for mention in request.bodies for body in mention.bodies}
    here = [d for d in clause.departments if not named or d.name in named]
    chosen = next((d for d in here if d.role == "lead"), here[0] if here else None)
    if chosen is None:
        return None
    return next((b for b in bodies.bodies if (b.name, b.jurisdiction) == (chosen.name, chosen.jurisdiction)), None)


def _nothing(request: Request, library: Library, bodies: BodyTable) -> Draft | None:
    """Said of a place whose texts were all looked through; its body may have tasks elsewhere. Where a text so much as names
    it, nothing is denied.
    """
    known = [task.clause for mention in request.bodies for body in mention.bodies for task in bodies.tasks(body)]
    if not request.scope.places or request.probability < _SURE:
        return None
    words = request.bodies[0].words
    texts = [document.text for document in library.documents_of(request.scope)]
    is_named = any(fold(words) in fold(text) for text in texts)
    message = MESSAGES["body_not_found" if is_named else "body_not_stated"]
    text = message.format(place="、".join(request.scope.places), body=words)
    return Draft("refused", text, reason="not_found" if is_named else "not_stated", nearest=tuple(known[:_NEAREST]))


def _nobody(request: Request) -> Draft:
    """A body is named that no text prints: no other one's tasks are told in its place."""
    message = MESSAGES["unknown_body"].format(body="、".join(request.strangers))
    return Draft("refused", message, reason="not_found")


def _names_another(request: Request, asked: Sequence[Asked], library: Library) -> bool:
    """Whether a subject begins the name of a further body of these documents, as 乡镇 does 乡镇人民政府."""
    own = {fold(body.name) for one in asked for body in one.bodies}
    documents = {row.clause.document_id for one in asked for row in one.duties}
    others = {
        fold(department.name)
        for clause in library.corpus.clauses
        if clause.document_id in documents
        for department in clause.departments
    } - own
    return any(name == word + kind for word in request.subjects for name in others for kind in _OF_LEVELS)


def listing(request: Request, asked: Sequence[Asked], library: Library) -> Draft | None:
    """The tasks said; None without any."""
    asked = [one for one in asked if one.duties]
    if not asked:
        return None
    chosen, role = _of_role(asked, request)
    if request.tally == "together" and len(chosen) > 1:
        chosen = _shared(chosen)
    return (
        said([(one.words, one.bodies, one.duties) for one in chosen], role, request.role, library) if chosen else None
    )


def asked_of(request: Request, library: Library, bodies: BodyTable) -> list[Asked]:
    """Each body named once, with its duties where the question looks."""
    rows: list[Asked] = []
    for mention in _mentions(request, library):
        clauses = [clause for clause in library.corpus.clauses if _is_wanted(clause, request, library)]
        own = Duties(mention, bodies, clauses, request.scope.places if not request.scope.documents else ())
        duties = _about(own.rows(), request, library)
        if duties:
            rows += _by_place(Asked(mention.words, _of(own.bodies, duties), duties))
    return rows


def _by_place(asked: Asked) -> list[Asked]:
    """A short name that several places have means one body of each."""
    places = dict.fromkeys(body.jurisdiction for body in asked.bodies)
    if len(places) < 2:
        return [asked]
    rows = []
    for place in places:
        bodies = tuple(body for body in asked.bodies if body.jurisdiction == place)
        duties = tuple(row for row in asked.duties if _of(bodies, [row]))
        rows.append(Asked(asked.words, bodies, duties))
    return [row for row in rows if row.duties]


def _mentions(request: Request, library: Library) -> Sequence[BodyMention]:
    """Those that name different bodies, in order; who issued a document named is only a part of its name."""
    rows = list({mention.bodies: mention for mention in reversed(request.bodies)}.values())[::-1]
    issuers = {fold(d.metadata.issuer or "") for d in library.corpus.documents}
    documents = [library.corpus.document(name) for name in request.scope.documents]
    titles = "".join(fold(d.metadata.title) for d in documents if d)
    return [row for row in rows if fold(row.words) not in issuers and fold(row.words) not in titles] or rows


def _is_wanted(clause: Node, request: Request, library: Library) -> bool:
    scope = request.scope
    return (
        library.admits(clause)
        and scope.bonus(clause, library.jurisdiction_of(clause)) is not None
        and (not scope.documents or clause.document_id in scope.documents)
        and (not scope.parts or clause.path.split("/")[0] in scope.parts)
    )


def _about(rows: Sequence[Duty], request: Request, library: Library) -> tuple[Duty, ...]:
    """Those of the documents and the topic that the question speaks of, the body's own doing first."""
    chosen = list(rows)
    if not request.scope.documents and chosen:
        chosen = _of_titles(chosen, request, library) or _of_subjects(chosen, request)
    return tuple(sorted(chosen, key=lambda row: row.rank))


def _of_titles(rows: Sequence[Duty], request: Request, library: Library) -> list[Duty]:
    """Those of the documents of which the question has most of the title; nothing where it has no document's."""
    names = {form for place in request.scope.places for form in (place, short_form(place))}
    words = {fold(word) for word in library.retriever.words.words(request.text) if word not in names}
    titles = {row.clause.document_id: _title(library.corpus.document(row.clause.document_id)) for row in rows}
    shares = {name: sum(len(word) for word in words if _is_within(word, title)) for name, title in titles.items()}
    best = max(shares.values())
    return [row for row in rows if shares[row.clause.document_id] == best] if best else []


def _of_subjects(rows: Sequence[Duty], request: Request) -> list[Duty]:
    """Those that have a word of the topic; where none has, all if hardly anything but tasks can be meant."""
    having = [row for row in rows if any(word in fold(row.clause.label + row.clause.text) for word in request.subjects)]
    if request.op == "tally" or (having and len({row.clause.document_id for row in rows}) == 1):
        return [*having, *(row for row in rows if row not in having)]
    return having or (list(rows) if request.probability >= _SURE or not request.subjects else [])


def _title(document: Document | None) -> str:
    return fold(document.metadata.title + (document.metadata.notice_title or "")) if document else ""


def _is_within(word: str, title: str) -> bool:
    """Whether the characters come in the title in the same order, as 公租房 does in 公共租赁住房."""
    rest = iter(title)
    return len(word) > 1 and all(character in rest for character in word)


def _of(bodies: Sequence[Body], duties: Sequence[Duty]) -> tuple[Body, ...]:
    """Those that the duties are of."""
    named = {(d.name, d.jurisdiction) for row in duties for d in row.clause.departments}
    return tuple(body for body in bodies if (body.name, body.jurisdiction) in named)


def _of_role(asked: Sequence[Asked], request: Request) -> tuple[list[Asked], Role | None]:
    """The tasks in the part that is asked for, and that part; all of them where no text tells parts apart so."""
    roles = _ROLES.get(request.role, ())
    chosen = [replace(one, duties=tuple(row for row in one.duties if row.role in roles)) for one in asked]
    chosen = [one for one in chosen if one.duties]
    return (chosen, roles[0]) if roles and chosen else (list(asked), None)


def _shared(asked: Sequence[Asked]) -> list[Asked]:
    """Only the clauses that give all of them a task, each once."""
    common = set.intersection(*({row.clause.clause_id for row in one.duties} for one in asked))
    first = asked[0]
    rows = tuple(row for row in first.duties if row.clause.clause_id in common)
    words = "、".join(one.words for one in asked)
    bodies = tuple(dict.fromkeys(body for one in asked for body in one.bodies))
    return [Asked(words, bodies, rows)] if rows else []
