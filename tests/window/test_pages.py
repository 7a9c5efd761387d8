"""Answers as HTML, without a browser."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from rag.reading.kinds import Talk
from rag.types import Reason
from records.feedback import REASONS
from window import pages
from window.pages import page, quoted, with_marks

CITED: dict[str, Any] = {
    "n": 1, "clause_id": "a#一", "document_id": "a", "clause_path": "一", "clause_label": "一、甲 > 乙", "document_title": "方案",
    "document_number": None, "issuer": None, "issued_on": None, "text": "一、甲<b>乙</b>丙。", "start": 10, "end": 22,
    "quote": "<b>乙</b>", "quote_start": 13, "quote_end": 21, "departments": [],
    "validity": {"status": "not_stated", "basis": None},
}  # fmt: skip
ANSWER: dict[str, Any] = {
    "question": "问", "status": "answered", "reason": None, "answer": "甲[1]，乙[2]。", "rewritten_question": None,
    "citations": [CITED], "departments": [], "warnings": [], "nearest": [], "reviewed": None, "mode": "extractive",
    "model": None, "trace_id": "x",
}  # fmt: skip


def shown(**changes: Any) -> str:
    turns = [{"question": "问", "answer": ANSWER | changes, "done": True}]
    return page("conversation", turns=turns, vote_reasons=REASONS, examples=())


def test_a_mark_without_a_citation_is_no_link() -> None:
    html = str(with_marks(ANSWER, "a1"))
    assert html.count("<a ") == 1
    assert 'href="/d/a#一"' in html
    assert "乙[2]。" in html


def test_the_words_relied_on_are_marked_and_escaped() -> None:
    assert str(quoted(CITED)) == "一、甲<mark>&lt;b&gt;乙&lt;/b&gt;</mark>丙。"


def test_offsets_that_do_not_fit_mark_nothing() -> None:
    assert "<mark>" not in str(quoted(CITED | {"quote_end": 99}))


def test_a_body_stands_once_for_each_of_its_roles() -> None:
    rows = [
        {"role": role, "name": "区商务委", "jurisdiction": "嘉定区", "citation": n}
        for n, role in enumerate(["lead", "responsible", "lead"], 1)
    ]
    html = shown(departments=rows)
    assert html.count("嘉定区商务委") == 2
    assert "嘉定区商务委 2 项" in html


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "摘录"),
        ({"mode": "llm", "model": "qwen-plus"}, "由模型 qwen-plus 撰写"),
        ({"reviewed": {"pin": 1, "at": "2026-11-22"}}, "人工审核 2026-11-22"),
        ({"status": "partial"}, "只答到一部分"),
        ({"status": "refused", "reason": "not_in_corpus", "citations": []}, "本库未收录"),
        (
            {"status": "refused", "reason": "not_stated", "citations": [], "nearest": [CITED]},
            "可能相关，未作为依据 1 处",
        ),
        ({"status": "clarify", "citations": [], "nearest": [CITED]}, "可以是 1 处"),
        ({"warnings": ["实施期已过"]}, "注意：实施期已过"),
        ({"citations": [CITED | {"state": "已移除"}]}, "已移除"),
    ],
)
def test_each_kind_of_answer_says_what_it_is(changes: dict[str, Any], words: str) -> None:
    html = shown(**changes)
    assert words in html
    assert "以原文为准" in html
    assert ("机器生成" in html) == (not changes.get("reviewed"))


def test_a_source_says_the_page_of_a_paged_document() -> None:
    paged = shown(citations=[CITED | {"page": 3}])
    assert "<li>第3页</li>" in paged
    assert "一、甲 &gt; 乙第3页：" in paged
    assert "页</li>" not in shown(citations=[CITED | {"page": None}])
    assert "页</li>" not in shown()  # an answer that was recorded before there were pages


def test_every_reason_of_a_refusal_is_said_in_words() -> None:
    assert set(get_args(Reason)) - set(get_args(Talk)) == set(pages.REASONS)
