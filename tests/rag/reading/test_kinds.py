"""What the shipped classifier takes for talk."""

from __future__ import annotations

import pytest

from rag.reading.kinds import open_kinds


@pytest.mark.parametrize("said", ["你好", "谢谢", "拜拜", "hello", "thanks", "转人工"])
def test_talk_is_talk_in_any_language(said: str) -> None:
    assert open_kinds().kinds(said).is_talk


@pytest.mark.parametrize("said", ["zzqx", "xkcd qwv", "由谁负责"])
def test_a_string_of_letters_is_no_talk(said: str) -> None:
    assert not open_kinds().kinds(said).is_talk
