"""Where a question looks: the places, documents and annexes that it names, and those that no document covers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.script import fold
from corpus.types import Corpus, Document
from rag.reading.annexes import AnnexNames
from rag.reading.documents import DocumentMention, DocumentNames
from rag.reading.folded import FoldedCorpus
from rag.reading.foreign import ForeignPlaces
from rag.reading.missing import MissingDocuments
from rag.reading.places import PlaceNames
from rag.reading.quoted import QuotedTitles, titles_quoted, without_titles
from rag.reading.years import DatedDocuments, dates_a_title, in_figures, years_named
from rag.scope import Scope


class Gazetteer:
    """The corpus's places, documents and annexes, and how questions name them."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._folded = FoldedCorpus(corpus)
        self.documents = DocumentNames(corpus)
        self._places = PlaceNames(self._folded)
        self._foreign = ForeignPlaces(self._folded, self._places.covered)
        self._dated = DatedDocuments(self._folded, self.documents)
        self._annexes = AnnexNames(self._folded)
        self._quoted = QuotedTitles(self._folded, self._annexes)
        self._missing = MissingDocuments(self._folded, self._annexes, self._quoted)

    @property
    def places(self) -> tuple[str, ...]:
        """The places that have documents, in the order of these."""
        return self._places.covered

    @property
    def place_words(self) -> tuple[str, ...]:
        """Every way to write a place of the corpus, longest first."""
        return self._places.words

    def depth(self, place: str | None) -> int:
        """How many places the place lies within, the country among them; 0 for what holds everywhere."""
        return self._places.depth(place)

    def scope_of(self, question: str) -> Scope:
        """What the question names, held against the corpus."""
        folded = fold(question.encode("utf-8", "replace").decode("utf-8"))
        plain = in_figures(without_titles(folded))
        by_title, parts_by_title = self._quoted.named(titles_quoted(folded))
        places = self._places.named(plain)
        away = self._foreign.named(plain, places)
        spoken_of = () if places else tuple(place for place in away if self._foreign.is_spoken_of(place))
        by_year, missing = self._dated.named(plain, places)
        named = [here for mention in self.documents.mentions(folded) if (here := self._here(mention, places))]
        by_name = tuple(dict.fromkeys(document for mention in named for document in mention.documents))
        sure = any(mention.is_sure for mention in named)
        documents = by_title or _narrower(by_name, by_year, sure, len({*years_named(plain)}))
        parts = parts_by_title or self._annexes.named(plain, documents, places)
        documents = documents or self._annexes.document_with(parts, places)
        is_there = bool(by_title or by_year or (named and not dates_a_title(plain, named)))
        return Scope(
            places=() if by_title else places,
            foreign=tuple(place for place in away if place not in spoken_of),
            spoken_of=spoken_of,
            documents=documents,
            strict_documents=bool(by_title or sure or (by_year and documents == by_year)),
            parts=parts,
            strict_parts=self._annexes.are_sure(parts, plain),
            hints=self._annexes.hinted(plain, places),
            missing_document=self._missing.named(folded) or (None if is_there else missing),
        )

    def _here(self, mention: DocumentMention, places: tuple[str, ...]) -> DocumentMention | None:
        """The mention's documents of the named places; None where it has none there."""
        ids = {document.id for document in self._folded.documents_of(places)}
        here = tuple(document for document in mention.documents if document in ids)
        return replace(mention, documents=here) if here else None

    def annex_named(self, question: str, scope: Scope) -> str:
        """The name of the hinted annex's subject that stands in the question."""
        return self._annexes.subject_named(fold(question), scope.hints)

    def alternatives(self, question: str, scope: Scope) -> tuple[Scope, ...]:
        """One scope a place, or a document of another year, where a question names several side by side.

        A place without documents of its own is answered for by the one above it, together with the others.
        """
        if len(scope.places) > 1 and not self._places.within(fold(question)):
            return tuple(self._of_place(scope, place) for place in scope.places)
        years = len(years_named(fold(question))) > 1
        if len(scope.documents) > 1 and (years or self._are_editions_named_apart(question, scope)):
            return tuple(replace(scope, documents=(document,), strict_documents=True) for document in scope.documents)
        return ()

    def _of_place(self, scope: Scope, place: str) -> Scope:
        ids = {d.id for d in self._corpus.documents if d.metadata.jurisdiction == place}
        documents = tuple(document for document in scope.documents if document in ids)
        return replace(scope, places=(place,), documents=documents, strict_documents=bool(documents))

    def _are_editions_named_apart(self, question: str, scope: Scope) -> bool:
        """老办法跟新办法一比: each named by itself, and both of one text."""
        named = {mention.documents for mention in self.documents.mentions(question)}
        return (
            len(named) > 1
            and all(len(ids) == 1 for ids in named)
            and len(self.documents.families(scope.documents)) == 1
        )

    def are_editions(self, scopes: Sequence[Scope]) -> bool:
        """Whether each scope is one edition of the same text."""
        ids = [document for scope in scopes for document in scope.documents]
        return len(ids) == len(scopes) > 1 and len(self.documents.families(ids)) == 1

    def national(self) -> Scope | None:
        """The documents that hold everywhere."""
        ids = tuple(d.id for d in self._corpus.documents if d.metadata.jurisdiction is None)
        return Scope(documents=ids, strict_documents=True) if ids else None

    def wider(self, scope: Scope) -> Scope | None:
        """The documents that hold at the named places as well: of the places above them, and of the whole country.

        Not those that the places' own documents carry out: what these leave out doesn't hold there.
        """
        own = [d for d in self._corpus.documents if d.metadata.jurisdiction in scope.places]
        above = self._places.above(scope.places) | {None}
        rows = (d for d in self._corpus.documents if d.metadata.jurisdiction in above)
        others = tuple(d.id for d in rows if not any(self._carries_out(one, d) for one in own))
        is_open = bool(scope.places and others) and not scope.documents
        return Scope(documents=others, strict_documents=True) if is_open else None

    def _carries_out(self, document: Document, upper: Document) -> bool:
        own = re.sub(r"\(.*?\)", "", self._folded.titles[upper.id])
        return own in self._folded.texts[document.id]


def _narrower(by_name: tuple[str, ...], by_year: tuple[str, ...], is_sure: bool, years: int) -> tuple[str, ...]:
    """Of what names and years say the narrower, but all the years where several are named."""
    if not (by_name and by_year):
        return by_name or by_year
    is_within = {*by_name} <= {*by_year}
    return by_year if (is_within and years > 1) or not (is_sure or is_within) else by_name
