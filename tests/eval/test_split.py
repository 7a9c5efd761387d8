"""Development and test are split by topic: what is fitted has seen no question about a held-out topic."""

from __future__ import annotations

import tomllib

import pytest

from corpus.load import load_corpus
from eval.calibrate import FIVE
from eval.questions_file import read_questions
from index.settings import ROOT

QUESTIONS = ROOT / "eval" / "questions"
TOPICS: dict[str, list[str]] = tomllib.loads((QUESTIONS / "held_out.toml").read_text(encoding="utf-8"))["topics"]
HELD_OUT = {clause_id for rows in TOPICS.values() for clause_id in rows}
ANY_TOPIC = {"by_department", "list"}  # whole sections and whole departments are about every topic


@pytest.mark.parametrize("name", FIVE)
def test_nothing_is_fitted_on_a_held_out_topic(name: str) -> None:
    seen = [
        question.id
        for question in read_questions(QUESTIONS / f"{name}.jsonl")
        if question.kind not in ANY_TOPIC and any(gold.clause_id in HELD_OUT for gold in question.gold)
    ]
    assert seen == []


def test_the_held_out_clauses_exist_and_have_questions() -> None:
    corpus = load_corpus(ROOT / "corpus" / "policies")
    assert {clause_id for clause_id in HELD_OUT if corpus.clause(clause_id) is None} == set()
    asked = {gold.clause_id for question in read_questions(QUESTIONS / "test.jsonl") for gold in question.gold}
    assert all(asked & set(rows) for rows in TOPICS.values())


def test_no_question_stands_in_two_files() -> None:
    texts = [
        question.question + str(question.history)
        for path in sorted(QUESTIONS.glob("*.jsonl"))
        for question in read_questions(path)
    ]
    assert len(texts) == len(set(texts))
