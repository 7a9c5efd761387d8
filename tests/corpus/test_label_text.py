from __future__ import annotations

import pytest

from corpus.headings import decimal_at, label_at
from corpus.label_text import label_text


@pytest.mark.parametrize(
    ("line", "address", "number"),
    [
        ("第 2 条 甲", "第二条", 2),
        ("第 一 百 零 三 条 甲", "第一百零三条", 103),
        ("第 86-1 條 甲", "第八十六条之一", 86),
        ("第3条之2 甲", "第三条之二", 3),
        ("第一百○一条 甲", "第一百〇一条", 101),
        ("第一百O二条 甲", "第一百〇二条", 102),
        ("第一百0三条 甲", "第一百〇三条", 103),
        ("第１２６０条 甲", "第一千二百六十条", 1260),
        ("第 三 章 总 则", "第三章", 3),
        ("一 、甲", "一", 1),
        ("一○、甲", "一○", 10),
        ("（ 一 ）甲", "(一)", 1),
        ("（ １２ ）甲", "(12)", 12),
        ("㈠甲", "(一)", 1),
        ("㈩甲", "(十)", 10),
        ("⒈甲", "1", 1),
        ("⒛甲", "20", 20),
        ("⑴甲", "(1)", 1),
        ("⒇甲", "(20)", 20),
        ("㉑甲", "㉑", 21),
        ("㊿甲", "㊿", 50),
        ("❶甲", "①", 1),
        ("⓫甲", "⑪", 11),
        ("> **（一）** 甲", "(一)", 1),
        ("- 1\\. 甲", "1", 1),
        ("第\u200b一\u2060条 甲", "第一条", 1),
        ("（三）及时报告。", "(三)", 3),
        ("（四）项目管理。", "(四)", 4),
    ],
)
def test_a_label_reads_the_same_however_it_is_printed(line: str, address: str, number: int) -> None:
    label = label_at(line)

    assert label is not None
    assert (label.address, label.number) == (address, number)
    assert line[label.end :].lstrip("* ") in line
    assert label.printed in line


@pytest.mark.parametrize(
    "line",
    ["第一条情形之一的", "第 2 条规定", "（三）及（四）", "第 一 批", "（一）和（二）", "○ 甲", "—", "**", "\u200b"],
)
def test_a_mention_or_a_mark_alone_is_no_label(line: str) -> None:
    assert label_at(line) is None


@pytest.mark.parametrize(
    ("line", "address"),
    [("1.1 总则", "1.1"), ("2.1.1　职责", "2.1.1"), ("1．2编制", "1.2"), ("3.1.2.1：甲", "3.1.2.1"), ("1.1.甲", "1.1")],
)
def test_a_decimal_is_found(line: str, address: str) -> None:
    label = decimal_at(line)

    assert label is not None
    assert label.address == address


@pytest.mark.parametrize(
    "line",
    [
        "3.1.2中的措施",
        "3.5亿元",
        "3.5 亿元",
        "5.6%的增长",
        "2.0版",
        "2021.5.3",
        "1.5GHz",
        "1.2-1.5",
        "10.1个百分点",
        "2.1至2.3",
        "1.1.1.1.1.1 甲",
    ],
)
def test_an_amount_a_date_or_a_mention_is_no_decimal(line: str) -> None:
    assert decimal_at(line) is None


def test_each_character_of_a_label_knows_where_it_ends() -> None:
    text = label_text("> *㈠*甲")

    assert text is not None
    assert text.words.startswith("(一)甲")
    assert (text.begin, text.ends[:4]) == (3, (4, 4, 4, 6))


def test_a_line_that_begins_like_no_label_is_passed_over() -> None:
    assert label_text("市商务局负责。") is None
    assert label_text("") is None


def test_only_the_first_characters_of_a_line_are_looked_at() -> None:
    assert label_text("一" * 100_000) is not None
    assert len(label_text("一" * 100_000).words) == 64  # type: ignore[union-attr]
