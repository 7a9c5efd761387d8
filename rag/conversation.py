"""What a conversation has come to: its last question, and whether a new one points at a part of the answer to that."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.script import fold
from corpus.shortened import shortened
from rag.deadline import Deadline
from rag.history import TURN
from rag.question import Understanding, cleaned
from rag.reading.kinds import open_kinds
from rag.reading.masked import masked
from rag.reading.standalone import standalone
from rag.types import Turn

_ORDINAL_FIRST = re.compile(
    r"^(?:那么?|请|把|再)?(?:你)?(?:说的)?(?:第[一二三四五六七八九十0-9]+|最后(?:那|的)?(?:一)?|倒数第[一二三四五六七八九十])(?:个|点|条|项)"
)
_OTHERS = re.compile(
    r"(?:除了?(?:这|此|它)[^,。?]{0,4}|(?:他们|这家|该部门|这个部门|它)[^,。?]{0,4}(?:还|另外|别的))[^。?]{0,12}(?:负责|牵头|管|承担|参与|任务|做)"
)
_NEIGHBOUR = re.compile(
    r"^(?:那么?|请|再|紧接着(?:的)?)?(?:看|说|讲)?(?:它的?)?(下|后|上|前)(?:面)?(?:的)?(?:那)?一(?:条|项|点|个|款)"
)
_BARE_WHY = re.compile("(?:为什么|为啥|怎么会|真的吗|是吗|然后呢)[?？。!！]*")


def last_question(
    history: Sequence[Turn], understanding: Understanding, deadline: Deadline | None = None
) -> str | None:
    """What the asker last asked, made to stand alone by what was asked before it; None without a history.

    Raises UnfinishedError past the deadline.
    """
    asked = [cleaned(turn.content) for turn in history if turn.role == "user"]
    asked = [
        question
        for question in asked
        if question and not open_kinds().kinds(masked(question)).is_talk and not _BARE_WHY.fullmatch(question)
    ]
    if not asked:
        return None
    before = asked[0]
    for question in asked[1:]:
        if deadline is not None:
            deadline.check()
        before = _put_together(before, question, understanding)
    return before


def _put_together(before: str, question: str, understanding: Understanding) -> str:
    """The question made to stand alone, no longer than a turn that is read: it goes on into the next one."""
    merged = standalone(understanding.query(question), understanding.query(before), understanding)
    return shortened(merged or question, TURN)


def points_at_item(question: str) -> bool:
    """第二点展开说说: the question begins with one of the items just listed."""
    return bool(_ORDINAL_FIRST.match(fold(question)))


def asks_for_others(question: str) -> bool:
    """除了这个还负责什么, 他们牵头的还有哪些: the rest of what a body just named has to do."""
    return bool(_OTHERS.search(fold(question)))


def neighbour_step(question: str) -> int:
    """下一条呢, 上一项: 1 for the clause after the one just given, -1 for the one before, 0 for neither."""
    found = _NEIGHBOUR.match(fold(question))
    return 0 if found is None else 1 if found[1] in "下后" else -1
