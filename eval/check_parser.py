"""Measures the parser on a folder of documents that isn't part of the product (`make check-parser DATA=…`).

DATA holds `policies/` (any readable files: each must parse and round-trip) and `bench/stard/` (`docs.jsonl` with
whole laws, `clause_gold.jsonl` with articles that must come out exact but for white space). Either may be missing.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from corpus.errors import CorpusError
from corpus.headings import label_at
from corpus.parse import parse
from corpus.readers import READERS, read_text
from corpus.types import Document, Node

ARTICLES_FLOOR = 0.99


def main(arguments: list[str] | None = None) -> int:
    """Prints one line a measure; 1 when a measure falls short, 3 when there is nothing to measure."""
    given = sys.argv[1:] if arguments is None else arguments
    if len(given) != 1 or not Path(given[0]).is_dir():
        print("usage: make check-parser DATA=<folder with policies/ and bench/stard/>", file=sys.stderr)
        return 2
    folder = Path(given[0])
    results = [check for check in (_check_files(folder), _check_articles(folder)) if check is not None]
    if not results:
        print(f"{folder}: neither policies/ nor bench/stard/ in it: nothing to measure.", file=sys.stderr)
        return 3
    return 0 if all(results) else 1


def _check_files(folder: Path) -> bool | None:
    files = sorted(f for f in (folder / "policies").rglob("*") if f.suffix.lower() in READERS)
    if not files:
        return None
    failures, clauses, notices = [], 0, 0
    for file in files:
        try:
            document = parse(file.stem, read_text(file))
        except CorpusError as error:
            failures.append(f"{file.name}: {error}")
            continue
        if not tiles(document):
            failures.append(f"{file.name}: spans don't tile the text")
        clauses += len(document.clauses)
        notices += len(document.notices)
    for failure in failures:
        print(failure)
    print(
        f"files parsed and round-tripped: {len(files) - len(failures)}/{len(files)} "
        f"({clauses} clauses, {notices} numbering notices)"
    )
    return not failures


def tiles(document: Document) -> bool:
    """Whether the nodes' own spans give the text back."""
    return "".join(document.text[n.start : n.span_end] for n in document.nodes) == document.text


def _check_articles(folder: Path) -> bool | None:
    laws, gold = folder / "bench/stard/docs.jsonl", folder / "bench/stard/clause_gold.jsonl"
    if not (laws.exists() and gold.exists()):
        return None
    wanted = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    documents = {}
    for line in laws.read_text(encoding="utf-8").splitlines():
        law = json.loads(line)
        documents[law["id"]] = parse(law["id"], law["text"])
    wrong = [row for row in wanted if not _is_exact(documents[row["doc_id"]], row["article"], row["text"])]
    for row in wrong:
        print(f"{row['doc_id']} {row['article']}: not exact")
    share = 1 - len(wrong) / len(wanted)
    print(f"articles exact but for white space: {len(wanted) - len(wrong)}/{len(wanted)} ({share:.4f})")
    return share >= ARTICLES_FLOOR


def _is_exact(document: Document, article: str, text: str) -> bool:
    node = document.node(article)
    return node is not None and _squeezed(_words(node)) == _squeezed(text)


def _words(node: Node) -> str:
    label = label_at(node.text)
    return node.text[label.end :] if label else node.text


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


if __name__ == "__main__":
    sys.exit(main())
