"""`make bench-other DATA=<folder>`: questions about documents that aren't the five, asked of a corpus of just those.

A question names its document by the file's name and what answers by a quotation, so that it outlives a change of the
parser: the clause is found when the questions are asked. Files are looked for anywhere below DATA; the texts that are part
of the repository lie in `eval/texts`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from corpus.load import load_corpus
from corpus.script import fold
from corpus.types import Corpus, Document
from eval.evaluate import ask_all, recognition_table, table, totals
from eval.kept_replies import KeptReplies, kept_replies
from eval.labels import labels_of
from eval.recognition import slots
from eval.recording import RecordingError
from eval.types import GoldClause, GoldQuestion
from index.build import build_index
from index.embedder import open_embedder
from index.search import open_index
from index.settings import IndexSettings
from rag.answer import PolicyQa


class UnknownTextError(ValueError):
    """A question names a file that isn't there, or quotes what its document doesn't print."""


def main(arguments: list[str] | None = None) -> int:
    """Prints a table a question file; 2 for wrong use, 3 when a text isn't in DATA."""
    parser = argparse.ArgumentParser("make bench-other", description="Asks questions about documents of other places.")
    parser.add_argument("data", type=Path, help="folder below which the documents lie")
    parser.add_argument("questions", type=Path, nargs="+", help="question files (.jsonl)")
    parser.add_argument("--answers", type=Path, help="file to write the answers to, one a line, each with its scores")
    parser.add_argument(
        "--record", type=Path, help="folder through which a model is asked, as policyqa eval run has it"
    )
    parser.add_argument("--replay", type=Path, help="folder of a recording whose replies stand for a model")
    parser.add_argument("--model", default="", help="with --record: who answers")
    parser.add_argument("--note", default="", help="with --record: what to know of who answers")
    given = parser.parse_args(arguments)
    try:
        kept = kept_replies(given.record, given.replay, given.model, given.note)
        for path in given.questions:
            print_scores(path, given.data, given.answers, kept)
    except (UnknownTextError, RecordingError) as error:
        print(error, file=sys.stderr)
        return 3
    faults = kept.ended() if kept else ()
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def print_scores(path: Path, data: Path, answers: Path | None = None, kept: KeptReplies | None = None) -> None:
    """The question file's tables. Raises UnknownTextError."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    with tempfile.TemporaryDirectory() as scratch:
        qa, corpus = qa_over(files_below(data, {row["document"] for row in rows}), Path(scratch), kept)
        questions = [question_of(row, corpus) for row in rows]
        scored = ask_all(questions, qa, at_once=kept.at_once if kept else 1)
    scores = [score for score, _ in scored]
    print(
        f"{path.name}: {len(questions)} questions on {len(corpus.documents)} documents, {len(corpus.clauses)} clauses"
    )
    for rows in (table(scores), recognition_table(scores), slots(questions, [answer for _, answer in scored])):
        for cells in rows:
            print("  ".join(f"{cell:<19}" for cell in cells).rstrip())
        print()
    for name, value in totals(scores).items():
        print(f"{name}: {value:.1f}")
    if answers:
        with answers.open("a", encoding="utf-8") as file:
            for score, answer in scored:
                file.write(json.dumps({**answer, "score": vars(score)}, ensure_ascii=False, default=str) + "\n")


def files_below(folder: Path, names: Iterable[str]) -> list[Path]:
    """Raises UnknownTextError naming a file that isn't there."""
    lying = {path.name: path for path in folder.rglob("*") if path.is_file()}
    for name in sorted(set(names)):
        if name not in lying:
            raise UnknownTextError(f"{name} is nowhere below {folder}.")
    return [lying[name] for name in sorted(set(names))]


def qa_over(files: Sequence[Path], scratch: Path, kept: KeptReplies | None = None) -> tuple[PolicyQa, Corpus]:
    """Answers from a corpus of these files alone, with an index built in `scratch`."""
    texts = scratch / "texts"
    texts.mkdir()
    for file in files:
        shutil.copy(file, texts / file.name)
    settings = IndexSettings(corpus=texts, store=scratch / "store")
    settings.store.mkdir()
    if IndexSettings().models.exists():  # unpacked once is enough
        settings.models.symlink_to(IndexSettings().models)
    corpus = load_corpus(texts)
    build_index(corpus, open_embedder(settings.embedder, settings.models), settings.store, settings.embedder)
    model, limits = (kept.model, kept.limits) if kept else (None, None)
    return PolicyQa(corpus, open_index(corpus, settings), model, limits), corpus


def question_of(row: dict[str, Any], corpus: Corpus) -> GoldQuestion:
    """A line of such a file as a benchmark question. Raises UnknownTextError naming the question."""
    documents = {document.id: document for document in corpus.documents}
    gold = []
    for one in row["gold"]:
        document = documents.get(Path(one["document"]).stem)
        if document is None or _squeezed(one["quote"]) not in _squeezed(document.text):
            raise UnknownTextError(f"{row['id']}: “{one['quote']}” isn't in {one['document']}.")
        if clause_id := clause_with(document, one["quote"]):
            gold.append(GoldClause(clause_id, one["quote"]))
    departments = row.get("departments")
    answerable = row["status"] not in ("refused", "talk")
    return GoldQuestion(
        id=row["id"],
        kind=row["kind"],
        question=row["question"],
        answerable=answerable,
        status=row["status"],
        reason=row.get("reason"),
        gold=tuple(gold),
        need=row.get("need") or "all",
        departments=None if departments is None or not answerable else tuple((name, None) for name in departments),
        facts=tuple(tuple(fact.split("|")) for fact in row.get("facts") or ()),
        history=tuple(row.get("history") or ()),
        labels=labels_of(row),
    )


def clause_with(document: Document, quote: str) -> str | None:
    """The clause whose text holds the quotation, blanks and widths aside; None for a bare heading, or several clauses."""
    wanted = _squeezed(quote)
    return next((node.clause_id for node in document.clauses if wanted in _squeezed(node.text)), None)


def _squeezed(words: str) -> str:
    return "".join(fold(words).split())


if __name__ == "__main__":
    sys.exit(main())
