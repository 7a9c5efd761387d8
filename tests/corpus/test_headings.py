from __future__ import annotations

import pytest

from corpus.headings import Heading, enter, label_at

CHAPTERS_AND_ARTICLES = [
    ("第一编 总则", "第一编", 1),
    ("第三分编 用益物权", "第三分编", 3),
    ("第二章 扶持措施", "第二章", 2),
    ("第十二章　附则", "第十二章", 12),
    ("第三节 监督检查", "第三节", 3),
    ("第一条 为了促进就业，制定本法。", "第一条", 1),
    ("第二十一条　本法自公布之日起施行。", "第二十一条", 21),
    ("第一百三十三条之一 在道路上驾驶机动车", "第一百三十三条之一", 133),
    ("第15条 补贴标准", "第十五条", 15),
    ("第三条 中小企业", "第三条", 3),
]
SECTIONS_AND_ITEMS = [
    ("一、总体要求", "一", 1),
    ("十一、附则", "十一", 11),
    ("二十三、优化载体资源供给", "二十三", 23),
    ("一.总体要求", "一", 1),
    ("专项1:互联网+研发设计", "专项1", 1),
    ("专项12 互联网+新业态", "专项12", 12),
    ("任务四:数据共享", "任务四", 4),
    ("(一)指导思想", "(一)", 1),
    ("(十二)其他", "(十二)", 12),
    ("1.鼓励发展工业互联网。", "1", 1),
    ("23.优化载体资源供给。", "23", 23),
    ("1、做强综合电商平台。", "1", 1),
    ("13、支持其他各类新业态。", "13", 13),
    ("100.最后一项。", "100", 100),
    ("(1)建设平台", "(1)", 1),
    ("(12)建设平台", "(12)", 12),
    ("1)建设平台", "1)", 1),
    ("12)建设平台", "12)", 12),
    ("①建设平台", "①", 1),
    ("⑳建设平台", "⑳", 20),
]
FULL_WIDTH = [
    ("（一）指导思想", "(一)", 1),
    ("（１２）建设平台", "(12)", 12),
    ("２３．建设在线新经济生态园。", "23", 23),
    ("１、做强综合电商平台。", "1", 1),
    ("１）建设平台", "1)", 1),
    ("第１５条　补贴标准", "第十五条", 15),
    ("一．总体要求", "一", 1),
    ("专项１：互联网+", "专项1", 1),
]
TRADITIONAL = [
    ("專項12：互聯網+新業態", "专项12", 12),
    ("第十五條　國家保護", "第十五条", 15),
    ("第三節　監督", "第三节", 3),
    ("第一編 總則", "第一编", 1),
    ("任務四：數據共享", "任务四", 4),
]
MARKDOWN = [
    ("## 一、总则", "一", 1),
    ("# 第一章 总则", "第一章", 1),
    ("**第三条** 内容", "第三条", 3),
    ("### （二）监督", "(二)", 2),
]


@pytest.mark.parametrize(
    ("line", "address", "number"), [*CHAPTERS_AND_ARTICLES, *SECTIONS_AND_ITEMS, *FULL_WIDTH, *TRADITIONAL, *MARKDOWN]
)
def test_a_numbering_at_a_lines_start_is_a_label(line: str, address: str, number: int) -> None:
    label = label_at(line)

    assert label is not None
    assert (label.address, label.number) == (address, number)


@pytest.mark.parametrize("line", ["2021年,嘉定区增长。", "2021.5.3", "二〇二一年", "(2020—2022年)", "十四五规划"])
def test_a_year_at_a_lines_start_opens_no_heading(line: str) -> None:
    assert label_at(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "5.6%的增长",
        "3.5亿元",
        "100万元以上",
        "10亿元",
        "1.5万亿元",
        "3.5GHz频段的基站",
        "0.5",
        "3D打印",
        "12345热线",
        "24小时",
        "1+X个基地",
    ],
)
def test_an_amount_at_a_lines_start_opens_no_heading(line: str) -> None:
    assert label_at(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "第三条规定的情形，不予补贴。",
        "第三条第二款",
        "第三条第（一）项",
        "第三章的规定适用于本区。",
        "第十五条、第十六条",
        "第三条和第四条",
        "第三条至第五条",
        "第三条所列企业",
        "（一）至（三）项",
        "（一）、（二）项",
        "（一）项规定的",
        "(一)和(二)",
        "（1）至（3）项",
        "(1)、(2)项",
        "第二款",
    ],
)
def test_a_reference_to_a_clause_opens_no_heading(line: str) -> None:
    assert label_at(line) is None


@pytest.mark.parametrize(
    "line",
    ["一是加强统筹。", "一方面", "第一批", "三年行动", "一、二、三产业融合发展。", "专项行动", "（一般）", "（一"],
)
def test_words_that_only_begin_with_a_numeral_open_no_heading(line: str) -> None:
    assert label_at(line) is None


@pytest.mark.parametrize("line", ["1.1 总则", "1.1.2 总则"])
def test_decimal_numbering_opens_no_heading(line: str) -> None:
    assert label_at(line) is None


def test_an_item_about_5g_is_an_item() -> None:
    label = label_at("1、5G网络建设。")

    assert label is not None
    assert label.address == "1"


@pytest.mark.parametrize("line", ["", " ", "一", "甲", "。"])
def test_a_line_without_numbering_has_no_label(line: str) -> None:
    assert label_at(line) is None


def test_a_label_keeps_its_print_and_says_where_the_words_begin() -> None:
    line = "**（二）** 監督"

    label = label_at(line)

    assert label is not None
    assert label.printed == "（二）"
    assert line[label.end :] == "** 監督"


def entered(*lines: str) -> tuple[str, ...]:
    """The addresses open after the lines have been read."""
    headings: tuple[Heading, ...] = ()
    for line in lines:
        label = label_at(line)
        assert label is not None
        headings = enter(headings, label)
    return tuple(heading.address for heading in headings)


@pytest.mark.parametrize(
    ("lines", "open_headings"),
    [
        (("一、甲",), ("一",)),
        (("一、甲", "(一)乙"), ("一", "(一)")),
        (("一、甲", "(一)乙", "1.丙", "(1)丁", "①戊"), ("一", "(一)", "1", "(1)", "①")),
        (("一、甲", "1.乙"), ("一", "1")),
        (("一、甲", "①乙", "②丙"), ("一", "②")),
        (("第一编 甲", "第一章 乙", "第一节 丙", "第一条 丁"), ("第一编", "第一章", "第一节", "第一条")),
    ],
)
def test_a_deeper_numbering_stands_under_the_one_above(lines: tuple[str, ...], open_headings: tuple[str, ...]) -> None:
    assert entered(*lines) == open_headings


@pytest.mark.parametrize(
    ("lines", "open_headings"),
    [
        (("一、甲", "二、乙"), ("二",)),
        (("一、甲", "(一)乙", "1.丙", "(二)丁"), ("一", "(二)")),
        (("一、甲", "(一)乙", "1.丙", "二、丁"), ("二",)),
        (("第一章 甲", "第一节 乙", "第一条 丙", "第二章 丁"), ("第二章",)),
    ],
)
def test_a_numbering_closes_its_equals_and_what_is_deeper(
    lines: tuple[str, ...], open_headings: tuple[str, ...]
) -> None:
    assert entered(*lines) == open_headings
