"""What a model writes as its plan, read within bounds."""

from __future__ import annotations

import json

import pytest

from rag.reading.planned import REQUESTS, Planned, first_object, planned_in

FIND = {"op": "find", "topic": ["在线医疗"]}


def test_a_plan_is_read_slot_by_slot() -> None:
    written = {
        "op": "tally", "places": ["虹口区"], "documents": "hongkou-2020", "part": "正文", "bodies": ["区科委"],
        "role": "lead", "together": True, "wants": ["bodies", "weather"], "value": "count", "address": "第二条",
        "count": {"kind": "at_least", "n": 3, "of": "bodies"}, "facts": ["number"], "kind": "human",
    }  # fmt: skip
    plan = planned_in(json.dumps({"question": "问", "requests": [written]}))
    assert plan is not None
    assert plan.question == "问"
    assert plan.requests == (
        Planned(
            "tally", ("虹口区",), ("hongkou-2020",), "正文", (), ("区科委",), "lead", True, ("bodies",), "count", "第二条",
            "at_least", 3, "bodies", ("number",), "human",
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["", "由区科委负责。", "{", '{"requests": [{"op": "find"', '{"requests": "find"}', "[1, 2]", '{"requests": []}',
     '{"requests": [{"op": "delete"}, {"op": 3}, null]}', '{"a":' * 3000],
)  # fmt: skip
def test_what_is_no_plan_is_none(text: str) -> None:
    assert planned_in(text) is None


@pytest.mark.parametrize("around", ["好的，计划如下：```json\n{}\n```", "<think>{{不对}}</think>{}", "{}{}"])
def test_the_first_whole_object_counts_whatever_stands_around_it(around: str) -> None:
    plan = planned_in(around.replace("{{", "{").replace("}}", "}").replace("{}", json.dumps({"requests": [FIND]})))
    assert plan is not None
    assert [row.topic for row in plan.requests] == [("在线医疗",)]


def test_one_request_alone_is_a_plan() -> None:
    plan = planned_in(json.dumps(FIND))
    assert plan is not None
    assert len(plan.requests) == 1


def test_fifty_requests_are_five() -> None:
    plan = planned_in(json.dumps({"requests": [FIND | {"topic": [f"事项{n}"]} for n in range(50)]}))
    assert plan is not None
    assert (len(plan.requests), plan.dropped) == (REQUESTS, 45)


def test_what_has_no_operation_of_the_table_is_dropped_and_counted() -> None:
    plan = planned_in(json.dumps({"requests": [{"op": "delete"}, FIND, FIND, {"op": "tasks", "from": 2}]}))
    assert plan is not None
    assert [row.op for row in plan.requests] == ["find", "tasks"]
    assert plan.requests[1].source == 0  # the second as written is the first that is kept
    assert plan.dropped == 2


@pytest.mark.parametrize("source", [0, 2, 9, -1, True, "1", None])
def test_a_request_goes_on_only_from_one_before_it(source: object) -> None:
    plan = planned_in(json.dumps({"requests": [FIND, {"op": "tasks", "from": source}]}))
    assert plan is not None
    assert plan.requests[1].source is None


def test_names_are_bounded_in_number_and_length() -> None:
    plan = planned_in(
        json.dumps({"requests": [FIND | {"topic": ["长" * 500, *map(str, range(99))], "bodies": [{}, 3]}]})
    )
    assert plan is not None
    (row,) = plan.requests
    assert (len(row.topic), len(row.topic[0]), row.bodies) == (6, 60, ())


def test_the_first_object_may_stand_inside_other_words() -> None:
    assert first_object('甲{"a": {"b": 1}}乙{"c": 2}') == {"a": {"b": 1}}
