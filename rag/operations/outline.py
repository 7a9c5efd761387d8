"""The headings or items under a node, whole and counted: 保障措施有哪些, 申请条件有几条, 全文分几章."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.numerals import numeral_of
from corpus.script import fold, simplify
from corpus.types import Document, Node
from index.types import RetrievedClause
from rag.confidence import pair_coverage
from rag.evidence import opening
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.operations.address import lists_at
from rag.operations.lists import Item, Listing, drafted, lists_of, named, whole_document
from rag.phrases import listed, place_and_topic, responsibility, short_title, topic_of
from rag.request import Request
from rag.types import Draft, Evidence

_FOUND = 10  # clauses of a search whose lists are looked at
_SURELY = 0.5  # probability of the operation from which on a fair fit is enough
_FAIR, _GOOD = 0.4, 0.75  # fit of a lead-in to the topic that is enough for a sure request, and for a likely one
_ITEMS, _RANK, _COUNTED, _NAMED = 0.35, 0.5, 0.5, 0.6  # worth of the topic in the items, the search, the count, a heading
_LOOSE = 0.6  # worth of a word's character pairs where the word itself isn't there
_SHORTEST = 3  # characters of a heading that is named by its own words
_BY_NUMBER = {"章": "章", "编": "编", "节": "节", "条": "条"}


@dataclass(frozen=True)
class _Fit:
    listing: Listing
    lead: float  # how well heading and lead-in fit the topic, from 0 to 1
    score: float


def answer(request: Request, library: Library) -> Draft | None:
    """One list that the question surely means; None where it means none, or several fit alike."""
    if request.bodies or len(request.scope.places) > 1:
        return None
    documents = library.documents_of(request.scope)
    if request.addresses and (own := lists_at(request, documents)):
        return _answered(_of_count(own, request)[0], request)
    if "附件" in request.units:
        return None
    found = library.find(request, _FOUND)
    if structure := _structure(request, documents, found, library):
        return structure
    fits = sorted(_fits(request, documents, found, library), key=lambda fit: -fit.score)
    if not fits or fits[0].lead < (_FAIR if request.probability >= _SURELY else _GOOD):
        return None
    return _answered(fits[0].listing, request)


def _answered(listing: Listing, request: Request) -> Draft:
    """The whole list; the one item where it is counted off and the rest isn't asked for."""
    if request.ordinal and "list" not in request.wants and abs(request.ordinal) <= len(listing.items):
        return _one(listing, listing.items[request.ordinal - (request.ordinal > 0)], request)
    draft = drafted(listing)
    holder = listing.holder
    if holder is None or holder.heading_only or holder in {item.evidence.clause for item in listing.items}:
        return draft
    return _led(draft, listing, holder)


def _one(listing: Listing, item: Item, request: Request) -> Draft:
    """How many there are, and the item that was counted off."""
    clause = item.evidence.clause
    bodies = listed(clause) if "bodies" in request.wants else ()
    names = responsibility(place_and_topic(clause, listing.document), bodies, "[1]。") if bodies else ""
    quote = item.evidence if clause is listing.holder else opening(clause)
    counted = MESSAGES["counted"].format(heading=named(listing), total=len(listing.items))
    return Draft("answered", f"{counted}[1]。{names}“{quote.shown}”[1]", (quote,))


def _led(draft: Draft, listing: Listing, holder: Node) -> Draft:
    """Before the list what its lead-in states itself: 粮食应急状态分为两级."""
    stated = Evidence(holder, 0, len(holder.text))
    if listing.lead or len(holder.text) <= len(holder.heading) + 2:
        return draft
    marks = "；".join(f"{item.words.rstrip('。；;')}[{n}]" for n, item in enumerate(listing.items, start=2))
    counted = MESSAGES["counted"].format(heading=named(listing), total=len(listing.items))
    text = f"{counted}：“{opening(holder).shown}”[1]\n{marks}。"
    return replace(draft, text=text, evidence=(replace(stated, end=opening(holder).end), *draft.evidence))


def _fits(
    request: Request, documents: Sequence[Document], found: Sequence[RetrievedClause], library: Library
) -> Iterator[_Fit]:
    """The lists that search brings, and all those of the documents named."""
    ranks: dict[str, int] = {}
    for rank, row in enumerate(found):
        ranks.setdefault(row.clause.clause_id, rank)
    worth = _worth(request.topics, library)
    for listing in _candidates(request, documents, found, library):
        if listing.document.metadata.repealed_on is None or request.scope.documents:
            yield _fit(listing, request, worth, ranks)


def _candidates(
    request: Request, documents: Sequence[Document], found: Sequence[RetrievedClause], library: Library
) -> Iterator[Listing]:
    seen: set[tuple[str, str | None]] = set()
    for document, node in _nodes(request, documents, found, library):
        key = (document.id, node.path if node else None)
        if key not in seen:
            seen.add(key)
            yield from lists_of(document, node) if node else filter(None, [whole_document(document)])


def _nodes(
    request: Request, documents: Sequence[Document], found: Sequence[RetrievedClause], library: Library
) -> Iterator[tuple[Document, Node | None]]:
    """Each found clause with all that stands above it; all nodes of the documents named."""
    for row in found:
        if document := library.corpus.document(row.clause.document_id):
            node: Node | None = row.clause
            while node is not None:
                yield document, node
                node = document.node(node.parent) if node.parent else None
            yield document, None
    for document in documents if request.scope.documents else ():
        if not request.scope.parts:
            yield document, None
        for node in document.nodes:
            if request.scope.bonus(node, library.jurisdiction_of(node)) is not None:
                yield document, node


def _worth(topics: Sequence[str], library: Library) -> dict[str, float]:
    """The topic's words, each worth more the fewer clauses have it."""
    texts = [fold(clause.label + clause.text) for clause in library.corpus.clauses]
    return {word: math.log(1 + len(texts) / (1 + sum(word in text for text in texts))) for word in topics}


def _fit(listing: Listing, request: Request, worth: Mapping[str, float], ranks: Mapping[str, int]) -> _Fit:
    title = fold(listing.document.metadata.title)
    kept = {word: value for word, value in worth.items() if word not in title} if request.scope.documents else worth
    kept = kept or worth
    holder = listing.holder
    heading = fold(holder.label) if holder else ""
    lead = _share(kept, fold(listing.lead) + heading + ("" if request.scope.documents else title))
    own = fold(topic_of(holder)) if holder and not listing.lead else fold(listing.title)
    if len(own) >= _SHORTEST and own in fold(request.text):
        lead = max(lead, _NAMED + (1 - _NAMED) * lead)
    within = _share(kept, fold("".join(item.node.text for item in listing.items)))
    clauses = {item.evidence.clause.clause_id for item in listing.items} | ({holder.clause_id} if holder else set())
    rank = min((ranks[clause] for clause in clauses if clause in ranks), default=len(ranks) + _FOUND)
    score = lead + _ITEMS * within + _RANK / (1 + rank) + _COUNTED * (len(listing.items) == request.count)
    return _Fit(listing, lead, score)


def _share(worth: Mapping[str, float], text: str) -> float:
    """The share of the words' worth that stands in the text, a word's pairs for less than the word."""
    total = sum(worth.values())
    got = sum(value * (1.0 if word in text else _LOOSE * pair_coverage(word, text)) for word, value in worth.items())
    return got / total if total else 0.0


def _of_count(rows: Sequence[Listing], request: Request) -> list[Listing]:
    """The lists of so many items as the question speaks of, or all."""
    return [row for row in rows if len(row.items) == request.count] or list(rows)


def _structure(
    request: Request, documents: Sequence[Document], found: Sequence[RetrievedClause], library: Library
) -> Draft | None:
    """全文分几章几条, 分几大部分: what the document itself is divided into."""
    units = [unit for unit in request.units if unit in _BY_NUMBER]
    is_whole = bool({"部分", "块"} & set(request.units))
    document = _only(documents, request, found, library)
    if document is None or not (is_whole or {"章", "编", "节"} & set(units) or (units and _is_of_articles(document))):
        return None
    if not is_whole and "条" in units and len(units) == 1 and not _speaks_of_all(request, document):
        return None
    counts = [(unit, nodes) for unit in units if (nodes := _numbered(document, unit))]
    tops = whole_document(document)
    if is_whole and not counts and tops:
        counts = [(MESSAGES["part"], [item.node for item in tops.items])]
    if not counts:
        return None
    said = "、".join(f"{numeral_of(len(nodes))}{unit}" for unit, nodes in counts)
    last = counts[-1][1][-1]
    clause = [n for n in (last, *document.under(last.path)) if not n.heading_only]
    names = "；".join(simplify(_heading(node)) for unit, nodes in counts if unit != "条" for node in nodes)
    evidence = (opening(clause[-1]),) if clause else ()
    if not evidence:
        return None
    text = MESSAGES["divided"].format(title=short_title(document), parts=said) + "[1]"
    text += f"：{names}。" if names else "。"
    text += f"“{evidence[0].shown}”[1]" if request.ordinal == -1 else ""
    return Draft("answered", text, evidence, lists_departments=False)


def _heading(node: Node) -> str:
    return " ".join(node.heading.split())


def _only(
    documents: Sequence[Document], request: Request, found: Sequence[RetrievedClause], library: Library
) -> Document | None:
    """The one document named, or the one that all the best clauses are of."""
    if len(documents) == 1:
        return documents[0]
    best = {row.clause.document_id for row in found[:3]}
    return library.corpus.document(best.pop()) if len(best) == 1 and not request.scope.documents else None


def _numbered(document: Document, unit: str) -> list[Node]:
    return [node for node in document.nodes if node.path.split("/")[-1].startswith("第") and node.path.endswith(unit)]


def _is_of_articles(document: Document) -> bool:
    return len(_numbered(document, "条")) > 1


def _speaks_of_all(request: Request, document: Document) -> bool:
    """Nothing of the topic is in any article that is not in the title: the document is what is counted."""
    title = fold(document.metadata.title)
    rest = [word for word in request.topics if word not in title]
    return len(rest) <= 1
