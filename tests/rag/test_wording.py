"""Words that ask and words that name no topic: wordings that each table must read, and some that it must not."""

from __future__ import annotations

import pytest

from corpus.script import fold
from rag.wording import ASKING, EMPTY


@pytest.mark.parametrize("wording", ["请问谁负责", "想知道目标", "有多少", "怎么办", "能不能"])
def test_a_piece_that_asks_is_told_from_the_story(wording: str) -> None:
    assert ASKING.search(fold(wording))


def test_a_piece_of_story_asks_nothing() -> None:
    assert not ASKING.search(fold("我们公司去年刚刚搬到虹口"))


@pytest.mark.parametrize("question", ["请问有哪些任务？", "负责哪些工作", "由谁牵头", "一共有多少项", "都要做些什么"])
def test_what_is_left_of_empty_words_is_next_to_nothing(question: str) -> None:
    left = EMPTY.sub("", fold(question)).strip("?,。")
    assert len(left) <= 2


@pytest.mark.parametrize("topic", ["教育", "医疗", "无人工厂", "跨境电商", "远程办公", "信号灯", "统计局"])
def test_a_topic_is_no_empty_word(topic: str) -> None:
    assert EMPTY.sub("", fold(topic)) == topic
