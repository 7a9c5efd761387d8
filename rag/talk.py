"""Greetings and thanks: no questions."""

from __future__ import annotations

import re

from corpus.script import fold

_TALK = re.compile(
    r"(?:谢谢(?:你|您)?|多谢|感谢|好的?|嗯+|哦|知道了|明白了?|再见|拜拜|你好|您好|哈喽|嗨|在吗|hello|hi|exit|quit|你能做什么|你会什么|"
    r"怎么用|帮助|[,。!?~ ])+"
)


def is_talk(question: str) -> bool:
    """A greeting or thanks: no question, and nothing a follow-up could lean on."""
    return bool(_TALK.fullmatch(fold(question).strip()))
