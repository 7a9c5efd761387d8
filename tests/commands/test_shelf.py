"""Documents put in, replaced, compared and taken away from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cli import main
from tests.terminal import tree

NEW = "一、在线展览。举办网上展会。(责任部门:区商务委)\n"


@pytest.fixture
def store(small_texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    corpus = tmp_path / "texts"
    shutil.copytree(small_texts, corpus)
    for name, value in {"CORPUS": corpus, "ASKED_AS": corpus, "STORE": tmp_path / "store", "EMBEDDER": "none"}.items():
        monkeypatch.setenv(f"POLICYQA_{name}", str(value))
    return tmp_path


def test_a_file_is_added_and_answered_from(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (store / "new.txt").write_text(NEW, encoding="utf-8")
    assert main(["add", str(store / "new.txt")]) == 0
    assert capsys.readouterr().out == "added     new.txt -> new\n1 file: 1 added\n"
    assert main(["ask", "在线展览由谁负责", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["citations"][0]["clause_id"] == "new#一"
    assert main(["add", str(store / "new.txt")]) == 0
    assert capsys.readouterr().out.startswith("unchanged new.txt")


def test_a_dry_run_changes_nothing(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (store / "new.txt").write_text(NEW, encoding="utf-8")
    before = tree(store / "texts")
    assert main(["add", "--dry-run", "--json", str(store / "new.txt")]) == 0
    assert json.loads(capsys.readouterr().out)["fate"] == "added"
    assert tree(store / "texts") == before


def test_what_is_refused_is_said_and_the_rest_taken(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (store / "in").mkdir()
    (store / "in" / "new.txt").write_text(NEW, encoding="utf-8")
    (store / "in" / "bad.docx").write_bytes(b"nothing")
    assert main(["add", str(store / "in")]) == 1
    printed = capsys.readouterr().out
    assert "refused   in/bad.docx: is no .docx file." in printed
    assert "2 files: 1 added, 1 refused" in printed
    assert (store / "texts" / "new.txt").is_file()


def test_a_replaced_document_says_which_clauses_differ(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (store / "new.txt").write_text(NEW + "二、在线教育。建设空中课堂。(责任部门:区教育局)\n", encoding="utf-8")
    assert main(["add", str(store / "new.txt")]) == 0
    (store / "later.txt").write_text(NEW.replace("举办网上展会", "举办网上展会和论坛"), encoding="utf-8")
    capsys.readouterr()
    assert main(["diff", "new", str(store / "later.txt")]) == 0
    shown = capsys.readouterr().out
    assert "~ 一" in shown
    assert "{+和论坛+}" in shown
    assert "- 二" in shown
    assert main(["replace", "new", str(store / "later.txt")]) == 0
    assert capsys.readouterr().out == shown
    assert main(["diff", "new", str(store / "later.txt")]) == 1


def test_a_document_of_a_chinese_name_is_replaced_as_well(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (store / "展览办法.txt").write_text(NEW, encoding="utf-8")
    assert main(["add", str(store / "展览办法.txt")]) == 0
    (store / "later.txt").write_text(NEW.replace("网上展会", "网上论坛"), encoding="utf-8")
    assert main(["replace", "展览办法", str(store / "later.txt")]) == 0
    assert "1 clauses differ" in capsys.readouterr().out


def test_a_retired_document_holds_no_longer_and_stays(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (store / "new.txt").write_text("清溪市展览办法\n\n" + NEW, encoding="utf-8")
    assert main(["add", str(store / "new.txt")]) == 0
    assert main(["retire", "new", "--on", "2020-02-01"]) == 0
    capsys.readouterr()
    assert main(["ask", "清溪市展览办法在线展览由谁负责", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["citations"][0]["clause_id"] == "new#一"
    assert "2020" in json.dumps(answer["citations"][0]["validity"])
    assert main(["retire", "new", "--on", "soon"]) == 2
    assert "is no day such as" in capsys.readouterr().err


def test_a_document_is_taken_out_and_kept(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (store / "new.txt").write_text(NEW, encoding="utf-8")
    assert main(["add", str(store / "new.txt")]) == 0
    assert main(["remove", "new"]) == 0
    assert not (store / "texts" / "new.txt").exists()
    assert [path.name for path in (store / "store" / "removed").rglob("*.txt")] == ["new.txt"]
    assert main(["remove", "new"]) == 1
    assert "no document 'new'" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["add", "nowhere"],
        ["replace", "nobody", "nowhere"],
        ["diff", "nobody", "nothing"],
        ["remove", "nobody"],
        ["retire", "nobody"],
    ],
)
@pytest.mark.usefixtures("store")
def test_what_is_not_there_is_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.strip().splitlines()) == 1
