"""`python -m eval.grounding FILE…`: how many right sentences the check keeps and how many wrong ones it stops, by kind.

A row of a file: the clause a sentence cites (`clause_text`, `title`, `path`, `label`, `place`, and `bodies` with their roles where
they aren't to be read from it), the
`question`, the `sentence`, whether it is `right`, and its `kind`. With `--show` the rows judged wrongly are printed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from corpus.bodies import BodyTable
from corpus.departments import departments_in
from corpus.types import Corpus, Department, Document, Metadata, Node
from index.embedder import SPREADS, Embedder, comparable
from index.layout import front_of
from index.verifier import Verifier
from index.words import Words, dictionary_of
from rag.grounding.check import SentenceCheck
from rag.grounding.news import Meaning
from rag.grounding.types import Problem, Source

_HEADING = 40  # characters of a clause's first line


@dataclass(frozen=True)
class Judged:
    """A row of the set, with what the check found wrong with it."""

    row: dict[str, Any]
    problems: tuple[Problem, ...]

    @property
    def is_rightly_judged(self) -> bool:
        return bool(self.row["right"]) != bool(self.problems)


@dataclass(frozen=True)
class Share:
    """How many sentences of a kind were judged rightly."""

    kind: str
    right: bool
    count: int
    rightly: int

    @property
    def share(self) -> float:
        return self.rightly / self.count if self.count else 0.0


def read(files: Iterable[Path]) -> list[dict[str, Any]]:
    """The rows of all files, in order."""
    lines = (line for file in files for line in file.read_text(encoding="utf-8").splitlines())
    return [json.loads(line) for line in lines if line.strip()]


def sources_of(rows: Sequence[dict[str, Any]]) -> list[Source]:
    """The clause of each row in a document of its own; rows of one clause share it."""
    known: dict[tuple[str, ...], Source] = {}
    found = []
    for row in rows:
        key = tuple(str(row.get(name)) for name in ("clause_text", "title", "path", "place", "bodies"))
        if key not in known:
            known[key] = _source(row, len(known))
        found.append(known[key])
    return found


def _source(row: dict[str, Any], number: int) -> Source:
    """Bodies that the row doesn't give are read as they are when a document is added."""
    text, name, place = row["clause_text"], f"grounding-{number}", row.get("place") or None
    given = row.get("bodies")
    departments = (
        departments_in(text, place)
        if given is None
        else tuple(
            Department(body["name"], body["name"], body["role"], "department", "text", jurisdiction=place)
            for body in given
        )
    )
    heading = text.split("\n")[0][:_HEADING]
    node = Node(
        name, row["path"] or "段1", row.get("label") or row["path"], heading, text, 0, len(text), len(text), 1, False,
        departments=departments,
    )  # fmt: skip
    return Source(node, Document(name, text, Metadata(row["title"] or "", jurisdiction=place), (node,)))


def judged(rows: Sequence[dict[str, Any]], meaning: Meaning | None, verifier: Verifier | None = None) -> list[Judged]:
    """Each row with the problems of its sentence; by the rules alone where there is no verifier."""
    sources = sources_of(rows)
    corpus = Corpus(tuple({source.document.id: source.document for source in sources}.values()))
    carries = partial(carried, verifier, corpus) if verifier else None
    check = SentenceCheck(BodyTable(corpus), Words(dictionary_of(corpus)), meaning, carries)
    return [
        Judged(row, check.problems(row["sentence"], [source], row.get("question") or ""))
        for row, source in zip(rows, sources, strict=True)
    ]


def shares(rows: Sequence[Judged]) -> list[Share]:
    """Right and wrong sentences kind by kind, the right ones first, and all of each together."""
    found = []
    for right in (True, False):
        own = [row for row in rows if bool(row.row["right"]) == right]
        kinds = sorted({str(row.row["kind"]) for row in own})
        groups = [("all", own), *((kind, [row for row in own if row.row["kind"] == kind]) for kind in kinds)]
        found += [Share(kind, right, len(group), sum(r.is_rightly_judged for r in group)) for kind, group in groups]
    return found


def carried(verifier: Verifier, corpus: Corpus, question: str, sentence: str, clauses: Sequence[Node]) -> float:
    """As `Retriever.carried`."""
    rows = []
    for clause in clauses:
        document = corpus.document(clause.document_id)
        rows.append((front_of(document, clause) if document else "", clause.text))
    return verifier.carried(question, sentence, rows)


def meaning_of(embedder: Embedder | None, spread: float) -> Meaning | None:
    return (lambda words: comparable(embedder.embed_queries(words), spread)) if embedder else None


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the shares; 1 where there is nothing to measure."""
    from index.embedder import open_embedder
    from index.settings import IndexSettings
    from index.verifier import open_verifier

    parser = argparse.ArgumentParser(prog="python -m eval.grounding", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--show", action="store_true", help="print the rows judged wrongly")
    parser.add_argument("--without-vectors", action="store_true", help="as where the embedding model is missing")
    parser.add_argument("--rules-alone", action="store_true", help="without the model that reads sentence and clause")
    options = parser.parse_args(arguments)
    rows = read(options.files)
    if not rows:
        print("no rows", file=sys.stderr)
        return 1
    settings = IndexSettings()
    embedder = None if options.without_vectors else open_embedder(settings.embedder, settings.models)
    verifier = open_verifier(settings.models) if embedder and not options.rules_alone else None
    started = time.perf_counter()
    found = judged(rows, meaning_of(embedder, SPREADS.get(settings.embedder, 1.0)), verifier)
    took = (time.perf_counter() - started) / len(rows)
    for share in shares(found):
        print(f"{'kept' if share.right else 'stopped'} {share.kind}: {share.share:.3f} of {share.count}")
    print(f"{1000 * took:.1f} ms a sentence")
    if options.show:
        for row in found:
            if not row.is_rightly_judged:
                print(
                    json.dumps(
                        row.row | {"problems": [f"{p.kind}: {p.words}" for p in row.problems]}, ensure_ascii=False
                    )
                )
    return 0


if __name__ == "__main__":
    sys.exit(main())
