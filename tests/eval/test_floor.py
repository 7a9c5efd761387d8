"""The five texts' held-out questions and the invented city's, asked for real: no measure may fall below what is recorded.

Builds the default model and two indexes once (about a minute).
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence

import pytest

from eval.evaluate import ask_all
from eval.metrics import mean
from eval.other import files_below, qa_over, question_of
from eval.questions_file import read_questions
from eval.types import Score
from index.settings import ROOT
from rag.answer import PolicyQa
from tests.eval.conftest import needs_weights

FLOORS: Mapping[str, Mapping[str, float]] = tomllib.loads((ROOT / "eval/floors.toml").read_text(encoding="utf-8"))
AT_MOST = {"refused_wrongly", "ungrounded_numbers"}
pytestmark = needs_weights


@pytest.fixture(scope="module")
def of_five_texts(answers: PolicyQa) -> list[Score]:
    return [score for score, _ in ask_all(read_questions(ROOT / "eval/questions/test.jsonl"), answers)]


@pytest.fixture(scope="module")
def of_other_texts(tmp_path_factory: pytest.TempPathFactory) -> list[Score]:
    lines = (ROOT / "eval/questions/elsewhere/linlan.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    files = files_below(ROOT / "eval/texts/linlan", {row["document"] for row in rows})
    qa, corpus = qa_over(files, tmp_path_factory.mktemp("linlan"))
    return [score for score, _ in ask_all([question_of(row, corpus) for row in rows], qa)]


@pytest.mark.parametrize("measure", sorted(FLOORS["five_texts"]))
def test_the_held_out_questions_stay_at_their_floor(of_five_texts: list[Score], measure: str) -> None:
    _holds(of_five_texts, measure, FLOORS["five_texts"][measure])


@pytest.mark.parametrize("measure", sorted(FLOORS["other_texts"]))
def test_questions_on_other_texts_stay_at_their_floor(of_other_texts: list[Score], measure: str) -> None:
    _holds(of_other_texts, measure, FLOORS["other_texts"][measure])


def _holds(scores: Sequence[Score], measure: str, floor: float) -> None:
    values = [getattr(score, measure) for score in scores]
    found = sum(values) if measure == "ungrounded_numbers" else mean(values)[0]
    assert found is not None
    assert found <= floor if measure in AT_MOST else found >= floor
