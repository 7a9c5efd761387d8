"""What a question takes for granted: that a body has a task, that a number holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.bodies import BodyMention
from corpus.script import fold, simplify

_TAKEN = re.compile(r"吧|对吗|是吗|是不是|没错|不是说|既然|(?<![一-鿿])才|才(?=有|\d)|只打算|这么|听说")
_TASK_AFTER = re.compile("^(?:来|去|在)?(?:主要|统一|单独)?(?:负责|牵头|管|主管|抓|承担|主导)")
_NUMBER = re.compile(r"\d{2,}(?:\.\d+)?(?!\d|年(?!底|末))|20\d\d(?=年)")
_YEAR = re.compile(r"20\d\d")
_END = re.compile(r"[。！!？?…]+[”」\"]?")
_TAG = 6  # characters from which on a sentence asks by itself: 对吗？ and 是这样吗？ do not
_NEAR = 4  # characters after a body in which its task is named


@dataclass(frozen=True)
class BodyClaim:
    """That one of these bodies, (name, place) each, has the task; `leads` where it is said to lead it."""

    words: str
    bodies: frozenset[tuple[str, str | None]]
    leads: bool


@dataclass(frozen=True)
class Claims:
    """The bodies and the numbers, years among them, that a question takes for granted."""

    bodies: tuple[BodyClaim, ...] = ()
    numbers: tuple[str, ...] = ()


NO_CLAIMS = Claims()


def claims_of(asked: str, mentions: Sequence[BodyMention], has_topic: bool) -> Claims:
    """Of the sentence that asks: a story before it tells what happened, and claims nothing of a text. Numbers count only
    where it says that it takes them for granted, and is about something.
    """
    start = _asking(asked)
    return Claims(tuple(_bodies(asked, mentions, start)), _numbers(fold(asked[start:])) if has_topic else ())


def _asking(asked: str) -> int:
    """Where the last sentence begins; with the one before it where it only asks whether that is so."""
    starts = [0, *(found.end() for found in _END.finditer(asked) if asked[found.end() :].strip())]
    while len(starts) > 1 and len(asked) - starts[-1] < _TAG:
        starts.pop()
    return starts[-1]


def _bodies(asked: str, mentions: Sequence[BodyMention], start: int) -> list[BodyClaim]:
    rows = [(mention, fold(asked[mention.end : mention.end + _NEAR])) for mention in mentions if mention.start >= start]
    return [
        BodyClaim(
            simplify(mention.words),
            frozenset((body.name, body.jurisdiction) for body in mention.bodies),
            "牵头" in after,
        )
        for mention, after in rows
        if _TASK_AFTER.match(after)
    ]


def _numbers(folded: str) -> tuple[str, ...]:
    if not _TAKEN.search(folded):
        return ()
    rows = dict.fromkeys(_NUMBER.findall(folded))
    return tuple(row for row in rows if not _YEAR.fullmatch(row) or f"{row}年" in folded)
