"""Items that run on inside one clause."""

from __future__ import annotations

import pytest

from rag.operations.series import series_in


def items(text: str) -> list[list[str]]:
    return [[text[slice(*item)] for item in series.items] for series in series_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("有下列情形的：\n（一）甲；\n（二）乙。\n其他从其规定。", [["（一）甲；", "（二）乙。"]]),
        ("一是建园区；二是办学校。此外从其规定。", [["一是建园区；", "二是办学校。"]]),
        ("网上办理\n方法1：用手机。\n方法2：用电脑。", [["方法1：用手机。", "方法2：用电脑。"]]),
        ("附件：1.申请表\n2.2025年名单", [["1.申请表", "2.2025年名单"]]),
        ("按第（一）项和第（二）项办理。", []),
    ],
)
def test_marked_items_are_found(text: str, expected: list[list[str]]) -> None:
    assert items(text) == expected


def test_a_series_inside_an_item_ends_with_it() -> None:
    text = "分两类：\n（一）第一类。\n1.甲；\n2.乙。\n（二）第二类。"
    assert items(text) == [["（一）第一类。\n1.甲；\n2.乙。", "（二）第二类。"], ["1.甲；", "2.乙。"]]


def test_the_lead_is_the_sentence_before_the_items() -> None:
    text = "先行规定。申请人应当提交：（一）甲；（二）乙。"
    (series,) = series_in(text)
    assert text[slice(*series.lead)] == "申请人应当提交："
