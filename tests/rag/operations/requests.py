"""Requests for facts, with defaults."""

from __future__ import annotations

from typing import Any

from corpus.types import Document
from rag.familiarity import Familiarity
from rag.lookup import Library
from rag.request import Request
from rag.scope import Scope
from tests.builders import a_corpus, an_index
from tests.rag.builders import PairEmbedder


def a_fact_request(*facts: str, documents: tuple[str, ...] = (), places: tuple[str, ...] = (), **slots: Any) -> Request:
    scope = Scope(places=places, documents=documents, strict_documents=bool(documents))
    given = {"probability": 0.9, "bodies": (), "topic": "", "topics": (), "text": ""} | slots
    return Request(op="fact", scope=scope, facts=facts, **given)  # type: ignore[arg-type]


def a_library(*documents: Document) -> Library:
    corpus = a_corpus(*documents)
    index = an_index(corpus, PairEmbedder())
    return Library(corpus, index, Familiarity(corpus, index.words))
