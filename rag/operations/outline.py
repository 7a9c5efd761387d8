"""The headings or items under a node, whole and counted: 保障措施有哪些, 申请条件有几条, 全文分几章."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.numerals import numeral_of
from corpus.script import fold, simplify
from corpus.types import Document, Node
from index.types import RetrievedClause
from rag.confidence import pair_coverage
from rag.evidence import BUDGET, opening
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.operations.address import lists_at, named_documents
from rag.operations.lists import Item, Listing, annexes, drafted, lists_of, named, whole_document
from rag.phrases import listed, place_and_topic, responsibility, short_title, topic_of
from rag.request import PLAUSIBLE, Request
from rag.types import Draft

_FOUND = 10  # clauses of a search whose lists are looked at
_SURELY = 0.5  # probability of the operation from which on a fair fit is enough
_FAIR, _GOOD = 0.5, 0.8  # fit to the topic that is enough for a sure request; share of it for a likely one
_ITEMS, _RANK, _COUNTED, _NAMED = (
    0.35,
    0.5,
    0.5,
    0.6,
)  # worth of the topic in the items, the search, the count, a heading
_LOOSE = 0.6  # worth of a word's character pairs where the word itself isn't there
_SHORTEST = 3  # characters of a heading that is named by its own words
_MAIN = 1.0  # worth of standing in the main body of a text with annexes, of which the question names none
_PRECISE = 0.6  # worth of a heading that the question has word for word
_CHAPTERS, _PARTS = frozenset("章编节"), frozenset(["部分", "块"])
_NUMERAL = r"[0-9]+|[一二三四五六七八九十两]+"
_MANY = 5  # items from which on their number alone may tell a list from others
_TAIL = 0.6  # share of a heading's characters, its last, that names it where its verb is left out: 实施|专项行动
_RIVALS = 6  # lists that are asked back about
_OTHERS = 1  # words of a topic beside the document's name


@dataclass(frozen=True)
class _Fit:
    listing: Listing
    share: float  # how much of the topic heading and lead-in have
    lead: float  # the same, or more for a heading that is named word for word
    precise: float  # how much of the heading the question has
    topic: float  # how well heading, lead-in and items fit the topic
    score: float

    def gives_way_to(self, other: _Fit) -> bool:
        """The other is the list of one of this one's items, and as near to what is asked."""
        holder = other.listing.holder
        is_inside = holder is not self.listing.holder and any(item.node is holder for item in self.listing.items)
        return is_inside and other.lead >= self.lead and other.precise > self.precise


def answer(request: Request, library: Library) -> Draft | None:
    """One list that the question surely means; None where it means none, or several fit alike."""
    if len(request.scope.places) > 1 or request.scope.missing_document:
        return None
    documents = named_documents(request, library)
    found = library.find(request, _FOUND)
    if request.probability >= PLAUSIBLE and (structure := _structure(request, documents, found, library)):
        return structure
    if request.addresses and (own := lists_at(request, documents)):
        return _answered(_of_count(own, request)[0], request)
    is_of_bodies = "bodies" in request.wants and "list" not in request.wants and not request.ordinal
    if request.bodies or is_of_bodies or "附件" in request.units:
        return None
    rows = tuple(_fits(request, documents, found, library))
    fits = sorted((fit for fit in rows if not any(map(fit.gives_way_to, rows))), key=lambda fit: -fit.score)
    if not fits or not (_is_meant(fits[0], request) or _is_only_of_count(fits, request)):
        return None
    if rivals := _rivals(fits[0].listing, request, library):
        nearest = (fits[0].listing.holder, *rivals)
        return Draft(
            "clarify",
            MESSAGES["ambiguous_list"],
            nearest=tuple(filter(None, nearest))[:_RIVALS],
            lists_departments=False,
        )
    return _answered(fits[0].listing, request)


def _rivals(best: Listing, request: Request, library: Library) -> list[Node]:
    """The same heading, or one that has the whole topic as well, in other documents, where no place or document is named."""
    if request.scope.documents or request.scope.places or best.holder is None or best.lead:
        return []
    heading = topic_of(best.holder)
    return [
        node
        for document in library.documents_of(request.scope)
        if document is not best.document and document.metadata.repealed_on is None
        for node in document.nodes
        if (topic_of(node) == heading or _has_all(request.topics, node, best.holder))
        and len(document.children(node.path)) > 1
    ]


def _has_all(topics: Sequence[str], *nodes: Node) -> bool:
    """Whether the whole topic stands in the heading of each."""
    return bool(topics) and all(word in fold(topic_of(node)) for word in topics for node in nodes)


def _is_meant(fit: _Fit, request: Request) -> bool:
    """A fair fit of a question that surely wants a list; else nearly the whole topic in heading and lead-in."""
    if request.probability >= _SURELY:
        return fit.topic >= _FAIR
    return ("list" in request.wants or request.ordinal is not None) and fit.share >= _GOOD


def _is_only_of_count(fits: Sequence[_Fit], request: Request) -> bool:
    """The best is the one list with as many items as a question that surely wants a list speaks of: 十条措施."""
    if request.probability < _SURELY or request.count is None or request.count < _MANY:
        return False
    rows = [fit for fit in fits if len(fit.listing.items) == request.count]
    return rows == [fits[0]] and fits[0].precise > 0


def _answered(listing: Listing, request: Request) -> Draft:
    """The whole list; of clauses of their own, or where no list is asked for, the one item that is counted off."""
    apart = all(item.evidence.clause is not listing.holder for item in listing.items)
    is_one = request.ordinal and (apart or "list" not in request.wants)
    if request.ordinal and is_one and abs(request.ordinal) <= len(listing.items):
        return _one(listing, listing.items[request.ordinal - (request.ordinal > 0)], request)
    draft = drafted(listing)
    holder = listing.holder
    return _led(draft, listing, holder, request) if holder and _states_count(holder, request) else draft


def _states_count(holder: Node, request: Request) -> bool:
    """The lead-in answers 几级 itself: 应急状态分为两级."""
    if holder.heading_only or not request.measure or len(holder.text) > BUDGET:
        return False
    stated = re.findall(rf"({_NUMERAL}){re.escape(request.measure)}", fold(holder.text))
    return any(numeral != "一" and numeral != "1" for numeral in stated)


def _one(listing: Listing, item: Item, request: Request) -> Draft:
    """How many there are, and the item that was counted off."""
    clause = item.evidence.clause
    bodies = listed(clause) if "bodies" in request.wants else ()
    names = responsibility(place_and_topic(clause, listing.document), bodies, "[1]。") if bodies else ""
    quote = item.evidence if clause is listing.holder else opening(clause)
    counted = MESSAGES["counted"].format(heading=named(listing), total=len(listing.items))
    return Draft("answered", f"{counted}[1]。{names}“{quote.shown}”[1]", (quote,))


def _led(draft: Draft, listing: Listing, holder: Node, request: Request) -> Draft:
    """Before the list what its lead-in states itself: 粮食应急状态分为两级."""
    stated = opening(holder)
    if "list" not in request.wants:
        return Draft("answered", f"“{stated.shown}”[1]", (stated,))
    marks = "；".join(f"{item.words.rstrip('。；;')}[{n}]" for n, item in enumerate(listing.items, start=2))
    counted = MESSAGES["counted"].format(heading=named(listing), total=len(listing.items))
    text = f"{counted}：“{stated.shown}”[1]\n{marks}。"
    return replace(draft, text=text, evidence=(stated, *draft.evidence))


def _fits(
    request: Request, documents: Sequence[Document], found: Sequence[RetrievedClause], library: Library
) -> Iterator[_Fit]:
    """The lists that search brings, and all those of the documents named."""
    ranks: dict[str, int] = {}
    for rank, row in enumerate(found):
        ranks.setdefault(row.clause.clause_id, rank)
    worth = _worth(request.topics, library)
    for listing in _candidates(request, documents, found, library):
        in_force = listing.document.metadata.repealed_on is None or request.scope.documents
        if in_force and not _names_item(listing, fold(request.text)):
            yield _fit(listing, request, worth, ranks)


def _names_item(listing: Listing, asked: str) -> bool:
    """The question has the heading of one of the items: it is about that one."""
    own = fold(topic_of(listing.holder)) if listing.holder else ""
    least = max(len(own) if own in asked else 0, _SHORTEST)
    heads = [fold(topic_of(item.node)) for item in listing.items if item.node is not listing.holder]
    return any(len(head) > least and head in asked for head in heads)


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
    """Each found clause with all that stands above it; all nodes of the documents named, or of the only one."""
    for row in found:
        if document := library.corpus.document(row.clause.document_id):
            node: Node | None = row.clause
            while node is not None:
                yield document, node
                node = document.node(node.parent) if node.parent else None
            yield document, None
    for document in documents if request.scope.documents or len(documents) == 1 else ():
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
    opened = fold(holder.text) if holder and not listing.lead else ""
    share = lead = _share(kept, fold(listing.lead) + heading + opened + ("" if request.scope.documents else title))
    own = (fold(topic_of(holder)) if not listing.lead else fold(listing.title)) if holder else title
    asked = fold(request.text)
    if _is_named(own, asked):
        lead = max(lead, _NAMED + (1 - _NAMED) * lead)
    within = _share(kept, fold("".join(item.node.text for item in listing.items)))
    clauses = {item.evidence.clause.clause_id for item in listing.items} | ({holder.clause_id} if holder else set())
    rank = min((ranks[clause] for clause in clauses if clause in ranks), default=len(ranks) + _FOUND)
    score = lead + _ITEMS * within + _RANK / (1 + rank) + _COUNTED * (len(listing.items) == request.count)
    precise = pair_coverage(own, asked)
    score += _PRECISE * precise + _MAIN * (lead >= _GOOD and _is_main(holder, request))
    return _Fit(listing, share, lead, precise, lead + _ITEMS * within, score)


def _is_main(holder: Node | None, request: Request) -> bool:
    return bool(holder and holder.path.startswith("正文/") and not request.scope.parts and not request.scope.hints)


def _is_named(heading: str, asked: str) -> bool:
    """The question has the heading, or nearly all of it up to its end."""
    least = max(_SHORTEST, math.ceil(_TAIL * len(heading)))
    return len(heading) >= _SHORTEST and heading[-least:] in asked


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
    """全文分几章几条, 分几大部分, 带几个附件: what the document itself is divided into."""
    document = _only(documents, request, found, library) if request.units else None
    if document is None or (request.addresses and not set(request.units) & _CHAPTERS):
        return None
    if "附件" in request.units:
        names = annexes(document)
        return replace(drafted(names), lists_departments=False) if names else None
    if not set(request.units) & _CHAPTERS and not _is_about_all(request, document):
        return None
    counts = [(unit, nodes) for unit in request.units if len(nodes := _numbered(document, unit)) > 1]
    tops = whole_document(document)
    if not counts and tops and _PARTS & set(request.units):
        counts = [(MESSAGES["part"], [item.node for item in tops.items])]
    return _divided(document, counts, request) if counts else None


def _divided(document: Document, counts: Sequence[tuple[str, Sequence[Node]]], request: Request) -> Draft | None:
    """The counts, resting on the last of those counted, and the names of all but articles."""
    last = counts[-1][1][-1]
    clauses = [node for node in (last, *document.under(last.path)) if not node.heading_only]
    if not clauses:
        return None
    quote = opening(clauses[-1])
    said = "、".join(f"{numeral_of(len(nodes))}{unit}" for unit, nodes in counts)
    names = "；".join(_heading(node) for unit, nodes in counts if unit != "条" for node in nodes)
    text = (
        MESSAGES["divided"].format(title=short_title(document), parts=said)
        + "[1]"
        + (f"：{names}。" if names else "。")
    )
    text += f"“{quote.shown}”[1]" if request.ordinal == -1 else ""
    return Draft("answered", text, (quote,), lists_departments=False)


def _heading(node: Node) -> str:
    return simplify(" ".join(node.heading.split()))


def _only(
    documents: Sequence[Document], request: Request, found: Sequence[RetrievedClause], library: Library
) -> Document | None:
    """The one document named, or the one that all the best clauses are of."""
    if len(documents) == 1:
        return documents[0]
    best = {row.clause.document_id for row in found[:3]}
    return library.corpus.document(best.pop()) if len(best) == 1 and not request.scope.documents else None


def _numbered(document: Document, unit: str) -> list[Node]:
    """The chapters or articles: what is numbered 第…章, 第…条."""
    own = re.compile(f"第[^/]+{re.escape(unit)}")
    return [node for node in document.nodes if own.fullmatch(node.path.split("/")[-1])]


def _is_about_all(request: Request, document: Document) -> bool:
    """Hardly a word of the topic that the document's articles have and its title hasn't: all of it is counted."""
    title, text = fold(document.metadata.title), fold(document.text)
    rest = [word for word in request.topics if word not in title and word in text]
    return len([word for word in rest if not any(unit in word for unit in request.units)]) <= _OTHERS
