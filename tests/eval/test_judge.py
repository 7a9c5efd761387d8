"""A judge model is an option, and is named where it was asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.types import Corpus
from eval.questions_file import read_questions
from eval.runs import generate, judge, read_run
from eval.types import Score
from index.search import HybridIndex
from index.settings import ROOT, IndexSettings
from rag.answer import PolicyQa
from rag.llm.types import Limits
from tests.builders import an_index
from tests.rag.llm.scripted import fails, says, serving
from tests.rag.llm.test_misbehaviour import opened

LIMITS = Limits(first=2, idle=2, total=5)


@pytest.fixture
def run_folder(tmp_path: Path) -> Path:
    from corpus.load import load_corpus

    corpus: Corpus = load_corpus(ROOT / "corpus" / "policies")
    index: HybridIndex = an_index(corpus)
    questions = read_questions(ROOT / "eval/questions/dev.jsonl")[:4]
    generate(questions, "four", PolicyQa(corpus, index), IndexSettings(), tmp_path / "run")
    return tmp_path / "run"


def test_without_a_judge_nothing_is_judged(run_folder: Path) -> None:
    run = read_run(run_folder)
    assert (run.manifest["judge"], run.manifest["mode"]) == (None, "extractive")
    assert [score.judged for score in run.scores] == [None] * 4


def test_a_judges_yes_and_no_are_scored_and_it_is_named(run_folder: Path) -> None:
    with serving(says("是"), says("否，第二句没有依据"), says("也许"), fails(500)) as script:
        run = judge(run_folder, opened(script.url), LIMITS)
    verdicts = [score.judged for score, answer in zip(run.scores, run.answers, strict=True) if answer["citations"]]
    assert verdicts == [1.0, 0.0, None, None][: len(verdicts)]
    assert run.manifest["judge"] == "openai:scripted"
    summary = json.loads((run_folder / "summary.json").read_text(encoding="utf-8"))
    assert summary["by_kind"]["ALL"]["judged"]["n"] == 2
    assert isinstance(run.scores[0], Score)
