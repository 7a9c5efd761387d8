"""Reading held against labels, and the answer to a reading without fault."""

from __future__ import annotations

from typing import Any

import pytest

from eval.evaluate import AS_OF, ask_all
from eval.recognition import planned_of, recognised, scored, slots
from eval.types import Labels
from rag.answer import PolicyQa
from tests.builders import a_corpus, a_document, an_index
from tests.eval.builders import a_question, a_refusal, an_answer

QUESTION = "示例区在线教育由哪些部门负责？"
LABELS = Labels("find", ("bodies",), topic=("在线教育",), places=("示例区",))
NOTHING: dict[str, list[str]] = {"places": [], "documents": [], "bodies": [], "address": []}


@pytest.fixture(scope="module")
def qa() -> PolicyQa:
    west = a_document("一、摊点。夜间摊点归它管。(责任部门:区商务委)\n", "west-2020", "样板区方案", "样板区")
    corpus = a_corpus(a_document(), west)
    return PolicyQa(corpus, an_index(corpus))


def read(**changes: Any) -> dict[str, Any]:
    """An answer that was read rightly but for the changes."""
    kept = {
        "ops": ["find", "fact"],
        "wants": ["bodies"],
        "names": NOTHING | {"places": ["示例区"]},
        "gold_names": NOTHING | {"places": ["示例区"]},
        "gold_rows": ["demo-2020#一"],
        "gold_answer": an_answer("demo-2020#一"),
    }
    return an_answer("demo-2020#一") | {"recognition": kept | changes}


QUESTIONED = a_question("demo-2020#一", question=QUESTION, labels=LABELS)


def test_a_question_is_read_answered_and_answered_as_labelled(qa: PolicyQa) -> None:
    ((score, answer),) = ask_all([QUESTIONED], qa)
    assert answer["recognition"]["names"] == NOTHING | {"places": ["示例区"]}
    assert (score.op_right, score.op_in_two, score.names_right, score.wants_right) == (1.0, 1.0, 1.0, 1.0)
    assert (score.fully_right, score.gold_found, score.gold_plan) == (1.0, 1.0, 1.0)


def test_a_question_without_labels_has_no_such_score(qa: PolicyQa) -> None:
    ((score, answer),) = ask_all([a_question("demo-2020#一", question=QUESTION)], qa)
    assert "recognition" not in answer
    assert (score.op_right, score.gold_plan) == (None, None)


@pytest.mark.parametrize(
    ("changes", "measure", "value"),
    [
        ({"ops": ["fact", "find"]}, "op_right", 0.0),
        ({"ops": ["fact", "find"]}, "op_in_two", 1.0),
        ({"ops": ["fact", "outline"]}, "op_in_two", 0.0),
        ({"names": NOTHING}, "names_right", 0.0),
        ({"names": NOTHING | {"places": ["示例区", "样板区"]}}, "names_right", 0.0),
        ({"wants": ["bodies", "list"]}, "wants_right", 0.0),
        ({"gold_rows": ["demo-2020#二"]}, "gold_found", 0.0),
        ({"gold_answer": a_refusal()}, "gold_plan", 0.0),
    ],
)
def test_each_part_of_a_reading_is_scored_apart(changes: dict[str, Any], measure: str, value: float) -> None:
    right = scored(QUESTIONED, read())
    wrong = scored(QUESTIONED, read(**changes))
    assert getattr(right, measure) == 1.0
    assert getattr(wrong, measure) == value
    assert wrong.fully_right == right.fully_right


def test_talk_names_nothing_and_looks_nothing_up() -> None:
    talk = a_question(answerable=False, status="talk", labels=Labels("talk"))
    score = scored(talk, read(ops=["talk", "other"], gold_rows=None, gold_answer=a_refusal(status="talk")))
    assert (score.op_right, score.names_right, score.wants_right, score.gold_found) == (1.0, None, None, None)
    assert score.gold_plan == 1.0


def test_slots_are_counted_both_ways() -> None:
    header, *rows = slots([QUESTIONED, QUESTIONED], [read(), read(wants=["list"])])
    cells = {row[0]: row[1:] for row in rows}
    assert header == ["slot", "right of those read", "read of those labelled"]
    assert cells["wants bodies"] == ["1.000 (1)", "0.500 (2)"]  # read once, rightly; labelled twice, read once
    assert cells["wants list"] == ["0.000 (1)", "-"]
    assert cells["op find"] == ["1.000 (2)", "1.000 (2)"]
    assert slots([a_question()], [an_answer()]) == []


def test_a_document_called_as_several_are_is_the_one_of_the_place(qa: PolicyQa) -> None:
    labels = Labels("find", places=("样板区",), documents=("样板区方案",), topic=("摊点",))
    assert planned_of(labels, "样板区方案里摊点谁管", qa).documents == ("west-2020",)


def test_a_models_plan_is_what_was_read(qa: PolicyQa) -> None:
    requests = [
        {"op": "tasks", "where": {"places": ["示例区"]}, "bodies": ["区科委"], "wants": ["list"]},
        {"op": "address", "where": {"documents": ["demo-2020"]}, "address": "第二条"},
    ]
    kept = recognised(QUESTIONED, {"plan": {"by": "model", "requests": requests}}, qa, AS_OF)
    assert kept is not None
    assert (kept["ops"], kept["wants"]) == (["tasks", "address"], ["list"])
    assert kept["names"]["documents"] == ["demo-2020"]
    assert kept["names"]["bodies"] == ["区科委"]
    assert len(kept["names"]["address"]) == 1


def test_labels_answer_what_the_reader_missed(qa: PolicyQa) -> None:
    """晚上摆摊 has no word of the clause; the labelled topic has."""
    labels = Labels("find", ("bodies",), topic=("夜间摊点",), places=("样板区",))
    question = a_question("west-2020#一", question="晚上支小车找谁", labels=labels)
    ((score, _),) = ask_all([question], qa)
    assert (score.fully_right, score.gold_plan) == (0.0, 1.0)
