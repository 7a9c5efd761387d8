"""The parser measured on a folder of documents; what falls short is named."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.numerals import numeral_of
from eval.check_parser import main, tiles
from tests.builders import POLICY, a_document

LAW = "第一条 甲。\n第二条 乙,\n丙。\n"


def a_policy(folder: Path, name: str = "demo.txt", content: bytes = POLICY.encode()) -> None:
    (folder / "policies").mkdir(exist_ok=True)
    (folder / "policies" / name).write_bytes(content)


def a_law(folder: Path, *articles: tuple[str, str], text: str = LAW) -> None:
    """The law with the articles that must come out."""
    bench = folder / "bench" / "stard"
    bench.mkdir(parents=True)
    rows = [{"doc_id": "law", "article": article, "text": words} for article, words in articles]
    (bench / "docs.jsonl").write_text(json.dumps({"id": "law", "text": text}) + "\n", encoding="utf-8")
    (bench / "clause_gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_files_that_round_trip_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_policy(tmp_path)
    a_policy(tmp_path, "again.md")
    assert main([str(tmp_path)]) == 0
    # Three clauses each.
    assert "2/2 (6 clauses, 0 numbering notices)" in capsys.readouterr().out


def test_a_file_that_cant_be_read_is_named_and_the_check_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_policy(tmp_path)
    a_policy(tmp_path, "broken.txt", b"ab\xff\xff")
    assert main([str(tmp_path)]) == 1
    printed = capsys.readouterr().out
    assert "broken.txt" in printed
    assert "1/2" in printed


def test_files_of_other_kinds_are_passed_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_policy(tmp_path)
    a_policy(tmp_path, "picture.png", b"\x89PNG")
    assert main([str(tmp_path)]) == 0
    assert "1/1" in capsys.readouterr().out


def test_articles_are_exact_but_for_white_space_and_their_label(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_law(tmp_path, ("第一条", "甲。"), ("第二条", "乙, 丙。"))
    assert main([str(tmp_path)]) == 0
    assert "2/2 (1.0000)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("article", "text"), [("第二条", "乙。"), ("第九条", "甲。"), ("第一条", "")], ids=["cut", "missing", "empty"]
)
def test_an_article_that_is_not_exact_is_named_and_the_check_fails(
    article: str, text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_law(tmp_path, ("第一条", "甲。"), (article, text))
    assert main([str(tmp_path)]) == 1
    printed = capsys.readouterr().out
    assert f"law {article}: not exact" in printed
    assert "1/2 (0.5000)" in printed


@pytest.mark.parametrize(("wrong", "status"), [(1, 0), (2, 1)])
def test_one_article_in_a_hundred_may_be_wrong(wrong: int, status: int, tmp_path: Path) -> None:
    # 99 of 100 is the floor; 98 of 100 is below it.
    articles = [f"第{numeral_of(number)}条" for number in range(1, 101)]
    text = "".join(f"{article} 甲。\n" for article in articles)
    a_law(tmp_path, *((a, "乙。" if n < wrong else "甲。") for n, a in enumerate(articles)), text=text)
    assert main([str(tmp_path)]) == status


def test_one_failing_measure_fails_the_check(tmp_path: Path) -> None:
    a_policy(tmp_path)
    a_law(tmp_path, ("第一条", "乙。"))
    assert main([str(tmp_path)]) == 1


@pytest.mark.parametrize("arguments", [[], ["nowhere"], ["a", "b"]])
def test_wrong_use_is_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("usage: ")
    assert err.count("\n") == 1


def test_a_folder_with_nothing_to_measure_is_said_to_have_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path)]) == 3
    assert "nothing to measure" in capsys.readouterr().err


def test_nodes_that_leave_a_gap_or_overlap_do_not_tile() -> None:
    document = a_document()
    first, second, third = document.nodes
    assert tiles(document)
    assert not tiles(replace(document, nodes=(first, third)))
    assert not tiles(replace(document, nodes=(replace(first, span_end=first.span_end + 1), second, third)))
    assert not tiles(replace(document, nodes=(first, second)))
