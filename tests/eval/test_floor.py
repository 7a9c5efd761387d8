"""The held-out questions, asked for real: no measure may fall below what is recorded.

Builds the default model and index once (about 25 seconds).
"""

from __future__ import annotations

import tomllib

import pytest

from eval.evaluate import ask_all
from eval.metrics import mean
from eval.questions_file import read_questions
from eval.types import Score
from index.settings import ROOT
from rag.answer import PolicyQa
from tests.eval.conftest import needs_weights

FLOORS = tomllib.loads((ROOT / "eval" / "floors.toml").read_text(encoding="utf-8"))
AT_MOST = {"refused_wrongly", "ungrounded_numbers"}


@pytest.fixture(scope="module")
def scores(answers: PolicyQa) -> list[Score]:
    return [score for score, _ in ask_all(read_questions(ROOT / "eval/questions/test.jsonl"), answers)]


@needs_weights
@pytest.mark.parametrize("measure", sorted(FLOORS))
def test_the_held_out_questions_stay_at_their_floor(scores: list[Score], measure: str) -> None:
    values = [getattr(score, measure) for score in scores]
    found = sum(values) if measure == "ungrounded_numbers" else mean(values)[0]
    assert found is not None
    if measure in AT_MOST:
        assert found <= FLOORS[measure]
    else:
        assert found >= FLOORS[measure]
