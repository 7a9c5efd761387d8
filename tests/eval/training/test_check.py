"""Sentences beside clauses: found again, made of exact answers, and what is shipped of a fit."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
import torch

from eval.training.check.claims import SENTENCES, Claim, claims_in, claims_of, elsewhere
from eval.training.check.weigh import Weighed, curve, fitted, left_out
from eval.training.search.lessons import EXACT_KIND, Lesson, Passage, measured_documents
from index.difference import read_difference, write_difference
from index.settings import ROOT
from rag.grounding.verdict import Weights, doubt, weights
from tests.eval.conftest import needs_weights

TEXT = "养犬登记由城市管理部门负责，狂犬病免疫由农业农村部门负责，补办犬牌收取工本费10元。"
PASSAGE = Passage("a.md", "key-a", "清溪市养犬管理办法 第八条", TEXT, (TEXT,))
OTHER = Passage("a.md", "key-b", "清溪市养犬管理办法 第九条", "烈性犬不予登记。", ("烈性犬不予登记。",))


def _rows() -> list[dict[str, object]]:
    return [json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]


def test_every_sentence_on_a_notice_finds_its_clause(tmp_path: Path) -> None:
    notices = [row for row in _rows() if str(row["document"]).startswith("notice-")]
    assert len(claims_in(tmp_path)) == len(notices) > 2000


def test_nothing_is_fitted_on_what_is_measured() -> None:
    measured = measured_documents()
    for half in ("dev", "test"):
        lines = (ROOT / "eval/grounding" / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
        measured |= {Path(json.loads(line)["document"]).stem for line in lines}
    assert not {Path(str(row["document"])).stem for row in _rows()} & measured


def test_no_sentence_is_both_right_and_wrong() -> None:
    sides: dict[tuple[object, ...], set[object]] = {}
    for row in _rows():
        sides.setdefault((row["sha256"], row["question"], row["sentence"]), set()).add(row["right"])
    assert all(len(side) == 1 for side in sides.values())


def test_an_exact_answer_is_right_and_another_body_of_the_clause_is_wrong() -> None:
    lesson = Lesson("谁管打狂犬疫苗", EXACT_KIND, PASSAGE, 0, ("农业农村部门",))
    right, wrong = claims_of([lesson], random.Random(0))
    assert (right.sentence, right.right) == ("农业农村部门", True)
    assert (wrong.sentence, wrong.right) == ("城市管理部门", False)


def test_a_right_sentence_beside_another_clause_is_wrong() -> None:
    claims = [
        Claim("谁管", "城管部门管登记。", "body", PASSAGE, True),
        Claim("谁管", "农业部门管登记。", "body", PASSAGE, False),
        Claim("烈性犬呢", "不给登记。", "negation", OTHER, True),
    ]
    found = list(elsewhere(claims, random.Random(0)))
    assert {(claim.sentence, claim.passage.key, claim.right) for claim in found} == {
        ("城管部门管登记。", "key-b", False),
        ("不给登记。", "key-a", False),
    }


@needs_weights
def test_what_is_shipped_of_a_verifier_brings_its_products_back(tmp_path: Path) -> None:
    from eval.training.check.network import Verifier
    from eval.training.search.encoder import Encoder

    plain = Encoder.fresh()
    name = "encoder.layer.3.output.dense.weight"
    before = plain.model.state_dict()[name].clone()
    verifier = Verifier(plain)
    torch.manual_seed(1)
    with torch.no_grad():
        for own, values in verifier.named_parameters():
            if own.endswith(".left"):
                values.normal_(0, 0.02)
    write_difference(tmp_path / "v.npz", verifier.changes())
    changes = read_difference(tmp_path / "v.npz")
    after = verifier.base.encoder.layer[3].output.dense.weight.float()
    assert torch.allclose(before + torch.from_numpy(changes[name]), after, atol=2e-3, rtol=0.02)
    assert changes["score.weight"].shape == (1, 384)
    assert not any(part.endswith((".left", ".right")) for part in changes)


def _weighed(count: int) -> list[Weighed]:
    """The model tells them with a few mistakes, and one kind of problem is no false alarm."""
    chance = np.random.default_rng(2)
    rows = []
    for place in range(count):
        right = bool(place % 2)
        problems = frozenset({"number"} if not right and place % 4 else {"scope"} if place % 5 == 0 else ())
        rows.append(
            Weighed(f"d{place % 7}", "number", right, float(chance.normal(2.0 if right else -2.0, 1.5)), problems)
        )
    return rows


def test_the_weights_learn_which_alarm_is_a_true_one() -> None:
    table = fitted(_weighed(400))
    assert table.logit < 0
    assert table.problems["number"] > 1 > abs(table.problems["scope"])
    assert doubt(-3.0, {"number"}, table) > 0.9 > 0.1 > doubt(3.0, {"scope"}, table)


def test_the_curve_is_of_weights_fitted_without_the_document() -> None:
    rows = _weighed(400)
    lines = list(curve(rows, left_out(rows)))
    assert lines[0].startswith("kept 0.90")
    assert "number, body, date" in lines[0]


@pytest.mark.parametrize(("logit", "problems"), [(50.0, {"number"}), (-1e9, ()), (0.0, {"a kind of tomorrow"})])
def test_a_doubt_is_a_probability(logit: float, problems: set[str]) -> None:
    assert 0 <= doubt(logit, problems, weights()) <= 1
    assert 0 <= doubt(logit, problems, Weights(0.0, -1.0, {})) <= 1
