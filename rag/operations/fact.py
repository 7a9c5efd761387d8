"""What a document prints about itself: who issued it and when, its number, addressees, period, basis, who explains it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.script import fold
from corpus.types import Corpus, Document
from rag.lookup import Library
from rag.messages import FACTS, MESSAGES
from rag.operations.documents_meant import documents_meant, documents_of_place, is_meant, is_named, means_rather
from rag.phrases import short_title
from rag.reading.kinds import FactName
from rag.request import Request
from rag.statements.cited import cited_numbers
from rag.statements.lines import front_of, lines_of
from rag.statements.read import repealed_by, statements_of
from rag.statements.replaced import replaced_texts
from rag.statements.types import Form, Statement
from rag.types import CitedBody, Draft, Evidence

_BEFORE: dict[FactName, tuple[Form, ...]] = {  # the surest printing first
    "issuer": ("row", "title", "sign_off", "act", "source"),
    "issued_on": ("row", "sign_off", "act", "posted"),
    "validity": ("repealed", "sentence", "row", "act"),
    "repeals": ("sentence", "repealed"),
}
_TOLD_BY_NAME: tuple[Form, ...] = (
    "act",
    "person",
    "source",
)  # what is asked for by its own word, whatever the fact is called
_OF_PAGE: tuple[Form, ...] = ("row", "source", "posted")
_END_WORDS = ("有效期", "失效", "截止", "到期", "为止")  # how texts and people name the end of a period
_TIED_END = re.compile("有效期|至[^。;]{1,30}(?:止|结束|解除|届满|失效)")  # as a text may say until when it holds
_LEAST = 0.35  # probability below which the question is about what the text says, and not about the text
_SURE = 0.8  # probability from which on a fact that isn't printed is said to be missing
_SIGN_OFF: tuple[FactName, ...] = ("issuer", "issued_on")
_OFFICES: tuple[FactName, ...] = ("issuer", "addressees", "contact")
_SHARED_END = 1  # characters at the end of a body's name that say what kind of body it is


def answer(request: Request, library: Library) -> Draft | None:
    """The facts asked for, each with the words that print it; None where the document or one of the facts isn't told."""
    if request.probability < _LEAST:
        return None
    if ended := _of_replaced(request, library):
        return ended
    documents = documents_meant(request, library)
    if not documents and (back := _asked_back(request, library)):
        return back
    rows = [(document, *_chosen(document, request, library.corpus)) for document in documents]
    if len(rows) == 1 and (refused := _without_end(rows[0][0], rows[0][1], request)):
        return refused
    if not rows or not all(_is_told(document, chosen, missing, request) for document, chosen, missing in rows):
        return None
    evidence: list[Evidence] = []
    bodies: list[CitedBody] = []
    said = []
    for document, chosen, missing in rows:
        pieces: list[str] = []
        for statement in chosen:
            evidence.append(statement.evidence)
            said_of = statement.says.removeprefix("的") if pieces else statement.says
            pieces.append(f"{said_of}[{len(evidence)}]")
            if _asks_for_bodies(statement, request):
                bodies += [CitedBody(name, statement.role, len(evidence)) for name in statement.bodies]
        if missing:
            if not chosen:
                evidence.append(title_line(document))
            mark = "" if chosen else f"[{len(evidence)}]"
            what = MESSAGES["and"].join(FACTS[fact] for fact in missing)
            pieces.append(MESSAGES["not_printed"].format(what=what) + mark)
        said.append(MESSAGES["document_says"].format(title=short_title(document), said="；".join(pieces)))
    return Draft("answered", "".join(said), tuple(evidence), issuing=tuple(bodies), lists_departments=False)


def _asked_back(request: Request, library: Library) -> Draft | None:
    """A fact of one of a place's few documents, and not a word that tells which."""
    rows = documents_of_place(request, library)
    if request.probability < _SURE or not set(request.facts) & set(FACTS) or request.subjects or not rows:
        return None
    nearest = tuple(title_line(document).clause for document in rows)
    return Draft("clarify", MESSAGES["ambiguous_list"], nearest=nearest, lists_departments=False)


def _is_told(document: Document, chosen: Sequence[Statement], missing: Sequence[FactName], request: Request) -> bool:
    """Every fact is printed; or the document is named beyond doubt, and what it lacks is a fact that most texts print."""
    if not missing:
        return bool(chosen)
    is_sure = request.probability >= _SURE and is_named(document, request)
    return is_sure and all(fact in FACTS and not _is_known(document, fact) for fact in missing)


def _is_known(document: Document, fact: FactName) -> bool:
    """Whether it is known of the document though no line of it was found."""
    metadata = document.metadata
    known = {
        "number": metadata.document_number,
        "issuer": metadata.issuer,
        "issued_on": metadata.issued_on,
        "validity": metadata.period,
    }
    return bool(known.get(fact))


def title_line(document: Document) -> Evidence:
    """The printed title, or the last line above the text where it isn't found."""
    titled = [row.evidence for row in statements_of(document) if row.facts == ("title",)]
    front = front_of(document)
    return titled[0] if titled else Evidence(front, *(list(lines_of(front))[-1]))


def _of_replaced(request: Request, library: Library) -> Draft | None:
    """Whether a text still holds that isn't here: what the document says that has taken its place."""
    if not {"validity", "repeals"} & set(request.facts) or not request.years:
        return None
    rows = [row for row in replaced_texts(library.corpus) if row.years & set(request.years)]
    rows = [row for row in rows if is_meant(request.text, row.title) and library.admits(row.statement.clause)]
    if len({row.statement for row in rows}) != 1:
        return None
    title, statement = short_title(rows[0].document), rows[0].statement
    text = MESSAGES["document_says"].format(title=title, said=f"{statement.says}[1]")
    return Draft("answered", text, (statement.evidence,), lists_departments=False)


def _asks_for_bodies(statement: Statement, request: Request) -> bool:
    asked = set(statement.facts) & set(_OFFICES)
    return bool(asked & set(request.facts)) or "bodies" in request.wants


def _chosen(document: Document, request: Request, corpus: Corpus) -> tuple[tuple[Statement, ...], tuple[FactName, ...]]:
    """One statement a fact, those first that the question names by their printed word; and the facts not printed."""
    part = next(
        (part for part in request.scope.parts if any(n.path.startswith(f"{part}/") for n in document.nodes)), ""
    )
    rows = statements_of(document, part)
    ended = tuple(repealed_by(document, corpus))
    if request.facts == ("number",):
        rather = [row for title, row in cited_numbers(document) if means_rather(request.text, title, document)]
        if rather:
            return (rather[0],), ()
    missing: list[FactName] = []
    chosen = list(_named(rows, request))
    told = {fact for row in chosen for fact in row.facts}
    for fact in sorted(request.facts, key=lambda fact: fact == "repeals"):  # an end told may tell what replaces it
        if fact in told:
            continue
        own = [row for row in rows if fact in row.facts]
        if not own and not (fact == "validity" and ended):
            missing.append(fact)
        if own:
            row = min(own, key=lambda row: _rank(row, fact, chosen, request))
            chosen.append(row)
            told.update(row.facts)
        if fact == "validity" and ended and "施行" not in request.topic:
            chosen += ended
            told.add("repeals")
    if any(row.form == "posted" for row in chosen):  # whose page has that day
        chosen += [row for row in rows if row.form == "source"][:1]
    return _joined(tuple(dict.fromkeys(chosen)), rows), tuple(missing)


def _joined(chosen: Sequence[Statement], rows: Sequence[Statement]) -> tuple[Statement, ...]:
    """Office and day of one sign-off are said at once."""
    halves = [row for row in chosen if row.form == "sign_off"]
    both = next((replace(row, facts=_SIGN_OFF) for row in rows if row.form == "signed"), None)
    if len(halves) < len(_SIGN_OFF) or both is None:
        return tuple(chosen)
    return tuple(dict.fromkeys(both if row in halves else row for row in chosen))


def _named(rows: Sequence[Statement], request: Request) -> Iterable[Statement]:
    """The statements whose printed words the question uses; of several with the same words the one with most of them."""
    words = request.topic + "".join(request.topics)
    open_to = [
        row
        for row in rows
        if row.form in _TOLD_BY_NAME
        or "contact" in row.facts
        or (row.facts and not request.facts)
        or set(row.facts) & set(request.facts)
    ]
    held = {row: [mark for mark in row.marks if mark in words] for row in open_to}
    acts = [row for row in open_to if row.form == "act" and held[row]]
    acts = [row for row in acts if row.year in request.years] or acts
    missing = {mark for marks in held.values() for mark in marks}
    while missing:
        row = max(
            open_to,
            key=lambda row: (
                len(missing & set(held[row])),
                len(set(row.facts) & set(request.facts)),
                row.form == "sentence",
            ),
        )
        same = [one for one in acts if set(held[one]) & missing] if row in acts else [row]
        for one in same or [row]:
            missing -= set(held[one])
        yield from same or [row]


def _rank(
    row: Statement, fact: FactName, chosen: Sequence[Statement], request: Request
) -> tuple[bool, bool, int, bool]:
    """By what kind of body is asked for, by what stands beside what is already told, by how it is printed."""
    order = _BEFORE.get(fact, ())
    is_kind = any(body[-_SHARED_END:] in request.topic for body in row.bodies)
    beside = any(one.form in _OF_PAGE for one in chosen) and row.form in _OF_PAGE
    place = order.index(row.form) if row.form in order else len(order)
    return not is_kind, not beside, place, not row.ends


def _without_end(document: Document, chosen: Sequence[Statement], request: Request) -> Draft | None:
    """Until when it holds is asked of a document that doesn't say; an end may be tied to an event."""
    words = request.topic + "".join(request.topics)
    asked = "validity" in request.facts and any(word in words for word in _END_WORDS)
    rows = [row for row in chosen if "validity" in row.facts]
    if not asked or any(row.ends for row in rows) or not request.scope.strict_documents:
        return None
    if any(_TIED_END.search(fold(clause.text)) for clause in document.clauses):
        return None
    known = "".join(MESSAGES["only_begins"].format(said=row.says) for row in rows[:1])
    text = MESSAGES["no_end"].format(title=short_title(document), known=known)
    return Draft("refused", text, nearest=tuple(row.clause for row in rows[:1]), reason="not_stated")
