"""`python -m eval.training.search.score DATA [--split dev|test] [--embedder NAME]…`: search alone, on documents held out.

Each held-out document is indexed whole; a question's clause is looked for among all of them, by meaning alone and as the
product fuses meaning with words.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from corpus.types import Corpus
from eval.training.bodies.texts import documents_in
from eval.training.search.lessons import KINDS, Lesson, lessons_in
from index.bm25 import Bm25
from index.build import SENTENCES, units_of
from index.embedder import DEFAULT, PLAIN, open_embedder
from index.search import HybridIndex
from index.settings import IndexSettings
from index.vectors import VectorIndex
from index.words import Words, dictionary_of

_LONGEST = 90  # clauses of a document; longer ones are left out, for time
FIVE = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints, for each embedder and kind, how often the right clause is first and in the first five."""
    parser = argparse.ArgumentParser("python -m eval.training.search.score", description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--split", choices=("dev", "test"), default="dev")
    parser.add_argument("--embedder", action="append", help=f"as POLICYQA_EMBEDDER; {PLAIN} and {DEFAULT} unless given")
    given = parser.parse_args(arguments)
    lessons = [row for row in lessons_in(given.data) if row.passage.split == given.split and row.is_answered]
    corpus, asked = held_out(given.data, lessons)
    print(f"{given.split}: {len(corpus.documents)} documents, {len(corpus.clauses)} clauses, {len(asked)} questions")
    for name in given.embedder or (PLAIN, DEFAULT):
        print(name)
        for line in table(asked, ranks(indexed(corpus, name), asked)):
            print("  " + line, flush=True)
    return 0 if asked else 3


def held_out(data: Path, lessons: Sequence[Lesson]) -> tuple[Corpus, list[Lesson]]:
    """The documents that lie whole in `data`, each with its name as id, and the questions about them."""
    names = {row.passage.document for row in lessons}
    documents = tuple(
        replace(document, id=name, nodes=tuple(replace(node, document_id=name) for node in document.nodes))
        for name, document in documents_in(data, names, with_bodies=False)
        if len(document.clauses) <= _LONGEST
    )
    keys = {(one.id, clause.digest) for one in documents for clause in one.clauses}
    return Corpus(documents), [row for row in lessons if (row.passage.document, row.passage.key) in keys]


def indexed(corpus: Corpus, name: str) -> HybridIndex:
    embedder = open_embedder(name, IndexSettings().models)
    words = Words(dictionary_of(corpus))
    units = units_of(corpus)
    texts = {group: [unit.search_text for unit in rows] for group, rows in units.items()}
    terms = {group: Bm25.build([words.terms(text) for text in rows]) for group, rows in texts.items()}
    sounds = Bm25.build([words.sounds(text) for text in texts[SENTENCES]])
    vectors = (
        {group: VectorIndex.build(embedder.embed_passages(rows)) for group, rows in texts.items()} if embedder else {}
    )
    return HybridIndex(corpus, units, vectors, terms, sounds, embedder)


def ranks(index: HybridIndex, asked: Sequence[Lesson]) -> list[int]:
    """The place of each question's clause, from 0; one that says the same counts too."""
    found = []
    for row in asked:
        rows = index.search(row.question, 50)
        places = [i for i, one in enumerate(rows) if one.clause.digest == row.passage.key]
        found.append(places[0] if places else len(rows))
    return found


def table(asked: Sequence[Lesson], places: Sequence[int]) -> list[str]:
    by_kind = defaultdict(list)
    for row, place in zip(asked, places, strict=True):
        by_kind[row.kind].append(place)
        by_kind["all"].append(place)
    return [
        f"{kind:10} {len(rows):4}  first {np.mean(np.array(rows) < 1):.3f}  in five {np.mean(np.array(rows) < FIVE):.3f}"
        f"  in ten {np.mean(np.array(rows) < 2 * FIVE):.3f}"
        for kind in (*KINDS, "all")
        if (rows := by_kind[kind])
    ]


if __name__ == "__main__":
    sys.exit(main())
