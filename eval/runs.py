"""A run of the benchmark as a folder that explains itself: generated once, scored again for free."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from eval.evaluate import AS_OF, answers, totals
from eval.judge import judged
from eval.metrics import mean
from eval.questions_file import QuestionFileError, as_row, read_questions
from eval.recognition import scored, slots
from eval.types import GoldQuestion, Score
from index.settings import ROOT, IndexSettings
from index.version import VERSION
from rag.answer import PolicyQa
from rag.llm.types import LanguageModel, Limits

MANIFEST, QUESTIONS, ANSWERS, SCORES, SUMMARY, JUDGED = (
    "manifest.json", "questions.jsonl", "answers.jsonl", "scores.jsonl", "summary.json", "judged.jsonl",
)  # fmt: skip


class RunError(Exception):
    """A run's folder can't be read; the message says what is missing."""


@dataclass(frozen=True)
class Run:
    """A run read back. `scores` follow `questions`, `answers` likewise."""

    folder: Path
    manifest: dict[str, Any]
    questions: tuple[GoldQuestion, ...]
    answers: tuple[dict[str, Any], ...]
    scores: tuple[Score, ...]


def generate(
    questions: Sequence[GoldQuestion],
    source: str,
    qa: PolicyQa,
    settings: IndexSettings,
    folder: Path,
    progress: Callable[[int], object] = bool,
    at_once: int = 1,
    more: Callable[[], dict[str, Any]] = dict,
) -> Run:
    """Asks every question and writes the run; the manifest is written last, so that its presence means complete.

    `more` says what else the manifest has, once all is asked.
    """
    folder.mkdir(parents=True)
    _write_lines(folder / QUESTIONS, [as_row(question) for question in questions])
    with (folder / ANSWERS).open("w", encoding="utf-8") as file:
        for done, answer in enumerate(answers(questions, qa, at_once), start=1):
            file.write(_line(answer) + "\n")
            progress(done)
    manifest = {
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "product": VERSION,
        "commit": _commit(),
        "mode": "llm" if qa.model_name else "extractive",
        "model": qa.model_name,
        "judge": None,
        "questions": source,
        "questions_digest": _digest(folder / QUESTIONS),
        "corpus": qa.corpus.digest,
        "embedder": settings.embedder,
        "as_of": AS_OF.isoformat(),
        **more(),
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return rescore(folder)


def judge(folder: Path, model: LanguageModel, limits: Limits, progress: Callable[[int], object] = bool) -> Run:
    """Asks a judge model about a run's answers and names it in the manifest. Raises RunError."""
    run = read_run(folder)
    verdicts = judged(run.questions, run.answers, model, limits, progress)
    (folder / JUDGED).write_text(json.dumps(verdicts) + "\n", encoding="utf-8")
    manifest = run.manifest | {"judge": model.name}
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return rescore(folder)


def rescore(folder: Path) -> Run:
    """Scores the answers that are there; asks nothing. Raises RunError."""
    run = read_run(folder)
    _write_lines(folder / SCORES, [asdict(row) for row in run.scores])
    summary = {"by_kind": by_kind(run.scores), "totals": totals(run.scores)}
    if read := slots(run.questions, run.answers):
        summary["slots"] = read
    (folder / SUMMARY).write_text(json.dumps(summary, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return run


def read_run(folder: Path) -> Run:
    """Raises RunError naming the file that is missing or broken."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        questions = read_questions(folder / QUESTIONS)
        lines = (folder / ANSWERS).read_text(encoding="utf-8").split("\n")
        objects = tuple(json.loads(line) for line in lines if line)
    except (OSError, ValueError, QuestionFileError) as error:
        raise RunError(f"{folder}: no complete run here ({error}). Make one: policyqa eval run") from None
    if len(objects) != len(questions):
        raise RunError(f"{folder}: {len(questions)} questions but {len(objects)} answers. Run it again.")
    scores = tuple(scored(question, answer) for question, answer in zip(questions, objects, strict=True))
    if (folder / JUDGED).exists():
        verdicts = json.loads((folder / JUDGED).read_text(encoding="utf-8"))
        scores = tuple(
            replace(row, judged=None if ok is None else float(ok)) for row, ok in zip(scores, verdicts, strict=True)
        )
    return Run(folder, manifest, questions, objects, scores)


def by_kind(scores: Sequence[Score]) -> dict[str, dict[str, dict[str, float | int | None]]]:
    """kind -> measure -> {"mean", "n"}; `ALL` is over every question."""
    measures = [name for name in Score.__dataclass_fields__ if name not in ("question_id", "kind")]
    rows: dict[str, dict[str, dict[str, float | int | None]]] = {}
    for kind in [*dict.fromkeys(s.kind for s in scores), "ALL"]:
        chosen = [s for s in scores if kind in (s.kind, "ALL")]
        found = {name: mean([getattr(s, name) for s in chosen]) for name in measures}
        rows[kind] = {name: {"mean": average, "n": count} for name, (average, count) in found.items()}
    return rows


def _write_lines(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    path.write_text("".join(_line(row) + "\n" for row in rows), encoding="utf-8")


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _commit() -> str | None:
    """The commit of the checkout, or None outside one."""
    try:
        found = subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=5
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return found.stdout.strip()
