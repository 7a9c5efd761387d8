"""The check of hand-written outlines, on documents of our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval import check_outlines
from eval.check_outlines import OUTLINES, main


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one document, and the outline of that one and of another."""
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "any.txt").write_text("青川市办法\n第一条 甲。\n第二条 乙。\n", encoding="utf-8")
    outlines = tmp_path / "outlines.jsonl"
    rows = [{"file": "any.txt", "paths": ["标题", "第一条", "第二条"]}, {"file": "other.txt", "paths": []}]
    outlines.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    monkeypatch.setattr(check_outlines, "OUTLINES", outlines)
    return tmp_path


def test_an_outline_that_is_the_parsers_passes(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(data)]) == 0
    assert capsys.readouterr().out == "outlines exactly right: 1/1 of 2\n"


def test_what_is_missing_and_what_is_too_many_is_named(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "policies" / "any.txt").write_text("青川市办法\n第一条 甲。\n第三条 乙。\n", encoding="utf-8")

    assert main([str(data)]) == 1
    assert capsys.readouterr().out.splitlines()[:2] == ["any.txt: -第二条", "any.txt: +第三条"]


def test_without_documents_there_is_nothing_to_check(tmp_path: Path) -> None:
    assert main([str(tmp_path)]) == 3
    assert main([]) == 2


def test_the_outlines_that_are_kept_are_of_twenty_documents_and_hold_paths_alone() -> None:
    rows = [json.loads(line) for line in OUTLINES.read_text(encoding="utf-8").splitlines()]

    assert len({row["file"] for row in rows}) == 20
    assert all(len(set(row["paths"])) == len(row["paths"]) > 0 for row in rows)
    assert max(len(path) for row in rows for path in row["paths"]) < 16
