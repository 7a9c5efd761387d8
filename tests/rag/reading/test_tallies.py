"""What a tally counts by."""

from __future__ import annotations

from typing import cast

import pytest

from rag.reading.kinds import Kinds, Tally
from rag.reading.tallies import bodies_counted, tally_of


def a_reading(**odds: float) -> Kinds:
    return Kinds(ops={}, values={}, roles={}, tallies=cast("dict[str, float]", odds), talk={}, wants={}, facts={})


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("哪个部门的任务最多", "most"),
        ("数一下成员单位有多少家", "none"),  # the likeliest kind has no word here
        ("三个以上部门负责的任务", "at_least"),
        ("只有一家单位负责的任务", "exactly"),
        ("两家都参加的任务", "together"),
    ],
)
def test_a_kind_is_believed_where_its_word_stands(asked: str, kind: Tally) -> None:
    odds = {"most": 0.5, "at_least": 0.2, "exactly": 0.2, "together": 0.1}
    assert tally_of(asked, a_reading(**odds)) == kind


@pytest.mark.parametrize(("asked", "count"), [("三个以上部门", 3), ("哪两家单位最多", 2), ("有多少单位", None)])
def test_the_number_of_bodies_is_read(asked: str, count: int | None) -> None:
    assert bodies_counted(asked) == count
