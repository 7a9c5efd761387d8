"""A planned look-up -> a request: every name is held against the corpus by the readers that questions are read with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.bodies import BodyMention, BodyTable
from corpus.places import short_form
from corpus.script import fold, simplify
from rag.confidence import pair_coverage
from rag.lookup import Library
from rag.question import Understanding
from rag.reading.addresses import addresses_of, printed_path
from rag.reading.gazetteer import Gazetteer
from rag.reading.kinds import Want
from rag.reading.planned import Planned
from rag.request import Request
from rag.scope import Scope
from rag.wording import EMPTY

_SIGNS = re.compile(r"[^一-鿿a-z0-9]")
_SAID = 0.5  # share of a name's pairs of characters that its asker's words have
_PART = re.compile(r"正文|附[件表录].{0,3}")


@dataclass(frozen=True)
class Resolved:
    """A request with what of its names the corpus knows; `unknown` are the rest, `away` the places among them.

    `wordings` are the searches that the topic stands for; `source` is the earlier look-up that it goes on from.
    """

    request: Request
    wordings: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    away: tuple[str, ...] = ()
    missing: str = ""  # a document that isn't here
    path: str = ""  # the address as it was written
    source: int | None = None


class Resolver:
    """Reads names as questions' names are read. Safe to share between threads."""

    def __init__(self, gazetteer: Gazetteer, bodies: BodyTable, understanding: Understanding) -> None:
        self._gazetteer, self._bodies, self._understanding = gazetteer, bodies, understanding

    def resolved(self, planned: Planned, library: Library, said: str) -> Resolved:
        """`said` are the asker's own words: nothing is missing here that he hasn't named."""
        places, strange = self._places(planned.places)
        documents, parts, unheard = self._documents(planned.documents, library)
        away = tuple(name for name in strange if _is_said(short_form(name), said) and not _is_titled(name, library))
        missing = unheard if _is_said(unheard, said) else ""
        parts = self._parts(planned.part) or parts
        scope = Scope(
            places=() if documents else places,
            documents=documents,
            strict_documents=bool(documents),
            parts=parts,
            strict_parts=bool(parts) and self._has(parts, documents, library),
        )
        mentions = {name: self._body(name, places) for name in planned.bodies}
        strangers = tuple(name for name, mention in mentions.items() if mention is None)
        bodies = tuple(dict.fromkeys(mention for mention in mentions.values() if mention))
        query = self._understanding.query("，".join(planned.topic))
        words = query.topics or _plain_words(planned.topic, library)
        request = Request(
            op=planned.op,
            probability=1.0,
            scope=scope,
            bodies=bodies,
            topic=fold("".join(planned.topic[:1])) if planned.op == "outline" else query.residue,
            topics=words,
            text=" ".join(planned.topic) or planned.address,
            subjects=query.subjects,
            strangers=strangers if planned.op in ("tasks", "tally") else (),
            wants=_wants(planned),
            value=planned.value,
            role=planned.role,
            tally="together" if planned.together and planned.tally == "none" else planned.tally,
            facts=planned.facts,
            addresses=addresses_of(planned.address),
            path=printed_path(planned.address),
            asks_who="bodies" in planned.wants,
            units=("文件",) if planned.op == "outline" and not (planned.topic or documents) else (),
            count=planned.count,
        )
        unknown = (*strange, *strangers, *((unheard,) if unheard else ()))
        return Resolved(request, planned.topic, unknown, away, missing, planned.address, planned.source)

    def _places(self, names: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Those that have documents, or lie within one that has; and those of which nothing is here."""
        known: list[str] = []
        away: list[str] = []
        whole = {fold(form): place for place in self._gazetteer.places for form in (short_form(place), place)}
        for name in names:
            place = whole.get(fold(name))
            found = (place,) if place else self._gazetteer.scope_of(name).places
            known += found
            away += [] if found else [name]
        return tuple(dict.fromkeys(known)), tuple(dict.fromkeys(away))

    def _documents(self, names: Sequence[str], library: Library) -> tuple[tuple[str, ...], tuple[str, ...], str]:
        """The ids, the annexes that are named by their own titles, and the name of a document that isn't here."""
        ids: list[str] = []
        parts: list[str] = []
        missing = ""
        for name in names:
            plain = name.strip("#《》 ")
            whole = [d.id for d in library.corpus.documents if plain == d.id or _bare(plain) == _bare(d.metadata.title)]
            named = self._gazetteer.scope_of(f"《{plain}》")
            spoken = named if named.documents else self._gazetteer.scope_of(plain)
            found = whole or list(spoken.documents)
            ids += found
            parts += named.parts if not whole else ()
            missing = missing or ("" if found else plain)
        return tuple(dict.fromkeys(ids)), tuple(dict.fromkeys(parts)), missing

    def _parts(self, words: str) -> tuple[str, ...]:
        found = _PART.match(fold(words))
        return self._gazetteer.scope_of(found[0]).parts if found else ()

    @staticmethod
    def _has(parts: Sequence[str], documents: Sequence[str], library: Library) -> bool:
        rows = (node for node in library.corpus.clauses if not documents or node.document_id in documents)
        return any(node.path.split("/")[0] in parts for node in rows)

    def _body(self, name: str, places: Sequence[str]) -> BodyMention | None:
        """The body that most of the name is of."""
        mentions = self._bodies.mentions(name, places)
        return max(mentions, key=lambda mention: mention.end - mention.start, default=None)


def _is_titled(place: str, library: Library) -> bool:
    """Whether a title speaks of the place, though no document is known to be of it."""
    return any(short_form(place) in simplify(document.metadata.title) for document in library.corpus.documents)


def narrowed(resolved: Resolved, bodies: Sequence[BodyMention], documents: Sequence[str]) -> Resolved:
    """The same look-up for bodies, or in documents, that an earlier one has brought."""
    request = resolved.request
    if bodies:
        request = replace(request, bodies=tuple(bodies))
    elif documents and not request.scope.documents:
        scope = replace(request.scope, places=(), documents=tuple(documents), strict_documents=True)
        request = replace(request, scope=scope)
    return replace(resolved, request=request)


def _bare(title: str) -> str:
    """A title without brackets, blanks and script."""
    return _SIGNS.sub("", fold(simplify(title)))


def _is_said(name: str, said: str) -> bool:
    """Whether the asker has named it, in about these words."""
    return bool(name) and (fold(name) in fold(said) or pair_coverage(fold(name), fold(said)) >= _SAID)


def _wants(planned: Planned) -> tuple[Want, ...]:
    wants = list(planned.wants)
    if planned.op == "outline" and "list" not in wants:
        wants.insert(0, "list")
    if planned.op == "tally" and planned.counts == "bodies" and "bodies" not in wants:
        wants.insert(0, "bodies")
    return tuple(wants)


def _plain_words(topic: Sequence[str], library: Library) -> tuple[str, ...]:
    """Words of a topic that is made of common ones alone."""
    words = library.retriever.words.words(fold("，".join(topic)))
    rows = tuple(dict.fromkeys(word for word in words if len(EMPTY.sub("", word)) > 1))
    return rows or tuple(fold(words) for words in topic)
