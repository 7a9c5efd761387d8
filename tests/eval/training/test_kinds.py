"""The labels that the classifier of kinds is fitted on, and the fit."""

from __future__ import annotations

import json

import numpy as np
import pytest

from eval.training.kinds.fit import fit
from eval.training.kinds.rows import ELSEWHERE, HELD_OUT, LABELS, TALK, LabelledQuestion, labelled_questions, wanted
from eval.training.kinds.score import lines, score
from rag.reading.kinds import ANY_OF, COLUMNS, ONE_OF, KindModel, open_kinds
from rag.reading.masked import masked

ROWS = tuple(labelled_questions(None))


def a_question(text: str, op: str, *wants: str) -> LabelledQuestion:
    return LabelledQuestion(text, masked(text), {"op": frozenset([op]), "wants": frozenset(wants)}, held_out=False)


def test_every_label_is_one_that_the_classifier_has() -> None:
    for row in ROWS:
        for head, names in row.labels.items():
            assert names <= set((ONE_OF | ANY_OF)[head])


def test_no_question_is_labelled_twice() -> None:
    ids = [json.loads(line)["id"] for line in LABELS.read_text(encoding="utf-8").splitlines()]
    assert len(ids) == len(set(ids))
    said = [json.loads(line)["question"] for line in TALK.read_text(encoding="utf-8").splitlines()]
    assert len(said) == len(set(said))


def test_the_test_files_are_held_out_and_no_other() -> None:
    held_out = {row.question for row in ROWS if row.held_out}
    texts = {
        json.loads(line)["question"]
        for path in ELSEWHERE.glob(f"*{HELD_OUT}.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    assert held_out == texts


def test_a_line_of_talk_says_nothing_of_what_is_wanted() -> None:
    rows = [row for row in ROWS if "talk" in row.labels.get("op", ()) and "talk" in row.labels and not row.held_out]
    assert rows
    assert any("wants" not in row.labels for row in rows)


@pytest.mark.parametrize(
    ("words", "wants", "value"),
    [
        (["市财政局", "市民政局"], "bodies", None),
        (["每平方米50元"], "value", "money"),
        (["15个工作日"], "value", "duration"),
        (["2026年3月1日"], "value", "date"),
        (["3家", "两户"], "value", "count"),
    ],
)
def test_words_that_answer_say_what_is_wanted(words: list[str], wants: str, value: str | None) -> None:
    found = wanted(words)
    assert found["wants"] == {wants}
    assert found.get("value") == ({value} if value else None)


def test_words_that_are_neither_say_nothing() -> None:
    assert wanted(["身份证原件"]) == {}


def test_of_questions_for_exact_words_only_two_wants_are_known() -> None:
    rows = [row for row in ROWS if "op" not in row.labels]
    assert rows
    assert all(row.known == {"bodies", "value"} for row in rows)
    assert any(row.labels["wants"] == {"bodies", "value"} for row in rows)  # two asked in one breath


def test_a_fit_learns_what_it_is_shown() -> None:
    rows = [
        a_question(f"{body}要多少钱{end}", "find", "value") for body in "甲乙丙丁戊己庚辛" for end in ("", "呢", "啊")
    ]
    rows += [
        a_question(f"{body}有哪些任务{end}", "tasks", "list") for body in "甲乙丙丁戊己庚辛" for end in ("", "呢", "啊")
    ]
    full = [LabelledQuestion(r.question, r.masked, {**_of_all_heads(i), **r.labels}, False) for i, r in enumerate(rows)]
    model = KindModel(fit(full))
    assert next(iter(model.kinds(masked("壬要多少钱")).ops)) == "find"
    assert next(iter(model.kinds(masked("壬有哪些任务")).ops)) == "tasks"
    assert model.kinds(masked("壬要多少钱")).wants["value"] > model.kinds(masked("壬有哪些任务")).wants["value"]


def _of_all_heads(number: int) -> dict[str, frozenset[str]]:
    """Three names of each head in turn."""
    return {head: frozenset([names[number % 3]]) for head, names in ONE_OF.items()}


def test_the_shipped_tables_have_a_column_for_every_kind() -> None:
    kinds = open_kinds().kinds(masked("虹口区科委负责哪些任务？"))
    assert sum(kinds.ops.values()) == pytest.approx(1, abs=1e-5)
    assert {name for _, name in COLUMNS} >= set(kinds.ops) | set(kinds.wants) | set(kinds.facts)


def test_the_shipped_tables_read_held_out_questions_as_measured() -> None:
    measures = score([row for row in ROWS if row.held_out], open_kinds())
    assert measures["op"][0] >= 0.91  # .93 when it was fitted
    assert measures["talk"][0] >= 0.85
    assert next(iter(lines(measures))).startswith("op ")


def test_names_and_numbers_are_masked() -> None:
    assert masked("虹口区2024年《某办法》给多少", [("虹口区", "P")]) == "P0年D给多少"


def test_probabilities_stay_finite_for_what_was_never_seen() -> None:
    kinds = open_kinds().kinds("𠮷𠮷𠮷")
    assert all(np.isfinite(list(kinds.ops.values())))
