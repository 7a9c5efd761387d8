from __future__ import annotations

import pytest

from corpus.parse import parse


def notices(text: str) -> list[tuple[int, str]]:
    return [(notice.line, notice.message) for notice in parse("demo", f"虹口区意见\n{text}").notices]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("一、甲。\n三、乙。\n四、丙。", 3, "numbering jumps from 一 to 三"),
        ("一、甲\n（一）乙。\n（二）丙。\n（四）丁。", 5, "numbering jumps from (二) to (四)"),
        ("一、甲。\n二、乙。\n二、丙。", 4, "numbering repeats 二"),
        ("二、甲。\n三、乙。", 2, "numbering starts at 二"),
        ("一、甲\n(二)乙。", 3, "numbering starts at (二)"),
        ("一、甲。\n二、乙。\n一、丙。", 4, "numbering jumps from 二 to 一"),
        ("第一条 甲。\n第三条 乙。", 3, "numbering jumps from 第一条 to 第三条"),
    ],
)
def test_a_jump_a_repeat_and_a_late_start_are_noticed_once(text: str, line: int, message: str) -> None:
    assert notices(text) == [(line, message)]


@pytest.mark.parametrize(
    "text",
    [
        "一、甲。\n二、乙。\n三、丙。",
        "一、甲\n(一)乙\n1.丙。\n2.丁。\n(二)戊\n1.己。\n2.庚。",
        "一、甲\n(一)乙\n1.丙。\n2.丁。\n(二)戊\n3.己。\n二、庚\n(三)辛\n4.壬。",
        "第一章 甲\n第一条 乙。\n第二条 丙。\n第二章 丁\n第三条 戊。",
        "第一条 甲。\n第二条 乙。\n第二条之一 丙。\n第二条之二 丁。\n第三条 戊。",
        "\n".join(f"{n}、甲。" for n in [*"一二三四五六七八九十", "十一", "十二"]),
        "段落。",
    ],
)
def test_numbering_that_follows_restarts_or_runs_on_is_no_cause_for_notice(text: str) -> None:
    assert notices(text) == []


def test_annexes_number_apart_from_the_main_body() -> None:
    assert notices("一、甲。\n二、乙。\n附件1\n丙计划\n一、丁。\n附件2\n戊计划\n一、己。") == []


def test_a_clause_that_no_numbering_divides_is_said_in_the_report() -> None:
    text = "青川市通报\n一、甲\n" + "情况良好，继续努力。" * 260 + "\n二、乙。\n"

    assert [(notice.line, notice.message) for notice in parse("any", text).notices] == [
        (2, "一 has 2,604 characters and no numbering that divides it")
    ]
