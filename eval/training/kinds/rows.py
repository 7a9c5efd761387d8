"""Labelled questions, from the question files of this repository and, where a folder is given, from outside of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.settings import ROOT
from rag.reading.kinds import ANY_OF, ONE_OF
from rag.reading.masked import BODY, DOCUMENT, PLACE, masked

QUESTIONS = ROOT / "eval" / "questions"
ELSEWHERE = QUESTIONS / "elsewhere"
LABELS = Path(__file__).parent / "labels.jsonl"
TALK = Path(__file__).parent / "talk.jsonl"  # what is no question for the texts
HELD_OUT = "_test"  # question files that nothing is fitted on
_MASKS = (("documents", DOCUMENT), ("places", PLACE), ("bodies", BODY))


@dataclass(frozen=True)
class LabelledQuestion:
    """`labels` has what holds of each head; a head that it lacks wasn't labelled."""

    question: str
    masked: str
    labels: Mapping[str, frozenset[str]]
    held_out: bool


def labelled_questions(data: Path | None) -> Iterator[LabelledQuestion]:
    """All that can be found: those named `train:…` lie in `data`/training/questions.jsonl, which isn't shipped."""
    more = {row["id"]: row for row in _rows(LABELS)}
    texts = dict(_texts(data))
    for name, row in more.items():
        if name in texts:
            yield LabelledQuestion(texts[name], masked(texts[name]), _labels(row), held_out=False)
    for row in _rows(TALK):
        yield LabelledQuestion(row["question"], masked(row["question"]), _labels(row), held_out=False)
    for path in sorted(ELSEWHERE.glob("*.jsonl")):
        for row in _rows(path):
            names = [
                (words, mask) for kind, mask in _MASKS for words in (row.get("names") or {}).get(kind) or () if words
            ]
            talk = {"op": "talk"} if row["status"] == "talk" else {}
            further = {key: more[row["id"]][key] for key in ("fact", "role", "count") if row["id"] in more}
            held_out = path.stem.endswith(HELD_OUT)
            yield LabelledQuestion(
                row["question"], masked(row["question"], names), _labels({**row, **further, **talk}), held_out
            )


def _texts(data: Path | None) -> Iterator[tuple[str, str]]:
    for path in sorted(QUESTIONS.glob("*.jsonl")):
        for row in _rows(path):
            yield f"{path.stem}:{row['id']}", row["question"]
    if data:
        for row in _rows(data / "training" / "questions.jsonl"):
            for voice in ("everyday", "paraphrase", "story", "direct", "second", "near_miss"):
                if row.get(voice):
                    yield f"train:{row['id']}:{voice}", row[voice]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _labels(row: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """What holds of each head. Which fact is asked for is learned of questions for facts alone, and so on."""
    op, wants = row["op"], frozenset(row.get("wants") or ()) & frozenset(ANY_OF["wants"])
    value = row.get("value") if "value" in wants else None
    found = {"op": frozenset([op])}
    if "wants" in row:
        found |= {"wants": wants, "value": frozenset([value or "none"])}
    if op == "fact" and "fact" in row:
        facts = row["fact"] or ()
        found["fact"] = frozenset([facts] if isinstance(facts, str) else facts) & frozenset(ANY_OF["fact"])
    if "role" in row and (op == "tasks" or "bodies" in wants):
        found["role"] = frozenset([row["role"] or "any"])
    if op == "talk" and row.get("reason"):
        found["talk"] = frozenset([row["reason"]])
    if op == "tally" and row.get("count"):
        found["tally"] = frozenset([next(iter(row["count"]))])
    return {head: names for head, names in found.items() if head in ANY_OF or names <= frozenset(ONE_OF[head])}
