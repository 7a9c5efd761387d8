"""A follow-up made to stand alone. What it leaves out comes from the questions before it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rag.conversation import last_question, points_at_item
from rag.question import Understanding
from rag.reading.standalone import standalone
from rag.types import Turn


def turns(*questions: str) -> list[Turn]:
    return [turn for question in questions for turn in (Turn("user", question), Turn("assistant", "……"))]


def put(question: str, history: Sequence[Turn], understanding: Understanding) -> str | None:
    """The question made to stand alone by what was said before it, or None where it does already."""
    before = last_question(history, understanding)
    return standalone(understanding.query(question), understanding.query(before), understanding) if before else None


def test_without_a_history_a_question_stands_alone(understanding: Understanding) -> None:
    assert put("它归谁管？", [], understanding) is None


def test_an_assistants_message_alone_is_no_history(understanding: Understanding) -> None:
    assert put("它归谁管？", [Turn("assistant", "您好！虹口区在线教育")], understanding) is None


@pytest.mark.parametrize("blank", ["", "   ", "\n"])
def test_a_blank_earlier_message_is_no_history(blank: str, understanding: Understanding) -> None:
    assert put("它归谁管？", [Turn("user", blank)], understanding) is None


def test_a_whole_question_is_left_as_it_is(understanding: Understanding) -> None:
    history = turns("虹口怎么发展在线文娱？")
    assert put("嘉定的跨境电商全产业链基地由谁牵头？", history, understanding) is None


@pytest.mark.parametrize(
    ("follow_up", "place"),
    [("嘉定呢？", "嘉定区"), ("那市里呢？", "上海市"), ("长宁有类似的做法吗？", "长宁区")],
)
def test_another_place_takes_the_topic_with_it(follow_up: str, place: str, understanding: Understanding) -> None:
    rewritten = put(follow_up, turns("虹口区在线金融服务由哪些部门负责？"), understanding)
    assert rewritten is not None
    assert place in rewritten
    assert "在线金融服务" in rewritten
    assert "虹口" not in rewritten


def test_another_topic_keeps_the_place(understanding: Understanding) -> None:
    rewritten = put("在线医疗呢？", turns("虹口区在线教育由谁负责？"), understanding)
    assert rewritten is not None
    assert "虹口" in rewritten
    assert "在线医疗" in rewritten
    assert "在线教育" not in rewritten


@pytest.mark.parametrize("follow_up", ["它归谁管？", "这件事由谁牵头？", "这个又是谁在管？", "由哪些部门负责？"])
def test_a_pronoun_stands_for_the_topic(follow_up: str, understanding: Understanding) -> None:
    rewritten = put(follow_up, turns("嘉定怎么打造工业互联网标杆园区？"), understanding)
    assert rewritten is not None
    assert "嘉定" in rewritten
    assert "工业互联网标杆园区" in rewritten


def test_another_year_takes_the_topic_with_it(understanding: Understanding) -> None:
    rewritten = put("那2016年那份呢？", turns("2020年市里的行动方案怎么发展在线教育？"), understanding)
    assert rewritten is not None
    assert "2016年" in rewritten
    assert "在线教育" in rewritten
    assert "2020" not in rewritten


def test_what_a_new_place_is_asked_replaces_what_was_asked_before(understanding: Understanding) -> None:
    rewritten = put("嘉定由谁牵头？", turns("虹口区怎么发展在线文娱？"), understanding)
    assert rewritten is not None
    assert "嘉定" in rewritten
    assert "在线文娱" in rewritten
    assert "谁牵头" in rewritten


def test_a_comparison_keeps_both_places(understanding: Understanding) -> None:
    rewritten = put("和市里比有什么不同？", turns("虹口区包容审慎监管怎么规定？"), understanding)
    assert rewritten is not None
    assert "虹口" in rewritten
    assert "上海" in rewritten
    assert "包容审慎监管" in rewritten


def test_several_rounds_are_followed(understanding: Understanding) -> None:
    history = turns("虹口区在线教育由谁负责？", "那嘉定呢？", "在线文娱呢？")
    rewritten = put("市里呢？", history, understanding)
    assert rewritten is not None
    assert "上海市" in rewritten
    assert "在线文娱" in rewritten
    assert "嘉定" not in rewritten
    assert "在线教育" not in rewritten


def test_the_last_question_is_made_to_stand_alone_too(understanding: Understanding) -> None:
    last = last_question(turns("虹口区在线教育由谁负责？", "那嘉定呢？"), understanding)
    assert last is not None
    assert "嘉定" in last
    assert "在线教育" in last


def test_without_a_history_there_is_no_last_question(understanding: Understanding) -> None:
    assert last_question([], understanding) is None
    assert last_question([Turn("assistant", "您好")], understanding) is None


@pytest.mark.parametrize("question", ["第二点展开说说", "第3条讲什么", "那第一个呢", "你说的第二点呢"])
def test_a_question_may_begin_by_counting_off(question: str) -> None:
    assert points_at_item(question)


@pytest.mark.parametrize("question", ["虹口第17条讲什么", "展开说说", "附件1第二点", ""])
def test_a_number_later_in_the_question_counts_nothing_off(question: str) -> None:
    assert not points_at_item(question)
