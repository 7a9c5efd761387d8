"""Questions with the sentence that answers them, or with a clause that doesn't: what the models are fitted on.

Beside this file: `questions.jsonl`, `exact.jsonl` and `notices.jsonl`, without their texts: those lie in `notices/`, or in
a folder that isn't part of the product. In that folder: `training/questions.jsonl`, which carries its clauses.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from corpus.sentences import sentences_of
from corpus.types import Document, Node
from eval.training.bodies.texts import NO_LICENCE, documents_in
from index.layout import front_of
from index.settings import ROOT

QUESTIONS = Path(__file__).parent / "questions.jsonl"
EXACT = Path(__file__).parent / "exact.jsonl"
OF_NOTICES = Path(__file__).parent / "notices.jsonl"
GIVEN = "training/questions.jsonl"
KINDS = ("everyday", "everyday2", "short", "paraphrase", "story", "direct", "second")
EXACT_KIND = "exact"
MISS, MISSES = "miss", ("miss", "miss2")
_MEASURED = ("real.jsonl", "real_test.jsonl")  # of eval/questions/elsewhere: their documents are never fitted on
_TEST, _DEV = 12, 18  # of a hundred documents: below the first held out, below the second looked at while building

Split = Literal["train", "dev", "test"]


@dataclass(frozen=True)
class Passage:
    """A clause as it is searched: `front` is place, title and headings, `sentences` its own, in reading order."""

    document: str
    key: str
    front: str
    text: str
    sentences: tuple[str, ...]

    @property
    def split(self) -> Split:
        """The same for all clauses of a document."""
        share = int(hashlib.sha256(self.document.encode()).hexdigest(), 16) % 100
        return "test" if share < _TEST else "dev" if share < _DEV else "train"


@dataclass(frozen=True)
class Lesson:
    """`sentence` carries the answer, and `words` of it are the answer; -1 where the passage has none."""

    question: str
    kind: str
    passage: Passage
    sentence: int
    words: tuple[str, ...] = ()

    @property
    def is_answered(self) -> bool:
        return self.sentence >= 0


def lessons_in(data: Path) -> tuple[Lesson, ...]:
    """All lessons whose texts are found in `data`, but for those on documents that the built-in questions ask about."""
    measured = measured_documents()
    rows = [*_given(data / GIVEN), *_own(data, QUESTIONS), *_own(data, OF_NOTICES), *_exact(data)]
    return tuple(row for row in rows if _plain(row.passage.document) not in measured)


def measured_documents() -> frozenset[str]:
    """The documents, without their files' endings, on which nothing is fitted."""
    files = [ROOT / "eval" / "questions" / "elsewhere" / name for name in _MEASURED]
    return frozenset(_plain(row["document"]) for file in files for row in _rows(file))


def passage_of(name: str, document: Document, clause: Node) -> Passage:
    return Passage(
        name,
        clause.digest,
        front_of(document, clause),
        clause.text,
        tuple(one.text for one in sentences_of(clause.text) if not one.is_bracket),
    )


def _own(data: Path, path: Path) -> Iterator[Lesson]:
    rows = list(_rows(path)) if path.exists() else []
    found = _passages(data, rows)
    for row in rows:
        passage = found.get((row["document"], row["sha256"]))
        if passage is not None and not row["document"].startswith(NO_LICENCE):
            yield from _of_row(row, passage, _place(row["sentence"], passage), _place(row.get("other"), passage))


def _passages(data: Path, rows: Sequence[dict[str, Any]]) -> dict[tuple[str, str], Passage]:
    """By document and digest, those of the documents that the rows name."""
    names: Collection[str] = {row["document"] for row in rows}
    return {
        (name, clause.digest): passage_of(name, document, clause)
        for name, document in documents_in(data, names, with_bodies=False)
        for clause in document.clauses
    }


def _place(digest: str | None, passage: Passage) -> int:
    digests = [digest_of(sentence) for sentence in passage.sentences]
    return digests.index(digest) if digest in digests else -1


def digest_of(sentence: str) -> str:
    """What a sentence is known by in `questions.jsonl`."""
    return hashlib.sha256(sentence.encode("utf-8", "replace")).hexdigest()[:16]


def _given(path: Path) -> Iterator[Lesson]:
    for row in _rows(path) if path.exists() else ():
        title, place = row["title"], row["place"] or ""
        front = f"{title if place and title.startswith(place) else f'{place} {title}'.strip()} {row['label']}"
        key = hashlib.sha256(row["text"].encode()).hexdigest()
        sentences = tuple(one.text for one in sentences_of(row["text"]) if not one.is_bracket)
        passage = Passage(row["document"], key, front, row["text"], sentences)
        first, second = (_containing(row.get(name), sentences) for name in ("sentence", "second_sentence"))
        yield from _of_row({**row, MISS: row.get("near_miss")}, passage, first, second)


def _containing(words: str | None, sentences: Sequence[str]) -> int:
    """The sentence that has most of the words."""
    if not words:
        return -1
    pairs = {words[i : i + 2] for i in range(len(words) - 1)}
    shared = [len(pairs & {one[i : i + 2] for i in range(len(one) - 1)}) for one in sentences]
    return shared.index(max(shared)) if shared else -1


def _of_row(row: dict[str, Any], passage: Passage, first: int, second: int) -> Iterator[Lesson]:
    for kind in KINDS:
        place = second if kind == "second" else first
        if row.get(kind) and place >= 0:
            words = (row["answer"],) if kind != "second" and row.get("answer") else ()
            yield Lesson(row[kind], kind, passage, place, words)
    yield from (Lesson(row[kind], MISS, passage, -1) for kind in MISSES if row.get(kind))


def _exact(data: Path) -> Iterator[Lesson]:
    """Questions for one of several bodies or numbers that a clause has."""
    rows = list(_rows(EXACT)) if EXACT.exists() else []
    found = _passages(data, rows)
    for row in rows:
        passage = found.get((row["document"], row["sha256"]))
        if passage is not None and (place := _place(row["sentence"], passage)) >= 0:
            yield Lesson(row["question"], EXACT_KIND, passage, place, tuple(row["words"]))


def _plain(document: str) -> str:
    name = document.rsplit("/", 1)[-1]
    return name.rsplit(".", 1)[0] if name.endswith((".md", ".html", ".txt")) else name


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)
