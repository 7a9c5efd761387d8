"""A clause by its address: 第17条, 附件二第二部分第（四）项第2点, 6.2.2, 第十五条第二款第一项. No search."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.address import find
from corpus.departments import bracket_span
from corpus.script import fold, simplify
from corpus.types import BODY, Department, Document, Node
from rag.evidence import WHOLE_LIMIT, opening
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.operations.addressed import (
    Sighting,
    Spot,
    in_parts,
    is_heard,
    nodes_at,
    numbered_so,
    own_step,
    parts_and_steps,
    spots,
)
from rag.operations.lists import Listing, below, drafted, lists_of, without_label
from rag.operations.series import series_in
from rag.phrases import listed, place_and_topic, responsibility, short_title
from rag.reading.addresses import OF_A_FORM, PrintedPath, Step, Steps
from rag.request import Request
from rag.scope import Scope
from rag.types import Draft, Evidence

_SURELY = 0.5  # probability from which on a single number without a document is an address


def answer(request: Request, library: Library) -> Draft | None:
    """The clauses at the addresses, whole; None where none is named, or none of the documents can be meant."""
    documents = named_documents(request, library)
    if request.path and (printed := _at_path(request.path, documents, library)):
        return _opened(printed, request, ())
    if not request.addresses or len(request.scope.places) > 1 or request.scope.missing_document:
        return None
    if attached := _attached(request, documents):
        return attached
    if len(request.addresses) == 1:
        certain = len(library.corpus.documents) == 1 or request.scope.strict_documents or not request.scope.documents
        return _one(request, request.addresses[0], documents, certain and len(documents) == 1)
    rows = [_only(found) for steps in request.addresses if (found := _found(request, steps, documents))]
    spotted = [spot for spot in rows if spot]
    return _each(spotted, request) if len(spotted) == len(request.addresses) else None


def _at_path(path: PrintedPath, documents: Sequence[Document], library: Library) -> Spot | None:
    if path.document:
        documents = [d for d in library.documents_of(Scope()) if fold(d.id) == path.document]
    found = [Spot(d, address) for d in documents if (address := find(d, path.path))]
    return _only(found)


def _one(request: Request, steps: Steps, documents: Sequence[Document], is_certain: bool) -> Draft | None:
    if not (_is_asked(request, steps) or len(documents) == 1):
        return None
    found = _found(request, steps, documents)
    if not found:
        return _missing(request, steps, documents[0]) if is_certain else None
    if len(found) > 1:
        spoken = "".join(step.words for step in steps)
        return Draft("clarify", MESSAGES["ambiguous_clause"].format(address=spoken),
                     nearest=tuple(spot.node for spot in found[:6]), lists_departments=False)  # fmt: skip
    return _opened(found[0], request, steps)


def _is_asked(request: Request, steps: Steps) -> bool:
    """A single number is an address beside a place or document, or where the question surely is of this kind."""
    named = request.scope.places or request.scope.documents
    return bool(len(steps) > 1 or named or request.probability >= _SURELY)


def _found(request: Request, steps: Steps, documents: Sequence[Document]) -> list[Spot]:
    seen = Sighting(request.scope.parts, request.text, request.topics)
    found = spots(documents, steps, seen)
    if not request.scope.documents and not request.scope.places and len(documents) > 1:
        heard = [spot for spot in found if is_heard(spot, steps, seen)]
        found = heard if heard or request.subjects else found  # nothing but an address is asked about
    in_force = [spot for spot in found if spot.document.metadata.repealed_on is None]
    return in_force if len(in_force) == 1 else found


def _only(found: Sequence[Spot]) -> Spot | None:
    return found[0] if len(found) == 1 else None


def _opened(spot: Spot, request: Request, steps: Steps) -> Draft:
    """The clause itself: its departments when they are asked for, and its words; of a bare heading what is below it."""
    node = spot.node
    if listing := below(spot.document, node):
        return drafted(listing)
    quote = _quote(spot)
    bodies = _bodies_in(spot) if "bodies" in request.wants else ()
    lead = responsibility(place_and_topic(node, spot.document), bodies, "[1]。") if bodies else ""
    lead = lead or _counted(spot, request, steps)
    about = tuple((body.name, body.jurisdiction) for body in bodies) if spot.address.sub_path else ()
    return Draft("answered", f"{lead}“{quote.shown}”[1]", (quote,), about=about)


def _quote(spot: Spot) -> Evidence:
    address = spot.address
    if address.sub_path is None:
        return opening(spot.node)
    return Evidence(spot.node, address.start, address.end, address.sub_path)


def _bodies_in(spot: Spot) -> tuple[Department, ...]:
    """The bodies of the clause; of a paragraph of it those that it prints."""
    bodies = listed(spot.node)
    if spot.address.sub_path is None:
        return bodies
    return tuple(body for body in spot.node.departments if body.printed in spot.address.text)


def _counted(spot: Spot, request: Request, steps: Steps) -> str:
    """Asked for an item and how many there are: the number of its fellows."""
    if request.value != "count" or spot.address.sub_path is None or not steps:
        return ""
    start = spot.address.start
    own = [series for series in series_in(spot.node.text) if any(start == item[0] for item in series.items)]
    if not own:
        return ""
    address = f"《{short_title(spot.document)}》“{steps[0].words}”"
    return MESSAGES["counted"].format(heading=address, total=len(own[0].items)) + "[1]。"


def _each(found: Sequence[Spot], request: Request) -> Draft:
    """The clauses of several addresses, one under the other."""
    evidence: list[Evidence] = []
    lines = []
    for n, spot in enumerate(found, start=1):
        bodies = _bodies_in(spot) if "bodies" in request.wants else ()
        item = (
            Evidence(spot.node, *(bracket_span(spot.node.text) or (0, len(spot.node.text)))) if bodies else _quote(spot)
        )
        topic = place_and_topic(spot.node, spot.document)
        lines.append(f"{responsibility(topic, bodies)}[{n}]。" if bodies else f"“{item.shown}”[{n}]。")
        evidence.append(item)
    return Draft("answered", "\n".join(lines), tuple(evidence))


def _attached(request: Request, documents: Sequence[Document]) -> Draft | None:
    """Annexes of one document that its list names and the text does not hold: their names, or that no more is there."""
    if len(documents) != 1 or not (request.scope.documents or request.scope.places):
        return None
    document = documents[0]
    names = next((node for node in document.clauses if node.path.endswith("附件清单")), None)
    steps = [address for address in request.addresses if parts_and_steps(address, ())[0] not in ((), (BODY,))]
    if names is None or not _names(names) or len(steps) != len(request.addresses):
        return None
    if any(in_parts(node, parts_and_steps(address, ())[0]) for address in steps for node in document.nodes):
        return None
    rows = [_name_of(names, address[0]) for address in steps]
    if any(row is None for row in rows):
        known = "；".join(simplify(names.text[slice(*item)]) for item in _names(names))
        text = MESSAGES["no_such_annex"].format(
            title=short_title(document), annex=steps[0][0].words, count=len(_names(names)), known=known
        )
        return Draft("answered", f"{text}[1]", (_all_or_opening(names),), lists_departments=False)
    if any(step.ranks[0] == OF_A_FORM for address in steps for step in address):
        text = MESSAGES["annex_without_text"].format(title=short_title(document), annex=steps[0][0].words)
        return Draft("refused", text, reason="not_stated", nearest=(names,))
    said = "；".join(f"{steps[i][0].words}：“{row}”" for i, row in enumerate(rows))
    quote = _all_or_opening(names)
    return Draft("answered", f"{said}[1]。“{quote.shown}”[1]", (quote,), lists_departments=False)


def _names(names: Node) -> tuple[tuple[int, int], ...]:
    return next((series.items for series in series_in(names.text)), ())


def _name_of(names: Node, annex: Step) -> str | None:
    """The annex's line in the list of annexes."""
    items = _names(names)
    if not 0 < annex.number <= len(items):
        return None
    return simplify(without_label(names.text[slice(*items[annex.number - 1])]))


def _all_or_opening(node: Node) -> Evidence:
    return Evidence(node, 0, len(node.text)) if len(node.text) <= WHOLE_LIMIT else opening(node)


def _missing(request: Request, steps: Steps, document: Document) -> Draft | None:
    """What isn't there, and what is. Cited is the nearest of the same numbering."""
    parts, inner = parts_and_steps(steps, request.scope.parts)
    if not inner or (parts and not any(in_parts(node, parts) for node in document.nodes)):
        return None
    holder = [node for count in range(1, len(inner)) for node in nodes_at(document, inner[:count], parts)]
    title, spoken = f"《{short_title(document)}》", "".join(step.words for step in steps)
    if len(inner) > 1 and holder and not holder[-1].heading_only:
        text = MESSAGES["no_such_paragraph"].format(document=title, address=spoken)
        return Draft("answered", f"{text}[1]", (_first_line(holder[-1]),), lists_departments=False)
    for rank in inner[-1].ranks:
        if rows := numbered_so(document, rank, parts):
            return _nearest(document, rows, inner[-1], title, spoken)
    return None


def _nearest(document: Document, rows: Sequence[tuple[int, Node]], last: Step, title: str, spoken: str) -> Draft:
    _, nearest = min(rows, key=lambda row: abs(row[0] - last.number))
    nearest = next((n for n in (nearest, *document.under(nearest.path)) if not n.heading_only), nearest)
    text = MESSAGES["no_such_clause"].format(document=title, address=spoken, last=own_step(rows[-1][1]))
    return Draft("answered", f"{text}[1]", (_first_line(nearest),), lists_departments=False)


def _first_line(node: Node) -> Evidence:
    return Evidence(node, 0, len(node.text.split("。")[0].split("\n")[0]))


def named_documents(request: Request, library: Library) -> tuple[Document, ...]:
    """The documents named, surely or not; of none named all where the question looks."""
    documents = library.documents_of(request.scope)
    return tuple(document for document in documents if document.id in request.scope.documents) or documents


def lists_at(request: Request, documents: Sequence[Document]) -> tuple[Listing, ...]:
    """The lists at the request's one address: what other operations look for items in."""
    if len(request.addresses) != 1:
        return ()
    found = _found(request, request.addresses[0], documents)
    return lists_of(found[0].document, found[0].node) if len(found) == 1 else ()
