"""Whether a page says of its document that it no longer holds: 文件状态：失效, 废止日期：2024年3月1日."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from corpus.dates import DAY, day_of
from corpus.facts import Fact
from corpus.script import fold
from corpus.types import Metadata

_BEFORE, _AFTER = rf"(?:全文|全部|已经?|被|于|自|起|宣布|{DAY})*", rf"(?:{DAY}|\((?!部分)[^()]{{0,40}}\))?"
_ENDED = re.compile(rf"{_BEFORE}(?:废止|失效|无效)\s*{_AFTER}")
_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True)
class Repeal:
    """That a document is repealed or has lost its force; `day` is since when, None where no day is printed."""

    day: date | None


def is_repealed(metadata: Metadata, as_of: date) -> bool:
    """Without a day it is repealed at any: since when isn't known."""
    return metadata.repealed_on <= as_of if metadata.repealed_on else bool(metadata.repealed)


def repeal_of(facts: Mapping[Fact, str]) -> Repeal | None:
    """What a page's facts say; None where the document still holds, be it in part, or nothing is said of it.

    A day of repeal counts without a state; beside one, the state decides.
    """
    state = fold(facts.get("state", "")).strip()
    on = day_of(facts.get("repealed", ""))
    if _ENDED.fullmatch(state):
        return Repeal(day_of(state) or on or day_of(facts.get("to", "")))
    return Repeal(on) if on and not _WORD.search(state) else None
