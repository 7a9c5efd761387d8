"""What the words that ask show beyond the kind: whom one is sent to, where a thing is written, at which level."""

from __future__ import annotations

import re

from corpus.script import fold

_WHOM = "(?:谁|哪|什么|啥|边)"
_SENT = re.compile(
    f"(?:找|(?<![导走取方])向|[交报递送寄转移退放]?[给到至]|去|往|交|递)(?:的是)?(?:[市区县镇]里?)?{_WHOM}"
)
_WRITTEN = re.compile("(?:哪|第几)个?一?(?:附件|条|项|处|部分|章节?|款|点)(?![^,。?]{0,4}(?:单位|部门))")
_LEVEL = re.compile(
    "(?:^|[^一-鿿]|[,由归是找])(?:全)?([省市区县镇])(?:里|级|上|一级|这一级|这级)(?![一-鿿]{0,1}(?:[省市区县]))"
)


def is_sent(asked: str) -> bool:
    """Whether it is asked whom to go, write or hand something to: 找谁, 交到哪里, 报给谁."""
    return bool(_SENT.search(fold(asked)))


def asks_where(asked: str) -> bool:
    """Whether it is asked where something is written: 在哪一条."""
    return bool(_WRITTEN.search(fold(asked)))


def level_of(asked: str) -> str:
    """The level whose body is asked for where just one is named: 市里归谁管."""
    levels = dict.fromkeys(_LEVEL.findall(fold(asked)))
    return next(iter(levels)) if len(levels) == 1 else ""
