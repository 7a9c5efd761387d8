"""Addresses as they are spoken: decimals, parts, several side by side."""

from __future__ import annotations

import pytest

from rag.reading.addresses import addresses_of, printed_path


@pytest.mark.parametrize(
    ("question", "addresses"),
    [
        ("第八条第二款写了什么", [["第八条", "第二款"]]),
        ("第三部分第二段讲什么", [["第三部分", "第二段"]]),
        ("预案3.2.1底下的（2）跟3.2.2底下的（2）", [["3.2.1", "(2)"], ["3.2.2", "(2)"]]),
        ("第三条第二款第一项和第二项", [["第三条", "第二款", "第一项"], ["第三条", "第二款", "第二项"]]),
        ("正文二（一）看过了，要附件1的二（一）", [["附件1", "二", "(一)"]]),
        ("附件3是哪张表？附件7又是什么", [["附件3"], ["附件7"]]),
        ("附件一，重点任务的第一大点下面头一条", [["第一大点", "头一条"]]),
        ("都有（一）（二）（三）", []),
        ("投入1.5亿元建两条线", []),
    ],
)
def test_steps_are_read_outermost_first(question: str, addresses: list[list[str]]) -> None:
    assert [[step.words for step in address] for address in addresses_of(question)] == addresses


def test_a_range_is_filled_in() -> None:
    assert [address[0].number for address in addresses_of("第3条到第5条")] == [3, 4, 5]


def test_a_path_is_read_as_the_product_prints_it() -> None:
    found = printed_path("打开 notice-2020#二/(二)/8")
    assert found is not None
    assert (found.document, found.path) == ("notice-2020", "二/(二)/8")
