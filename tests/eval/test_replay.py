"""What a capable model answered once, put through today's plans, rows and check: it may not come out worse than it was."""

from __future__ import annotations

import json
from pathlib import Path

from eval.evaluate import ask_all
from eval.kept_replies import kept_replies
from eval.metrics import mean
from eval.other import files_below, qa_over, question_of
from eval.recording import Replay
from index.settings import ROOT
from tests.eval.conftest import needs_weights

RECORDED = ROOT / "eval" / "recorded" / "strangers"
ASKED = 24  # of its questions
RIGHT = 0.9  # of those whose replies are all there
pytestmark = needs_weights


def test_the_recorded_model_is_as_right_as_it_was(tmp_path: Path) -> None:
    lines = (RECORDED / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    kept = kept_replies(None, RECORDED)
    assert kept is not None
    files = files_below(ROOT / "eval" / "texts" / "strangers", {row["document"] for row in rows})
    qa, corpus = qa_over(files, tmp_path, kept)
    scores = [score for score, _ in ask_all([question_of(row, corpus) for row in rows[:ASKED]], qa)]
    assert isinstance(kept.model, Replay)
    stale = set(kept.model.missing)
    fresh = [score for score in scores if score.question_id not in stale]
    assert len(fresh) >= ASKED / 2, f"record again (eval/recorded/README.md): no reply for {', '.join(sorted(stale))}"
    share, _ = mean([score.fully_right for score in fresh])
    assert share is not None
    assert share >= RIGHT
    assert sum(score.ungrounded_numbers or 0 for score in fresh) == 0
