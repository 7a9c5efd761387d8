"""Right sentences that the check keeps and wrong ones that it stops: no half may fall below what is recorded."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from eval.grounding import judged, main, meaning_of, read, shares
from index.embedder import DEFAULT, SPREADS, open_embedder
from index.settings import ROOT, IndexSettings
from index.verifier import open_verifier
from tests.eval.conftest import needs_weights

FLOORS = tomllib.loads((ROOT / "eval/floors.toml").read_text(encoding="utf-8"))["grounding"]
EVERY = 3  # rows of which one is judged: all take half a minute


@needs_weights
@pytest.mark.parametrize("half", sorted(FLOORS))
def test_sentences_are_judged_as_well_as_recorded(half: str) -> None:
    rows = read([ROOT / "eval/grounding" / f"{half}.jsonl"])[::EVERY]
    models = IndexSettings().models
    found = shares(judged(rows, meaning_of(open_embedder(DEFAULT, models), SPREADS[DEFAULT]), open_verifier(models)))
    whole = {share.right: share.share for share in found if share.kind == "all"}
    assert whole[True] >= FLOORS[half]["kept"]
    assert whole[False] >= FLOORS[half]["stopped"]


def test_the_shares_are_printed_kind_by_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clause = {"clause_text": "第三条 每户补贴300元。", "title": "补贴办法", "path": "第三条", "place": "", "bodies": []}
    rows = [
        clause | {"question": "补多少？", "sentence": "每户补贴300元。", "right": True, "kind": "plain"},
        clause | {"question": "补多少？", "sentence": "每户补贴500元。", "right": False, "kind": "number"},
    ]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    assert main([str(file), "--without-vectors"]) == 0
    printed = capsys.readouterr().out
    assert "kept plain: 1.000 of 1" in printed
    assert "stopped number: 1.000 of 1" in printed


def test_nothing_to_measure_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text("", encoding="utf-8")
    assert main([str(file), "--without-vectors"]) == 1
