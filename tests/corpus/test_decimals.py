from __future__ import annotations

from corpus.labels import labels_of
from corpus.lines import lines_of
from corpus.parse import parse


def addresses(text: str) -> list[str]:
    return [label.address for label in labels_of(lines_of(text)) if label]


def test_numbers_with_a_blank_are_headings_only_where_decimals_stand_under_them() -> None:
    assert addresses("预案\n1 总则\n1.1 目的\n规范。\n2 附则\n") == ["1", "1.1", "2"]
    assert addresses("预案\n1 总则\n规范。\n2 附则\n") == []
    assert addresses("预案\n1 总则\n1.1 目的\n规范。\n24 小时值守\n2 附则\n") == ["1", "1.1", "2"]


def test_a_decimal_that_is_no_next_number_is_an_amount_or_a_mention() -> None:
    assert addresses("预案\n1 总则\n1.1 目的\n3.5 左右的投入\n1.2 依据\n依法。\n") == ["1", "1.1", "1.2"]


def test_the_items_of_a_list_are_no_tops() -> None:
    assert addresses("规范\n1. 范围\n1.1 人员\n1. 甲。\n2. 乙。\n2. 要求\n2.1 设备\n完好。\n") == [
        "1",
        "1.1",
        "1",
        "2",
        "2",
        "2.1",
    ]
    assert [node.path for node in parse("any", "规范\n1. 范围\n1.1 人员\n1. 甲。\n2. 乙。\n2. 要求\n2.1 设备\n完好。\n").nodes] == [
        "标题", "1", "1/1.1", "1/1.1/1", "1/1.1/2", "2", "2/2.1",
    ]  # fmt: skip


def test_items_that_begin_with_a_figure_are_items() -> None:
    text = "通告\n一、对象\n下列家庭可以申请：\n1.3人户家庭；\n2.2人户家庭；\n3.单身人士。\n二、程序\n申请。\n"

    assert addresses(text) == ["一", "1", "2", "3", "二"]
    assert addresses("通告\n一、标准\n1.5万元以上的另报。\n二、程序\n") == ["一", "二"]


def test_numbers_of_decimals_are_checked_among_their_siblings() -> None:
    notices = parse("any", "预案\n1 总则\n1.1 甲\n规范。\n1.3 乙\n规范。\n").notices

    assert [(notice.line, notice.message) for notice in notices] == [(5, "numbering jumps from 1.1 to 1.3")]
