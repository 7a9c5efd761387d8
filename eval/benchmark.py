"""The benchmark as the window runs it: question by question, to be cancelled, read back and compared."""

from __future__ import annotations

import json
import queue
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from eval.compare import compare, table_of
from eval.evaluate import table, totals
from eval.questions_file import QuestionFileError, read_questions
from eval.report import kinds_plot, latency_plot, misses_of, refusal_plot, write_report
from eval.runs import MANIFEST, Run, RunError, generate, read_run
from eval.types import GoldQuestion
from index.settings import ROOT, IndexSettings
from rag.live import LiveQa
from rag.personal import masked

BUILT_IN = {"内置保留集": ROOT / "eval/questions/test.jsonl", "内置开发集": ROOT / "eval/questions/dev.jsonl"}
MOST = 2000  # questions of one run


class BenchmarkError(Exception):
    """A question file or a run that can't be used; the message names it."""


@dataclass(frozen=True)
class Progress:
    done: int
    total: int


@dataclass(frozen=True)
class Outcome:
    """A run to look at: cells of its table, plots as SVG, misses with the answer and its gold."""

    name: str
    mode: str
    table: list[list[str]]
    totals: dict[str, float]
    plots: list[str]
    misses: list[dict[str, Any]]
    bad_rows: tuple[str, ...] = ()


def _without_personal(row: GoldQuestion) -> GoldQuestion:
    """Runs are kept as files: what a question file holds of personal data isn't."""
    history = tuple({**turn, "content": masked(turn["content"])} for turn in row.history)
    return replace(row, question=masked(row.question), history=history)


class _CancelledError(Exception):
    pass


class Benchmark:
    """Runs are folders under `folder`, as `policyqa eval run` writes them."""

    def __init__(self, live: LiveQa, settings: IndexSettings, folder: Path = ROOT / "eval" / "runs") -> None:
        self._live, self._settings, self._folder = live, settings, folder

    @property
    def has_model(self) -> bool:
        return self._live.current.model_name is not None

    def run(self, questions: Path, name: str, with_model: bool) -> Iterator[Progress | Outcome]:
        """Progress after each question, the outcome last; closing it ends the run and removes what was begun.

        A row that can't be read is named in the outcome and left out. Raises BenchmarkError.
        """
        bad: list[str] = []
        try:
            rows = read_questions(questions, lambda message: bad.append(message.replace(str(questions), name)))
        except QuestionFileError as error:
            raise BenchmarkError(str(error).replace(str(questions), name)) from None
        if len(rows) > MOST:
            raise BenchmarkError(f"{name}: {len(rows)} questions; at most {MOST} at once. Split the file.")
        rows = tuple(_without_personal(row) for row in rows)
        qa = self._live.current if with_model else self._live.current.without_model()
        folder = self._folder / datetime.now().strftime("%Y%m%d-%H%M%S-%f")
        steps: queue.Queue[int | BaseException | None] = queue.Queue()
        cancelled = threading.Event()

        def step(done: int) -> None:
            if cancelled.is_set():
                raise _CancelledError
            steps.put(done)

        def work() -> None:
            try:
                generate(rows, name, qa, self._settings, folder, step)
                steps.put(None)
            except BaseException as error:  # told to whoever waits for the run
                steps.put(error)

        worker = threading.Thread(target=work, name="benchmark", daemon=True)
        worker.start()
        finished = False
        try:
            while (reached := steps.get()) is not None:
                if isinstance(reached, OSError):
                    raise BenchmarkError(f"{self._folder}: can't be written ({reached.strerror}).")
                if isinstance(reached, BaseException):
                    raise reached
                yield Progress(reached, len(rows))
            finished = True
        finally:
            cancelled.set()
            worker.join(60)
            if not finished:
                shutil.rmtree(folder, ignore_errors=True)
        yield self._outcome(read_run(folder), tuple(bad))

    def earlier(self) -> list[str]:
        """The names of complete runs, the latest first."""
        return sorted((f.parent.name for f in self._folder.glob(f"*/{MANIFEST}")), reverse=True)

    def described(self) -> list[tuple[str, str]]:
        """(what a person tells runs apart by, name) of each, the latest first."""
        rows = []
        for name in self.earlier():
            try:
                manifest = json.loads((self._folder / name / MANIFEST).read_text(encoding="utf-8"))
            except (OSError, ValueError):
                continue
            rows.append((f"{name[:15]} {manifest.get('questions')}（{manifest.get('mode')}）", name))
        return rows

    def outcome(self, name: str) -> Outcome:
        """Raises BenchmarkError."""
        return self._outcome(self._read(name), ())

    def compared(self, before: str, after: str) -> list[list[str]]:
        """A header and a row a measure. Raises BenchmarkError."""
        try:
            return table_of(compare(self._read(before), self._read(after)))
        except RunError:
            raise BenchmarkError("这两次运行没有共同的题，不能比较。") from None

    def report(self, name: str) -> Path:
        """The run as one HTML page. Raises BenchmarkError."""
        return write_report(self._read(name))

    def _read(self, name: str) -> Run:
        if name not in self.earlier():
            raise BenchmarkError(f"no run {name!r}.")
        try:
            return read_run(self._folder / name)
        except RunError as error:
            raise BenchmarkError(str(error)) from None

    def _outcome(self, run: Run, bad: tuple[str, ...]) -> Outcome:
        plots = [kinds_plot(run.scores), refusal_plot(run), latency_plot(run.scores)]
        return Outcome(
            run.folder.name, run.manifest["mode"], table(run.scores), totals(run.scores), [str(p) for p in plots],
            misses_of(run), bad,
        )  # fmt: skip
