"""`labels.jsonl`: which bodies readers found in which clauses. The clauses' texts aren't in it, only their digests.

`written.jsonl` has clauses of our own, with their text. `mentions.jsonl` says which bodies a clause names, whatever they do.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from corpus.tagger import ROLES
from corpus.types import Role

LABELS_FILE = Path(__file__).parent / "labels.jsonl"
WRITTEN_FILE = Path(__file__).parent / "written.jsonl"
MENTIONS_FILE = Path(__file__).parent / "mentions.jsonl"
How = Literal["bracket", "sentence"]
Split = Literal["train", "test"]


@dataclass(frozen=True)
class LabelledBody:
    """`printed` is a stretch of the clause; `how` says whether it stands in a responsibility bracket."""

    printed: str
    role: Role
    how: How


@dataclass(frozen=True)
class Label:
    """`document` is a file's name or the id of a law in STARD; `sha256` is of the clause's text."""

    document: str
    path: str
    sha256: str
    bodies: tuple[LabelledBody, ...]
    split: Split


def read_labels(path: Path = LABELS_FILE) -> tuple[Label, ...]:
    """Raises ValueError naming the line that isn't a label."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            rows.append(_label(json.loads(line)))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path}, line {number}: not a label ({error!r}). See README.md beside it.") from None
    return tuple(rows)


def read_written(path: Path = WRITTEN_FILE) -> tuple[tuple[str, Label], ...]:
    """Clauses that were written to be labelled, each with its text: they stand in no document."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(
        (row["text"], _label({"document": "", "path": "", "sha256": "", "split": "train", **row})) for row in rows
    )


def read_mentions(path: Path = MENTIONS_FILE) -> tuple[Label, ...]:
    """As labels, without roles that mean anything."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    bodies = [[{"printed": name, "role": "responsible", "how": "sentence"} for name in row["names"]] for row in rows]
    return tuple(_label({**row, "bodies": own}) for row, own in zip(rows, bodies, strict=True))


def _label(row: dict[str, Any]) -> Label:
    bodies = tuple(LabelledBody(body["printed"], body["role"], body["how"]) for body in row["bodies"])
    if any(body.role not in ROLES for body in bodies) or row["split"] not in ("train", "test"):
        raise ValueError("unknown role or split")
    return Label(row["document"], row["path"], row["sha256"], bodies, row["split"])
