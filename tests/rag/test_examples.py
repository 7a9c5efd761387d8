"""Questions shown to people: each is answered."""

from __future__ import annotations

from corpus.types import Corpus
from rag.examples import example_questions
from tests.builders import a_corpus, a_policy
from tests.rag.builders import Ask


def test_every_example_is_answered(ask: Ask, policies: Corpus) -> None:
    rows = example_questions(policies, 6)
    assert len(set(rows)) == 6
    assert {ask(row).status for row in rows} == {"answered"}
    assert {d.document_id for row in rows for d in ask(row).citations} >= {"hongkou-2020", "jiading-2021"}


def test_the_first_example_asks_for_departments(policies: Corpus) -> None:
    assert "部门负责" in example_questions(policies)[0]


def test_texts_without_brackets_have_an_example_all_the_same() -> None:
    assert example_questions(a_corpus(a_policy("一、甲事。要做。\n")))
