"""Questions about other documents: the clause is found by its quotation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.parse import parse
from corpus.source import document_from, source_at
from corpus.types import Corpus
from eval.other import UnknownTextError, clause_with, files_below, question_of
from index.settings import ROOT

DOCUMENT = parse("津贴", "青石市津贴办法\n一、标准\n（一）八十岁以上每月二百元。\n（二）九十岁以上每月三百元。\n")
CORPUS = Corpus((DOCUMENT,))


def a_row(**changes: Any) -> dict[str, Any]:
    row = {
        "id": "q1",
        "document": "津贴.txt",
        "question": "九十岁给多少",
        "kind": "number",
        "status": "answered",
        "gold": [{"document": "津贴.txt", "quote": "九十岁以上每月三百元"}],
        "facts": ["三百元|300元"],
        "departments": None,
    }
    return row | changes


def test_the_clause_is_the_one_that_holds_the_quotation() -> None:
    question = question_of(a_row(), CORPUS)
    assert [gold.clause_id for gold in question.gold] == ["津贴#一/(二)"]
    assert question.facts == (("三百元", "300元"),)


def test_blanks_and_widths_of_a_quotation_do_not_matter() -> None:
    assert clause_with(DOCUMENT, "九十岁以上 每月三百元") == "津贴#一/(二)"


def test_a_bare_heading_is_no_gold_clause() -> None:
    assert question_of(a_row(gold=[{"document": "津贴.txt", "quote": "一、标准"}]), CORPUS).gold == ()


def test_talk_is_unanswerable_and_keeps_its_status() -> None:
    question = question_of(a_row(status="talk", gold=[]), CORPUS)
    assert (question.answerable, question.status) == (False, "talk")


@pytest.mark.parametrize("quote", ["一百岁以上每月五百元", "青石市的"])
def test_a_quotation_that_the_document_does_not_print_is_named(quote: str) -> None:
    with pytest.raises(UnknownTextError, match=rf"q1: “{quote}” isn't in 津贴\.txt"):
        question_of(a_row(gold=[{"document": "津贴.txt", "quote": quote}]), CORPUS)


def test_a_file_that_is_nowhere_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnknownTextError, match=r"没有\.txt is nowhere below"):
        files_below(tmp_path, ["没有.txt"])


COMMITTED = sorted((ROOT / "eval/questions/elsewhere").glob("linlan*.jsonl"))


@pytest.fixture(scope="module")
def linlan() -> Corpus:
    files = sorted((ROOT / "eval/texts/linlan").iterdir())
    return Corpus(tuple(document_from(source_at(file)) for file in files))


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_every_committed_question_quotes_its_document(path: Path, linlan: Corpus) -> None:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    questions = [question_of(row, linlan) for row in rows]
    assert len({question.id for question in questions}) == len(questions)
    assert all(question.facts for question in questions if question.answerable and question.status == "answered")
