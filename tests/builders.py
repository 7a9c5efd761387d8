"""Small things to test with, each with defaults."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from corpus.parse import parse
from corpus.types import Corpus, Department, Document, EntryPoint, Metadata, Node
from index.bm25 import Bm25
from index.build import units_of
from index.embedder import Embedder, Vectors
from index.search import HybridIndex
from index.vectors import VectorIndex
from index.words import Words, dictionary_of

POLICY = (
    "一、在线教育。建设空中课堂。(责任部门:区教育局)\n"
    "二、在线医疗。建设互联网医院。(责任部门:区卫生健康委)\n"
    "三、在线金融。发展金融科技。(责任部门:区金融工作局、区科委)\n"
)


def a_clause(
    path: str = "一",
    text: str = "一、在线教育。建设空中课堂。",
    document_id: str = "demo-2020",
    label: str = "一、在线教育",
    departments: tuple[Department, ...] = (),
) -> Node:
    return Node(
        document_id=document_id,
        path=path,
        label=label,
        heading=label,
        text=text,
        start=0,
        end=len(text),
        span_end=len(text),
        line=1,
        heading_only=False,
        departments=departments,
    )


def a_document(
    text: str = POLICY,
    document_id: str = "demo-2020",
    title: str = "示例区在线新经济行动方案",
    jurisdiction: str | None = "示例区",
) -> Document:
    """`text` as the parser reads it, with metadata that was given."""
    return parse(document_id, text, Metadata(title=title, jurisdiction=jurisdiction))


def a_policy(text: str = POLICY, document_id: str = "demo-2020", **metadata: Any) -> Document:
    """As `a_document`, with whatever metadata is given: `period`, `repealed_on`, `issuer`, …"""
    given = {"title": "示例区在线新经济行动方案", "jurisdiction": "示例区"} | metadata
    return parse(document_id, text, Metadata(**given))


def a_corpus(*documents: Document, asked_as: dict[str, str] | None = None) -> Corpus:
    """`asked_as`: further ways to clauses, in people's own words -> the clause's id."""
    entries = (EntryPoint(clause_id, text, "written") for text, clause_id in (asked_as or {}).items())
    return Corpus(documents or (a_document(),), tuple(entries))


class CharacterEmbedder:
    """Counts characters: texts of the same characters are the same, texts without a common one are at right angles.

    `passages` are the texts it was given to embed, in order.
    """

    def __init__(self, dimension: int = 4096, name: str = "characters") -> None:
        self.name = name
        self.dimension = dimension
        self.passages: list[str] = []

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        counts = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in zip(counts, texts, strict=True):
            for character in text or " ":
                row[ord(character) % self.dimension] += 1
        return counts / np.linalg.norm(counts, axis=1, keepdims=True)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.passages.extend(texts)
        return self.embed_queries(texts)


def an_index(corpus: Corpus, embedder: Embedder | None = None) -> HybridIndex:
    """The index of `corpus` in memory; by words alone without an embedder."""
    words, units = Words(dictionary_of(corpus)), units_of(corpus)
    texts = {name: [unit.search_text for unit in group] for name, group in units.items()}
    terms = {name: Bm25.build([words.terms(text) for text in rows]) for name, rows in texts.items()}
    vectors = (
        {name: VectorIndex.build(embedder.embed_passages(rows)) for name, rows in texts.items()} if embedder else {}
    )
    heard = [words.sounds(text) for text in texts.get("sentences", ())]
    return HybridIndex(corpus, units, vectors, terms, Bm25.build(heard) if heard else None, embedder)
