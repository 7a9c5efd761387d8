"""`make bench-public DATA=<folder>`: our retriever on public question sets, beside BM25 alone.

DATA holds `stard/` (oneal2000/STARD: lay legal questions, gold articles) and `ncp/` (2020-DataFountain-Outbreak-Assistant:
questions on notices of 2020), each with `corpus.jsonl` and `queries.jsonl`. Neither is part of the product.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from corpus.lines import lines_of
from corpus.types import Corpus, Document, Metadata, Node
from eval.retrieval import measured
from index.bm25 import Bm25
from index.build import SENTENCES, units_of
from index.embedder import open_embedder
from index.search import HybridIndex
from index.settings import IndexSettings
from index.vectors import VectorIndex
from index.words import Words, dictionary_of

SETS = ("stard", "ncp")
DEPTH = 100
Ranker = Callable[[str], Sequence[str]]


def main(arguments: list[str] | None = None) -> int:
    """Prints a line for each set and ranker; 3 when there is nothing to measure."""
    given = sys.argv[1:] if arguments is None else arguments
    if len(given) != 1 or not Path(given[0]).is_dir():
        print("usage: make bench-public DATA=<folder with stard/ and ncp/>", file=sys.stderr)
        return 2
    folders = [Path(given[0]) / name for name in SETS if (Path(given[0]) / name / "corpus.jsonl").exists()]
    for folder in folders:
        _measure(folder)
    if not folders:
        print(f"{given[0]}: neither stard/ nor ncp/ in it: nothing to measure.", file=sys.stderr)
    return 0 if folders else 3


def _measure(folder: Path) -> None:
    corpus = Corpus(tuple(_document(row) for row in _rows(folder / "corpus.jsonl")))
    questions = [row for row in _rows(folder / "queries.jsonl") if row["gold_ids"]]
    gold = {row["id"]: row["gold_ids"] for row in questions}
    started = time.perf_counter()
    hybrid, bm25 = _rankers(corpus)
    print(
        f"{folder.name}: {len(corpus.documents)} texts, {len(questions)} questions; indexed in {time.perf_counter() - started:.0f} s"
    )
    for name, ranker in (("BM25, character pairs", bm25), ("policyqa", hybrid)):
        found = measured(gold, {row["id"]: ranker(row["question"]) for row in questions})
        print(f"  {name:22}" + "  ".join(f"{measure} {value:.3f}" for measure, value in found.items()), flush=True)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _document(row: dict[str, Any]) -> Document:
    """One text as one clause: the sets say which text answers, not which clause of it."""
    text = row["text"] or " "
    lines = lines_of(text)
    end = lines[-1].end if lines else len(text)
    node = Node(row["id"], "全文", row["title"], "全文", text[:end], 0, end, len(text), 1, heading_only=False)
    return Document(row["id"], text, Metadata(title=row["title"]), (node,))


def _rankers(corpus: Corpus) -> tuple[Ranker, Ranker]:
    embedder = open_embedder(IndexSettings().embedder, IndexSettings().models)
    words = Words(dictionary_of(corpus))
    units = units_of(corpus)
    texts = {name: [unit.search_text for unit in group] for name, group in units.items()}
    terms = {name: Bm25.build([words.terms(text) for text in rows]) for name, rows in texts.items()}
    sounds = Bm25.build([words.sounds(text) for text in texts[SENTENCES]])
    vectors = (
        {name: VectorIndex.build(embedder.embed_passages(rows)) for name, rows in texts.items()} if embedder else {}
    )
    index = HybridIndex(corpus, units, vectors, terms, sounds, embedder)
    ids = [clause.document_id for clause in corpus.clauses]
    pairs = Bm25.build([_pairs(words, f"{d.metadata.title}\n{d.text}") for d in corpus.documents])

    def hybrid(question: str) -> list[str]:
        return [found.clause.document_id for found in index.search(question, DEPTH)]

    def bm25(question: str) -> list[str]:
        return [ids[i] for i in (-pairs.scores(_pairs(words, question))).argsort(kind="stable")[:DEPTH]]

    return hybrid, bm25


def _pairs(words: Words, text: str) -> list[str]:
    return [term for term in words.terms(text) if term.startswith("#")]


if __name__ == "__main__":
    sys.exit(main())
