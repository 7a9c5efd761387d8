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
    """Numbers count only where the question says that it takes them for granted, and is about something."""
    return Claims(tuple(_bodies(asked, mentions)), _numbers(fold(asked)) if has_topic else ())


def _bodies(asked: str, mentions: Sequence[BodyMention]) -> list[BodyClaim]:
    rows = [(mention, fold(asked[mention.end : mention.end + _NEAR])) for mention in mentions]
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
