"""A question understood: cleaned, its bodies and places taken out, what it asks for."""

from __future__ import annotations

import pytest

from rag.question import QUESTION_LIMIT, Understanding, cleaned
from rag.scope import Scope


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  虹口区\t在线教育\n由谁负责  ", "虹口区 在线教育 由谁负责"),
        ("虹口\x00区\x07在线\u200b教育\ufeff", "虹口区在线教育"),
        ("虹口\ud800区", "虹口区"),
        ("虹口\ue000区", "虹口区"),
        ("虹口\u3000区", "虹口 区"),
        ("😀虹口区", "😀虹口区"),
        ("\x00\x01\u200b", ""),
        ("", ""),
    ],
)
def test_a_question_is_cleaned_to_one_visible_line(typed: str, read: str) -> None:
    assert cleaned(typed) == read


def test_a_question_at_the_limit_is_kept_whole() -> None:
    assert cleaned("问" * QUESTION_LIMIT) == "问" * QUESTION_LIMIT


def test_of_a_longer_question_the_beginning_and_the_end_are_kept() -> None:
    kept = cleaned("始" + "中" * 50_000 + "终")
    assert kept.startswith("始")
    assert kept.endswith("终")
    assert len(kept) <= QUESTION_LIMIT + 1


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("虹口区在线教育由哪些部门负责", {"bodies"}),
        ("上海要建多少家无人工厂", {"value"}),
        ("在线教育怎么发展", set()),
    ],
)
def test_what_is_asked_for_is_read(question: str, kinds: set[str], understanding: Understanding) -> None:
    assert understanding.query(question).kinds.wanted == kinds


def test_a_wanted_value_is_read(understanding: Understanding) -> None:
    assert "phone" in understanding.query("嘉定区经委的电话是多少").kinds.wanted_values
    assert understanding.query("虹口区在线教育由哪些部门负责").kinds.wanted_values == ()


@pytest.mark.parametrize(
    ("question", "ordinal"),
    [
        ("第二点展开说说", 2),
        ("第3条讲什么", 3),
        ("第十条讲什么", 10),
        ("第十二项讲什么", 12),
        ("第四方面是什么", 4),
        ("展开说说", None),
        ("第一时间", None),
    ],
)
def test_a_counted_item_is_read(question: str, ordinal: int | None, understanding: Understanding) -> None:
    assert understanding.query(question).ordinal == ordinal


@pytest.mark.parametrize(
    "question",
    [
        "虹口区科委负责哪些任务？",
        "嘉定区经委牵头哪些工作",
        "请问市经济信息化委一共有多少项任务",
        "区科委要做些什么事情？",
    ],
)
def test_a_question_about_a_body_alone_leaves_next_to_nothing(question: str, understanding: Understanding) -> None:
    query = understanding.query(question)
    assert query.bodies
    assert len(query.residue) <= 2


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("虹口区在线教育由区科委负责吗", "教育"),
        ("上海2020年要建多少家无人工厂", "无人工厂"),
        ("嘉定的跨境电商由谁牵头", "跨境电商"),
    ],
)
def test_the_topic_is_left_once_the_names_are_gone(question: str, topic: str, understanding: Understanding) -> None:
    residue = understanding.query(question).residue
    assert topic in residue
    assert "虹口" not in residue
    assert "2020" not in residue


def test_names_and_empty_words_are_no_topic(understanding: Understanding) -> None:
    topics = understanding.query("请问虹口区的跨境电商由哪些部门负责？").topics
    assert any("电商" in word for word in topics)
    assert not any("虹口" in word or "部门" in word for word in topics)


def test_what_the_asker_sets_aside_is_not_searched(understanding: Understanding) -> None:
    query = understanding.query("虹口区在线教育由谁负责，不是在线医疗")
    assert "在线教育" in query.text
    assert "在线医疗" not in query.text


def test_a_number_that_no_text_has_is_not_searched(understanding: Understanding) -> None:
    assert "98765" not in understanding.query("上海要建98765家无人工厂吗").text
    assert "4000" in understanding.query("嘉定电商销售额4000亿元").text


def test_a_query_can_be_narrowed_to_a_scope(understanding: Understanding) -> None:
    query = understanding.query("虹口和嘉定的在线文娱由谁负责")
    assert len(query.alternatives) == 2
    narrowed = query.narrowed(Scope(places=("虹口区",)))
    assert (narrowed.scope.places, narrowed.alternatives) == (("虹口区",), ())
    assert narrowed.asked == query.asked


def test_a_query_can_search_for_other_words(understanding: Understanding) -> None:
    query = understanding.query("虹口区在线教育由谁负责")
    assert query.about("在线教育").text == "在线教育"
    assert query.about("在线教育").asked == query.asked
