"""The texts to fit on: of a folder that isn't part of the product, and the notices that were written for it.

The folder holds `policies/` and `training/texts/` (files of any readable kind) and `bench/stard/docs.jsonl` (whole laws,
one an object with `id` and `text`). Any of them may be missing.
"""

from __future__ import annotations

import json
import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CorpusError
from corpus.parse import parse
from corpus.readers import READERS, read_text
from corpus.types import Document, Node
from eval.training.bodies.labels import Label
from index.settings import ROOT

FOLDERS = ("training/texts", "policies")
NOTICES = ROOT / "eval" / "training" / "search" / "notices"
LAWS = "bench/stard/docs.jsonl"
GOLD = "gold/labels.jsonl"  # documents that `make check-reader` measures on
NO_LICENCE = "ncp-"  # files of a set that states no licence: measured on, never fitted on
_FRONT = ("标题", "落款", "附件清单")
_LENGTHS = range(16, 900)
_OF_A_DOCUMENT = 90
_ALTOGETHER = 26_000


@dataclass(frozen=True)
class LabelledClause:
    """A clause found again, with what readers found in it."""

    text: str
    label: Label


def documents_in(
    folder: Path, names: Collection[str] | None = None, with_bodies: bool = True
) -> Iterator[tuple[str, Document]]:
    """Every document below `folder` and every notice, or those of `names`, with the name that labels give it.

    One that can't be read is passed over.
    """
    files = [file for name in (*(folder / name for name in FOLDERS), NOTICES) for file in sorted(name.rglob("*"))]
    for file in files:
        if (names is None or file.name in names) and file.suffix.lower() in READERS and file.is_file():
            try:
                yield file.name, parse(file.stem, read_text(file), with_bodies=with_bodies)
            except CorpusError:
                continue
    if (folder / LAWS).exists():
        for line in (folder / LAWS).read_text(encoding="utf-8").splitlines():
            law = json.loads(line)
            if names is None or law["id"] in names:
                yield law["id"], parse(law["id"], law["text"], with_bodies=with_bodies)


def labelled(documents: Sequence[tuple[str, Document]], labels: Sequence[Label]) -> tuple[LabelledClause, ...]:
    """The labelled clauses that are found again, in the labels' order: by their text, or, where a clause has been cut
    otherwise since, by their place, if every body that was labelled still stands there.
    """
    texts = {(name, node.digest): node.text for name, document in documents for node in document.nodes}
    places = {(name, node.path): node.text for name, document in documents for node in document.nodes}
    rows = []
    for label in labels:
        text = texts.get((label.document, label.sha256)) or places.get((label.document, label.path), "")
        if (label.document, label.sha256) in texts or _has_all(text, label):
            rows.append(LabelledClause(text, label))
    return tuple(rows)


def _has_all(text: str, label: Label) -> bool:
    return bool(label.bodies) and all(body.printed in text for body in label.bodies)


def unlabelled(
    documents: Sequence[tuple[str, Document]], labels: Sequence[Label], measured: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """Clauses for the teachers to label: none of a document that is measured on, in whichever document it stands."""
    tests = {label.document for label in labels if label.split == "test"} | measured
    held_out = {node.digest for name, document in documents if name in tests for node in document.nodes}
    chance = random.Random(3)
    rows: list[str] = []
    for name, document in documents:
        if name in tests or name.startswith(NO_LICENCE):
            continue
        clauses = [clause for clause in document.clauses if _is_prose(clause) and clause.digest not in held_out]
        chance.shuffle(clauses)
        rows += [clause.text for clause in clauses[:_OF_A_DOCUMENT]]
    chance.shuffle(rows)
    return tuple(rows[:_ALTOGETHER])


def _is_prose(clause: Node) -> bool:
    return len(clause.text) in _LENGTHS and not clause.path.endswith(_FRONT)


def measured_in(folder: Path) -> frozenset[str]:
    """Names of the documents that `make check-reader` measures on."""
    path = folder / GOLD
    if not path.exists():
        return frozenset()
    return frozenset(json.loads(line)["file"] for line in path.read_text(encoding="utf-8").splitlines() if line)
