"""The committed questions: their gold stands in the committed texts, word for word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.load import load_corpus
from eval.questions_file import problems, read_questions
from index.settings import ROOT

FILES = sorted((ROOT / "eval" / "questions").glob("*.jsonl"))
CORPUS = load_corpus(ROOT / "corpus" / "policies")
BODIES = {(body.name, body.jurisdiction) for clause in CORPUS.clauses for body in clause.departments}
STATUSES = {"answered", "partial", "refused", "clarify"}
REASONS = {"not_stated", "not_in_corpus", "out_of_scope", "unsafe"}
FIELDS = {
    "id", "kind", "question", "answerable", "status", "reason", "gold", "need", "departments", "facts", "document",
}  # fmt: skip
each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def test_there_are_questions_to_build_on_and_questions_held_out() -> None:
    names = {file.stem for file in FILES}
    assert "test" in names
    assert any(name.startswith("dev") for name in names)


@each_file
def test_gold_clauses_are_in_the_texts_and_quoted_exactly(file: Path) -> None:
    assert problems(read_questions(file), CORPUS) == []


@each_file
def test_gold_quotations_are_not_empty(file: Path) -> None:
    assert [q.id for q in read_questions(file) if any(not gold.quote.strip() for gold in q.gold)] == []


@each_file
def test_gold_departments_are_in_the_texts_under_their_place(file: Path) -> None:
    wrong = [(q.id, body) for q in read_questions(file) for body in q.departments or () if body not in BODIES]
    assert wrong == []


@each_file
def test_ids_are_unique(file: Path) -> None:
    ids = [question.id for question in read_questions(file)]
    assert len(ids) == len(set(ids))


def test_no_question_is_held_out_and_built_on_as_well() -> None:
    asked: dict[tuple[object, ...], str] = {}
    for file in FILES:
        for q in read_questions(file):
            key = (q.question, *(turn["content"] for turn in q.history))
            assert asked.setdefault(key, file.stem) == file.stem, q.id


@each_file
def test_every_row_has_the_fields_that_the_readme_describes(file: Path) -> None:
    described = (file.parent / "README.md").read_text(encoding="utf-8")
    for line in file.read_text(encoding="utf-8").split("\n"):
        if line:
            row = json.loads(line)
            assert FIELDS <= set(row) <= FIELDS | {"history"}
            assert f"{row['kind']}," in described or f", {row['kind']}" in described
            assert row["document"] is None or CORPUS.document(row["document"])


@each_file
def test_what_a_row_expects_fits_together(file: Path) -> None:
    for q in read_questions(file):
        assert q.status in STATUSES, q.id
        assert (q.status == "refused") == (q.reason in REASONS), q.id
        assert bool(q.gold) == bool(q.answerable), q.id
        assert q.answerable == (q.status in ("answered", "partial")), q.id
        assert q.need in ("all", "any"), q.id
        assert q.answerable or q.departments is None, q.id
        assert all(wording.strip() for fact in q.facts for wording in fact), q.id


@each_file
def test_follow_ups_have_a_history_that_begins_with_the_asker(file: Path) -> None:
    for q in read_questions(file):
        assert q.kind != "follow_up" or q.history, q.id
        assert not q.history or q.history[0]["role"] == "user", q.id
        assert {turn["role"] for turn in q.history} <= {"user", "assistant"}, q.id
