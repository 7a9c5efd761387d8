"""A sentence may not deny what its clause says, nor say what it denies."""

from __future__ import annotations

import pytest

from rag.grounding.negation import negated_otherwise
from rag.grounding.rows import Row


def found(said: str, *rows: str, lead: str = "") -> list[str]:
    return list(negated_otherwise(said, [Row(row, "", 1.0, lead) for row in rows]))


@pytest.mark.parametrize(
    ("said", "row"),
    [
        ("不符合条件的不予批准。", "不符合条件的,不予批准。"),
        ("周期最长十五天,不能超过。", "周期最长不得超过十五日。"),
        ("要看有没有遵守规定。", "对遵守规定的情况进行审计。"),
        ("没收违法所得。", "没有违法所得的,处一万元罚款;没收违法所得。"),
    ],
)
def test_the_clause_s_own_no_may_be_said(said: str, row: str) -> None:
    assert found(said, row) == []


@pytest.mark.parametrize(
    ("said", "row"),
    [
        ("不推进医院发展。", "推进医院发展。"),
        ("法院一般应当采纳。", "人民法院一般不予采纳。"),
        ("可以在居民区内经营烧烤。", "禁止在居民区内经营烧烤。"),
    ],
)
def test_another_no_is_found(said: str, row: str) -> None:
    assert found(said, row)


def test_words_that_announce_a_list_deny_what_stands_in_it() -> None:
    assert found("可以安排夜间作业。", "(一)安排夜间作业;", lead="不得有下列行为:")
