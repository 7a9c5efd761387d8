"""Amounts of a case, and the printed ranges that hold them."""

from __future__ import annotations

import math

import pytest

from corpus.script import fold
from rag.amounts import Amount, Range, amounts_in, fit, ranges_in


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("老人八十多岁", Amount(80, "岁")),
        ("93岁", Amount(93, "岁")),
        ("15万平方米的小区", Amount(150_000, "平方米")),
        ("一家三口", Amount(3, "人")),
        ("停了12个月", Amount(12, "月")),
    ],
)
def test_amounts_are_read_whatever_way_they_are_written(words: str, amount: Amount) -> None:
    assert amounts_in(fold(words)) == (amount,)


@pytest.mark.parametrize(
    "words", ["第三条", "2025年3月1日", "示府〔2021〕19号", "《十年规划》", "一年级新生", "3个部门"]
)
def test_numbers_of_articles_dates_documents_and_things_are_no_case(words: str) -> None:
    assert amounts_in(fold(words)) == ()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("80—89周岁", Range(80, 89, "岁")),
        ("18至45周岁", Range(18, 45, "岁")),
        ("60周岁以上不满70周岁", Range(60, 70, "岁", is_high_open=True)),
        ("超过2万平方米不足3万平方米", Range(20_000, 30_000, "平方米", True, True)),
        ("10万平方米以上", Range(100_000, math.inf, "平方米")),
        ("3人及以上户", Range(3, math.inf, "人")),
        ("不满16周岁", Range(-math.inf, 16, "岁", is_high_open=True)),
        ("不低于200平方米", Range(200, math.inf, "平方米")),
        ("不超过12个月", Range(-math.inf, 12, "月")),
        ("2人户", Range(2, 2, "人")),
    ],
)
def test_ranges_are_read_with_their_ends(words: str, expected: Range) -> None:
    assert ranges_in(fold(words)) == (expected,)


def test_the_range_that_holds_the_case_fits_best_and_another_not_at_all() -> None:
    case = amounts_in("93岁")
    assert fit(case, "90-99周岁每月200元") == 1.0
    assert 0 < fit(case, "70周岁以上") < 1.0
    assert fit(case, "80-89周岁每月100元") == -1.0
    assert fit(case, "每月100元") == 0.0


def test_of_two_open_ranges_that_hold_it_the_nearer_end_fits_better() -> None:
    case = amounts_in("15万平方米")
    assert fit(case, "10万平方米以上") > fit(case, "5万平方米以上")
