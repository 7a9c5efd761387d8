"""Greetings and thanks are told from questions."""

from __future__ import annotations

import pytest

from rag.talk import is_talk


@pytest.mark.parametrize(
    "words",
    [
        "谢谢",
        "谢谢您！",
        "好的",
        "好的，谢谢",
        "嗯",
        "知道了",
        "你好",
        "您好！",
        "再见",
        "在吗",
        "Hello",
        "谢谢你，再见。",
    ],
)
def test_a_greeting_or_thanks_is_no_question(words: str) -> None:
    assert is_talk(words)


@pytest.mark.parametrize(
    "question",
    ["你好，虹口区在线教育由谁负责？", "谢谢，那嘉定呢？", "虹口", "在线教育", "好的企业有哪些", "区科委", "第17条"],
)
def test_a_question_with_a_greeting_is_a_question(question: str) -> None:
    assert not is_talk(question)
