"""`make bench`: the times a user waits, cold and warm, and how the invented city's questions are read."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus.load import load_corpus
from eval.evaluate import AS_OF
from eval.other import print_scores
from eval.questions_file import read_questions
from index.search import open_index
from index.settings import ROOT, IndexSettings
from rag.answer import PolicyQa
from rag.types import Turn

QUESTION = "虹口区在线金融服务由哪些部门负责？"
COLD_RUNS = 5
ROUNDS = 3


def main() -> int:
    """Prints one line a measure, then the tables of the labelled questions whose texts are here."""
    with tempfile.TemporaryDirectory() as scratch:
        store = Path(scratch) / "store"
        print(f"index of the committed policies, model unpacked: {_run(store, 'index'):.1f} s")
        print(f"index again, nothing changed: {_run(store, 'index'):.1f} s")
        asked = [_run(store, "ask", QUESTION) for _ in range(COLD_RUNS)]
        print(f"policyqa ask from a cold start: median {statistics.median(asked):.2f} s of {COLD_RUNS}")
        _warm(IndexSettings(store=store))
    print_scores(ROOT / "eval/questions/elsewhere/linlan.jsonl", ROOT / "eval/texts/linlan")
    return 0


def _run(store: Path, *arguments: str) -> float:
    environment = {**os.environ, "POLICYQA_STORE": str(store)}
    started = time.perf_counter()
    subprocess.run([sys.executable, str(ROOT / "cli.py"), *arguments], env=environment, check=True, capture_output=True)
    return time.perf_counter() - started


def _warm(settings: IndexSettings) -> None:
    corpus = load_corpus(settings.corpus, settings.asked_as)
    qa = PolicyQa(corpus, open_index(corpus, settings))
    questions = [q for file in sorted((ROOT / "eval/questions").glob("*.jsonl")) for q in read_questions(file)]
    times = []
    for _ in range(ROUNDS):
        for question in questions:
            history = [Turn(turn["role"], turn["content"]) for turn in question.history]  # type: ignore[arg-type]
            started = time.perf_counter()
            qa.ask(question.question, history, as_of=AS_OF)
            times.append((time.perf_counter() - started) * 1000)
    times.sort()
    print(
        f"an answer in a warm process: median {statistics.median(times):.1f} ms, "
        f"p95 {times[int(len(times) * 0.95)]:.1f} ms ({len(questions)} questions, {ROUNDS} rounds)"
    )


if __name__ == "__main__":
    sys.exit(main())
