"""Of a long conversation the end is read, and of a long turn its beginning and end."""

from __future__ import annotations

from corpus.shortened import shortened
from rag.history import TURN, TURNS, recent
from rag.types import Turn


def test_a_short_conversation_is_read_whole() -> None:
    turns = (Turn("user", "虹口在线教育由谁负责？"), Turn("assistant", "由区教育局负责。"))
    assert recent(turns) == turns


def test_of_many_turns_the_last_are_read() -> None:
    turns = [Turn("user", str(number)) for number in range(40)]
    assert [turn.content for turn in recent(turns)] == [str(number) for number in range(40 - TURNS, 40)]


def test_of_a_long_turn_the_beginning_and_the_end_are_read() -> None:
    (turn,) = recent([Turn("user", "头" * 5000 + "尾" * 5000)])
    assert turn.content == "头" * (TURN // 2) + " " + "尾" * (TURN // 2)


def test_a_text_at_the_limit_is_left_as_it_is() -> None:
    assert shortened("字" * 10, 10) == "字" * 10
