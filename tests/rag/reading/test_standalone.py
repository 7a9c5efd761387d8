"""What a follow-up leaves open, slot by slot. The rest is tested with conversations."""

from __future__ import annotations

import pytest

from rag.question import Understanding
from rag.reading.standalone import asks, points_at_bodies, standalone, stands_alone, statement


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("虹口区在线教育由谁负责？", "虹口区在线教育"),
        ("嘉定的在线文娱怎么发展？", "嘉定的在线文娱怎么发展"),
        ("有多少？", "有多少"),
    ],
)
def test_a_statement_ends_with_the_last_word_of_the_topic(
    question: str, expected: str, understanding: Understanding
) -> None:
    assert expected.startswith(statement(understanding.query(question)))


@pytest.mark.parametrize(
    ("question", "alone"),
    [("虹口区在线教育由谁负责？", True), ("那嘉定呢？", False), ("在线教育由谁负责？", False), ("它归谁管？", False)],
)
def test_place_and_subject_make_a_whole_question(question: str, alone: bool, understanding: Understanding) -> None:
    assert stands_alone(understanding.query(question)) is alone


def test_a_bare_name_asks_nothing(understanding: Understanding) -> None:
    assert not asks(understanding.query("那在线医疗呢"))
    assert asks(understanding.query("在线医疗由谁管"))


@pytest.mark.parametrize(
    ("question", "points"),
    [("第二个部门还管什么", True), ("这些单位还负责什么", True), ("区科委还负责什么", False), ("那嘉定呢", False)],
)
def test_bodies_are_pointed_at_by_their_kind(question: str, points: bool, understanding: Understanding) -> None:
    assert points_at_bodies(understanding.query(question)) is points


def test_who_is_asked_goes_on_and_a_value_does_not(understanding: Understanding) -> None:
    own = understanding.query("那在线医疗呢？")
    who = standalone(own, understanding.query("虹口区在线教育由谁负责？"), understanding)
    assert who == "虹口区在线医疗由谁负责？"
    value = standalone(own, understanding.query("虹口区在线教育投资多少？"), understanding)
    assert value is not None
    assert "多少" not in value
