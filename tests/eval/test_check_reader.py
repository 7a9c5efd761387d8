"""The reading of documents measured against labels; what is read wrongly can be looked at."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.check_reader import main

TEXT = """青石市人民政府办公室关于加强社区食堂建设的通知
青政办发〔2023〕7号

一、建设目标
到2025年，每个街道都有一家社区食堂。（责任单位：市民政局、市财政局）
二、工作要求
社区食堂要方便老年人。

青石市人民政府办公室
2023年5月6日
"""


def a_clause(quote: str, *names: str, how: str = "bracket", **more: object) -> dict[str, Any]:
    return {"quote": quote, "departments": [{"name": name} for name in names], "how": how, **more}


def a_label(*clauses: dict[str, Any], **changes: object) -> dict[str, Any]:
    label: dict[str, Any] = {
        "file": "canteens.txt",
        "title": "青石市人民政府办公室关于加强社区食堂建设的通知",
        "inner_title": None,
        "issuer": ["青石市人民政府办公室"],
        "document_number": "青政办发〔2023〕7号",
        "issued_on": "2023-05-06",
        "effective_from": None,
        "effective_to": None,
        "jurisdiction": "青石市",
        "clauses": list(clauses),
    }
    return label | changes


def a_folder(folder: Path, *labels: dict[str, Any]) -> Path:
    (folder / "gold").mkdir()
    (folder / "policies/deeper").mkdir(parents=True)
    (folder / "policies/deeper/canteens.txt").write_text(TEXT, encoding="utf-8")
    rows = "".join(json.dumps(label, ensure_ascii=False) + "\n" for label in labels)
    (folder / "gold/labels.jsonl").write_text(rows, encoding="utf-8")
    return folder


def measured(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    assert main([str(folder)]) == 0
    return dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines())


def test_each_measure_is_printed_with_its_n(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    label = a_label(a_clause("每个街道都有一家", "市民政局", "市财政局"), a_clause("社区食堂要方便老年人", how="none"))
    found = measured(a_folder(tmp_path, label), capsys)
    assert found["title"] == found["number"] == found["issued_on"] == found["issuer"] == "1.0000 (1)"
    assert found["clause_found"] == found["bodies_exact"] == "1.0000 (2)"
    assert found["bodies_bracket"] == found["bodies_none"] == "1.0000 (1)"


def test_a_body_too_few_or_too_many_is_a_share(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    label = a_label(a_clause("每个街道都有一家", "市民政局", "市商务局", "市体育局"))
    found = measured(a_folder(tmp_path, label), capsys)
    # Found are 市民政局 and 市财政局: one of three that are wanted, one of two that were found.
    assert found["bodies_exact"] == "0.0000 (1)"
    assert found["bodies_recall"] == "0.3333 (1)"
    assert found["bodies_precision"] == "0.5000 (1)"


def test_a_clause_in_doubt_is_not_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    label = a_label(a_clause("每个街道都有一家", "市商务局", doubt="two readings"))
    assert "bodies_exact" not in measured(a_folder(tmp_path, label), capsys)


def test_a_quotation_that_is_nowhere_counts_as_not_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = measured(a_folder(tmp_path, a_label(a_clause("没有这句话", "市民政局"))), capsys)
    assert found["clause_found"] == "0.0000 (1)"
    assert "bodies_exact" not in found


def test_what_is_read_wrongly_is_written_down(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, a_label(a_clause("每个街道都有一家", "市商务局"), issued_on="2023-05-07"))
    assert main([str(folder), "--misses", str(tmp_path / "misses.jsonl")]) == 0
    misses = [json.loads(line) for line in (tmp_path / "misses.jsonl").read_text(encoding="utf-8").splitlines()]
    assert ["issued_on", "canteens", "2023-05-07", "2023-05-06"] in misses
    assert ["bodies_bracket", "canteens", None, ["市商务局"], ["市民政局", "市财政局"]] in misses


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        ("", "no labels"),
        ("{\n", "line 1"),
        ("[]\n", "line 1: not a label"),
        ('{"file": "canteens.txt"}\n', "line 1: not a label (KeyError('title'))"),
        ('{"file": "elsewhere.txt"}\n', "elsewhere.txt is nowhere below"),
    ],
)
def test_labels_that_cant_be_used_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], labels: str, said: str
) -> None:
    folder = a_folder(tmp_path)
    (folder / "gold/labels.jsonl").write_text(labels, encoding="utf-8")
    assert main([str(folder)]) == 3
    assert said in capsys.readouterr().err


def test_a_folder_without_labels_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 3
    assert "gold/labels.jsonl" in capsys.readouterr().err
