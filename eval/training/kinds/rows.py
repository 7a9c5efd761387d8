"""Labelled questions, from the question files of this repository and, where a folder is given, from outside of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.mentions import mentions_in
from corpus.script import fold
from index.settings import ROOT
from rag.reading.kinds import ANY_OF, ONE_OF
from rag.reading.masked import BODY, DOCUMENT, PLACE, masked

QUESTIONS = ROOT / "eval" / "questions"
ELSEWHERE = QUESTIONS / "elsewhere"
LABELS = Path(__file__).parent / "labels.jsonl"
TALK = Path(__file__).parent / "talk.jsonl"  # what is no question for the texts
EVERYDAY = Path(__file__).parent / "everyday.jsonl"
EXACT = ROOT / "eval" / "training" / "search" / "exact.jsonl"  # questions for one of several bodies or numbers
HELD_OUT = "_test"  # question files that nothing is fitted on
_OF_EXACT = frozenset(["bodies", "value"])
_N = "[0-9一二三四五六七八九十百千万亿两.]"
_FORMS: Sequence[tuple[str, re.Pattern[str]]] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("percent", f"%|百分之|{_N}成|{_N}倍"),
        ("money", f"{_N}余?多?元|免费"),
        ("age", "岁"),
        ("area", f"{_N}余?多?(?:平方|亩|公顷)"),
        ("date", f"{_N}月{_N}+[日号]|{_N}{{4}}年|年底|年末"),
        ("duration", f"{_N}个?(?:工作)?(?:日|天|月|年|小时|分钟|周)"),
        ("points", f"{_N}分"),
        ("count", f"{_N}[个家名人户项处座台辆套次条件批所种类倍吨米公]"),
    )
)  # of what is printed, the first that fits
_MASKS = (("documents", DOCUMENT), ("places", PLACE), ("bodies", BODY))


@dataclass(frozen=True)
class LabelledQuestion:
    """`labels` has what holds of each head; a head that it lacks wasn't labelled, nor what of it is no part of `known`."""

    question: str
    masked: str
    labels: Mapping[str, frozenset[str]]
    held_out: bool
    known: frozenset[str] = frozenset(ANY_OF["wants"]) | frozenset(ANY_OF["fact"])


def labelled_questions(data: Path | None) -> Iterator[LabelledQuestion]:
    """All that can be found: those named `train:…` lie in `data`/training/questions.jsonl, which isn't shipped."""
    more = {row["id"]: row for row in _rows(LABELS)}
    texts = dict(_texts(data))
    for name, row in more.items():
        if name in texts:
            yield LabelledQuestion(texts[name], masked(texts[name]), _labels(row), held_out=False)
    for row in (*_rows(TALK), *_rows(EVERYDAY)):
        yield LabelledQuestion(row["question"], masked(row["question"]), _labels(row), held_out=False)
    yield from _of_exact_words(_rows(EXACT))
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


def _of_exact_words(rows: Sequence[Mapping[str, Any]]) -> Iterator[LabelledQuestion]:
    """Each question by itself, and of each clause one for bodies and one for a value in one breath."""
    of_clause: dict[str, dict[str, str]] = {}
    for row in rows:
        if labels := wanted(row["words"]):
            question = row["question"]
            yield LabelledQuestion(question, masked(question), labels, held_out=False, known=_OF_EXACT)
            of_clause.setdefault(row["sha256"], {})[next(iter(labels["wants"]))] = question.rstrip("？?。")
    for number, both in enumerate(one for one in of_clause.values() if len(one) > 1):
        question = ("，" if number % 2 else "、").join(list(both.values())[:: 1 if number % 4 < 2 else -1])
        labels = {"wants": frozenset(both)}
        yield LabelledQuestion(question, masked(question), labels, held_out=False, known=_OF_EXACT)


def wanted(words: Sequence[str]) -> dict[str, frozenset[str]]:
    """What a question wants whose answer are these words; nothing where they are neither bodies nor of one kind of value."""
    folded = [fold(word) for word in words]
    if all(_is_body(word) for word in folded):
        return {"wants": frozenset(["bodies"])}
    kinds = [kind for kind, form in _FORMS if all(form.search(word) for word in folded)]
    return {"wants": frozenset(["value"]), "value": frozenset(kinds[:1])} if kinds else {}


def _is_body(folded: str) -> bool:
    return any(start == 0 and end == len(folded) for start, end in mentions_in(folded))


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
