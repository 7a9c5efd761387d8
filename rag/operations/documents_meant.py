"""Which documents a question about documents means: those named, else the one whose title its words and the search agree on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set

from corpus.places import short_form
from corpus.script import fold
from corpus.types import Document
from rag.lookup import Library
from rag.request import Request
from rag.statements.lines import squeezed
from rag.titles import years_of

_NUMBER = re.compile(r"[一-鿿]{2,12}[\[(]\d{4}[\])]第?\d{1,5}号")
_OLDER = "旧老"  # what is said of the earlier of two texts with one title
_JOINING = frozenset("的了是在和与及")
_SEARCHED = 8  # clauses whose documents count
_SHARED, _SURELY = 2, 4  # pairs of characters that a question shares with a title
_SEVERAL = 3  # documents that are told of one by one


def documents_meant(request: Request, library: Library) -> tuple[Document, ...]:
    """One, or the several that are surely named; none where it can't be told."""
    here = [d for d in library.corpus.documents if library.admits(d.nodes[0])]
    named = [d for d in here if d.id in request.scope.documents]
    if not _claims_year(request, named):
        named = [d for d in named if _is_of_year(d, request.years)]
    if request.scope.documents and not named:
        here = [d for d in here if years_of(d) & set(request.years)]
    if _names_another(request, named):
        return ()
    if len(named) > 1 and all(_same_title(d, named[0]) for d in named):
        return (_version(request, named, _pairs(_titles(named[0]))),)
    if len(named) == 1 or (request.scope.strict_documents and 1 < len(named) <= _SEVERAL):
        return tuple(named)
    of_place = [d for d in here if _is_of(d, request.scope.places)]
    pool = named or of_place
    if not pool:
        return ()
    if len(pool) == 1 or (not named and _one_each(pool, request.scope.places)):
        return tuple(pool)
    return _by_title(request, library, pool)


def documents_of_place(request: Request, library: Library) -> tuple[Document, ...]:
    """The few documents of the one place named, no document being named."""
    if len(request.scope.places) != 1 or request.scope.documents or request.scope.missing_document:
        return ()
    rows = [d for d in library.documents_of(request.scope) if d.metadata.jurisdiction in request.scope.places]
    return tuple(rows) if 1 < len(rows) <= _SEVERAL else ()


def _one_each(documents: Sequence[Document], places: Sequence[str]) -> bool:
    """Each of several places named has just one."""
    return len(places) > 1 and sorted(places) == sorted(d.metadata.jurisdiction or "" for d in documents)


def is_named(document: Document, request: Request) -> bool:
    """Whether the question names the document or its place, so that no other can be meant."""
    return document.id in request.scope.documents or document.metadata.jurisdiction in request.scope.places


def is_meant(asked: str, title: str) -> bool:
    """Whether the words share so much with what a folded title is about that they can mean it."""
    return len(_pairs(fold(asked)) & _pairs(title.rpartition("关于")[2])) > _SHARED


def means_rather(asked: str, title: str, document: Document) -> bool:
    """Whether the words mean a text that the document cites, and not the document: what they share with its title alone."""
    return len((_pairs(fold(asked)) & _pairs(title)) - _pairs(_titles(document))) >= _SURELY


def _claims_year(request: Request, named: Sequence[Document]) -> bool:
    """Whether the year is what is asked about the one document that is named: 是2021年发的吧."""
    return len(named) == 1 and "yes_no" in request.wants and "issued_on" in request.facts


def _is_of_year(document: Document, years: Sequence[int]) -> bool:
    """Whether it is of one of the years named or speaks of it."""
    return not years or bool(years_of(document) & set(years)) or any(str(year) in fold(document.text) for year in years)


def _is_of(document: Document, places: Sequence[str]) -> bool:
    """Whether it holds in one of the places, as far as it says; every document where none is named."""
    own = document.metadata.jurisdiction
    if not places or own in places:
        return True
    words = document.metadata.title + (document.metadata.issuer or "")
    return own is None and any(short_form(place) in words for place in places)


def _by_title(request: Request, library: Library, pool: Sequence[Document]) -> tuple[Document, ...]:
    pairs = {document.id: _pairs(_titles(document)) for document in pool}
    asked = _pairs(fold(request.text))
    titles = {_plain(document): pairs[document.id] for document in pool}  # versions of one text count once
    rarity = Counter(pair for own in titles.values() for pair in own)
    shared = {name: asked & own for name, own in pairs.items()}
    worth = {name: sum(1 / max(rarity[pair], 1) for pair in rows) for name, rows in shared.items()}
    ranked = sorted(worth.values(), reverse=True)
    best = [d for d in pool if worth[d.id] == ranked[0] >= 1]
    found = Counter(row.clause.document_id for row in library.find(request, _SEARCHED))
    best = [d for d in best if _agrees(len(shared[d.id]), found[d.id], ranked[0] >= 2 * ([*ranked, 0.0])[1])]
    if not best:
        return ()
    same = [d for d in pool if _same_title(d, best[0])]
    return (_version(request, same or best, pairs[best[0].id]),)


def _agrees(shared: int, found: int, is_alone: bool) -> bool:
    """Whether title and search, or one of them alone where it is plain, say that this document is meant."""
    return shared >= _SURELY or (shared >= _SHARED and (is_alone or found > 0)) or 2 * found > _SEARCHED


def _names_another(request: Request, named: Sequence[Document]) -> bool:
    """Whether the question gives the number of a document that is none of these."""
    numbers = set(_NUMBER.findall(squeezed(request.text)))
    own = {squeezed(d.metadata.document_number or "") for d in named}
    return bool(numbers) and not any(number in known or known in number for number in numbers for known in own if known)


def _version(request: Request, versions: Sequence[Document], titled: Set[str]) -> Document:
    """Of texts with one title that of the year named, else the latest, or where an older one is spoken of the earliest."""
    dated = [d for d in versions if years_of(d) & set(request.years)] or list(versions)
    by_day = sorted(dated, key=lambda d: (d.metadata.issued_on is not None, str(d.metadata.issued_on)))
    rest = request.topic
    for pair in titled:
        rest = rest.replace(pair, "")
    return by_day[0] if any(word in rest for word in _OLDER) else by_day[-1]


def _same_title(one: Document, other: Document) -> bool:
    return _plain(one) == _plain(other)


def _plain(document: Document) -> str:
    return fold(document.metadata.title).partition("(")[0]


def _titles(document: Document) -> str:
    metadata = document.metadata
    return fold("\n".join(filter(None, (metadata.title, metadata.notice_title, metadata.issuer))))


def _pairs(folded: str) -> set[str]:
    """Pairs of neighbouring characters, of words and numbers alone."""
    pairs = {folded[i : i + 2] for i in range(len(folded) - 1)}
    return {pair for pair in pairs if pair.isalnum() and not set(pair) & _JOINING}
