"""Asking a question file and summing up the scores by kind."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

from eval.metrics import cell
from eval.recognition import MEASURES as RECOGNITION
from eval.recognition import recognised, scored
from eval.recording import ASKED
from eval.types import GoldQuestion, Score
from rag.answer import PolicyQa
from rag.types import Turn
from rag.wire import as_json

AS_OF = date(2026, 11, 21)  # fixed, so that a run is the same on any day
MEASURES = (
    ("fully right", "fully_right"),
    ("clause first", "clause_first"),
    ("gold cited", "recall"),
    ("cited is gold", "precision"),
    ("departments", "departments"),
    ("facts", "facts"),
    ("refused ok", "refused_rightly"),
    ("refused wrongly", "refused_wrongly"),
    ("reason", "reason_right"),
    ("judged", "judged"),
)


def ask_all(
    questions: Sequence[GoldQuestion], qa: PolicyQa, progress: Callable[[int], object] = bool, at_once: int = 1
) -> list[tuple[Score, dict[str, Any]]]:
    """Each question's score with the answer object it rests on, in order."""
    rows = []
    for done, (question, answer) in enumerate(zip(questions, answers(questions, qa, at_once), strict=True), start=1):
        rows.append((scored(question, answer), answer))
        progress(done)
    return rows


def answers(questions: Sequence[GoldQuestion], qa: PolicyQa, at_once: int = 1) -> Iterator[dict[str, Any]]:
    """The answer objects in order; of a model that answers slowly many questions are asked `at_once`."""
    if at_once == 1:
        yield from (ask(question, qa) for question in questions)
        return
    with ThreadPoolExecutor(at_once) as pool:
        yield from pool.map(lambda question: ask(question, qa), questions)


def ask(question: GoldQuestion, qa: PolicyQa) -> dict[str, Any]:
    """The answer object to a benchmark question, its history included; of a labelled one with how it was read."""
    ASKED.set(question.id)
    history = [Turn(turn["role"], turn["content"]) for turn in question.history]  # type: ignore[arg-type]
    answer = {"id": question.id, **as_json(qa.ask(question.question, history, as_of=AS_OF))}
    read = recognised(question, answer, qa, AS_OF)
    return {**answer, "recognition": read} if read else answer


def table(scores: Sequence[Score]) -> list[list[str]]:
    """A header and one row a kind, `mean (n)` in each cell, `-` where the measure does not apply."""
    return _table(scores, [row for row in MEASURES if row[1] != "judged" or any(s.judged is not None for s in scores)])


def recognition_table(scores: Sequence[Score]) -> list[list[str]]:
    """As `table`, how labelled questions are read beside the answers to them; empty where none is labelled."""
    labelled = [score for score in scores if score.op_right is not None]
    return _table(labelled, RECOGNITION) if labelled else []


def _table(scores: Sequence[Score], measures: Sequence[tuple[str, str]]) -> list[list[str]]:
    kinds = list(dict.fromkeys(s.kind for s in scores))
    rows = [["kind", "n", *(title for title, _ in measures)]]
    for kind in [*kinds, "ALL"]:
        chosen = [s for s in scores if kind in (s.kind, "ALL")]
        rows.append([kind, str(len(chosen)), *(cell([getattr(s, name) for s in chosen]) for _, name in measures)])
    return rows


def totals(scores: Sequence[Score]) -> dict[str, float]:
    """Figures over all questions that are no means of shares."""
    latencies = sorted(s.latency_ms for s in scores)
    return {
        "ungrounded numbers": float(sum(s.ungrounded_numbers for s in scores)),
        "ungrounded bodies": float(sum(s.ungrounded_bodies for s in scores)),
        "median answer, characters": statistics.median(s.length for s in scores),
        "median ms": statistics.median(latencies),
        "p95 ms": latencies[min(int(len(latencies) * 0.95), len(latencies) - 1)],
    }
