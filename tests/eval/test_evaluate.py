"""Asking a question file, and the sums over its scores."""

from __future__ import annotations

from datetime import date

import pytest

from eval.evaluate import AS_OF, MEASURES, RECOGNITION, ask_all, recognition_table, table, totals
from eval.types import Score
from rag.answer import PolicyQa
from tests.builders import a_corpus, a_document, an_index
from tests.eval.builders import a_question, a_score, an_unanswerable_question


@pytest.fixture(scope="module")
def qa() -> PolicyQa:
    corpus = a_corpus(a_document(), a_document(document_id="west-2020", title="样板区方案", jurisdiction="样板区"))
    return PolicyQa(corpus, an_index(corpus))


def test_every_question_is_asked_in_order_with_its_id(qa: PolicyQa) -> None:
    questions = [
        a_question("demo-2020#三", id="q1", question="示例区科委负责哪些任务？"),
        an_unanswerable_question(id="q2", question="杨浦区在线教育由谁负责？", reason="not_in_corpus"),
    ]
    done: list[int] = []
    (first, first_answer), (second, second_answer) = ask_all(questions, qa, done.append)
    assert done == [1, 2]
    assert (first.question_id, first.clause_first, first.recall) == ("q1", 1.0, 1.0)
    assert (second.question_id, second.refused_rightly, second.reason_right) == ("q2", 1.0, 1.0)
    assert (first_answer["id"], second_answer["id"]) == ("q1", "q2")


def test_the_day_is_fixed_so_that_runs_can_be_compared(qa: PolicyQa) -> None:
    ((_, answer),) = ask_all([a_question(question="示例区科委负责哪些任务？")], qa)
    assert answer["as_of"] == AS_OF.isoformat()
    assert date(2026, 11, 21) == AS_OF


def test_a_follow_up_is_asked_with_its_history(qa: PolicyQa) -> None:
    history = (
        {"role": "user", "content": "示例区科委负责哪些任务？"},
        {"role": "assistant", "content": "有一项。"},
    )
    ((_, answer),) = ask_all([a_question(question="那样板区呢？", history=history)], qa)
    assert "样板区" in answer["rewritten_question"]


def test_no_questions_give_no_scores(qa: PolicyQa) -> None:
    assert ask_all([], qa) == []


def test_a_table_has_a_row_a_kind_and_one_for_all_each_mean_with_its_n() -> None:
    scores = [
        a_score(kind="lookup", recall=1.0, facts=0.5),
        a_score(kind="unanswerable", refused_rightly=0.0),
        a_score(kind="lookup", recall=0.0),
    ]
    header, *rows = table(scores)
    assert header == ["kind", "n", *(title for title, name in MEASURES if name != "judged")]
    cells = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    assert list(cells) == ["lookup", "unanswerable", "ALL"]
    assert cells["lookup"]["gold cited"] == "0.500 (2)"  # (1 + 0) / 2
    assert cells["lookup"]["facts"] == "0.500 (1)"
    assert cells["lookup"]["refused ok"] == "-"
    assert cells["unanswerable"]["refused ok"] == "0.000 (1)"
    assert [cells[kind]["n"] for kind in cells] == ["2", "1", "3"]
    assert cells["ALL"]["gold cited"] == "0.500 (2)"  # the one that it does not apply to is left out


def test_the_reading_has_a_table_of_the_labelled_questions_alone() -> None:
    scores = [a_score(kind="talk"), a_score(op_right=1.0, wants_right=0.0, gold_plan=1.0)]
    header, *rows = recognition_table(scores)
    assert [row[:2] for row in rows] == [["lookup", "1"], ["ALL", "1"]]
    cells = dict(zip(header, rows[-1], strict=True))
    assert (cells["op"], cells["wants"], cells["names"]) == ("1.000 (1)", "0.000 (1)", "-")
    assert recognition_table(scores[:1]) == []


def test_every_measure_of_a_score_is_in_a_table() -> None:
    shown = {name for _, name in (*MEASURES, *RECOGNITION)}
    assert shown == set(Score.__dataclass_fields__) - {
        "question_id", "kind", "ungrounded_numbers", "ungrounded_bodies", "length", "latency_ms",
    }  # fmt: skip


def test_totals_sum_and_give_medians_and_the_95th_percentile() -> None:
    scores = [a_score(ungrounded_numbers=n % 2, length=n, latency_ms=float(n)) for n in range(1, 21)]
    assert totals(scores) == {
        "ungrounded numbers": 10.0,
        "ungrounded bodies": 0.0,
        "median answer, characters": (10 + 11) / 2,
        "median ms": (10 + 11) / 2,
        "p95 ms": 20.0,  # of twenty sorted ones the one at position int(20 * 0.95) = 19, counted from 0
    }


def test_totals_of_one_are_that_one() -> None:
    assert totals([a_score(length=7, latency_ms=3.0)]) == {
        "ungrounded numbers": 0.0,
        "ungrounded bodies": 0.0,
        "median answer, characters": 7,
        "median ms": 3.0,
        "p95 ms": 3.0,
    }
