from __future__ import annotations

import pytest

from corpus.furniture import furniture_of, is_page_number
from corpus.lines import lines_of


@pytest.mark.parametrize(
    "line",
    [
        "－ 2 －",
        "— 3 —",
        "-4-",
        "·5·",
        "第 3 页 共 9 页",
        "第3页",
        "第 3 页，共 9 页",
        "共9页 第3页",
        "Page 3 of 9",
        "3页",
        "————",
        "====",
        "<!-- 完 -->",
    ],
)
def test_a_line_that_only_a_page_prints_is_no_words(line: str) -> None:
    assert is_page_number(line)


@pytest.mark.parametrize(
    "line", ["3", "第3条", "2021", "- 甲 -", "第3页的表格", "共9页纸", "1-2", "3.5", "|---|---|", "——建设平台"]
)
def test_other_short_lines_are_words(line: str) -> None:
    assert not is_page_number(line)


def indexes(text: str) -> list[int]:
    return sorted(furniture_of(lines_of(text)))


def test_a_running_head_goes_with_the_page_number_that_it_stands_beside() -> None:
    body = "\n".join(f"第{n}条 甲。" for n in "一二三四五六")

    assert indexes(f"青川市办法\n{body}\n- 1 -\n青川市办法\n第七条 乙。\n") == [7, 8]


def test_a_fraction_alone_is_no_page_number_but_a_row_of_them_is() -> None:
    assert indexes("甲。\n3/9\n乙。\n") == []
    assert indexes("甲。\n3/9\n乙。\n4/9\n丙。\n") == [1, 3]


def test_a_bare_number_counts_only_between_two_halves_of_a_sentence() -> None:
    assert indexes("市园林局负责城市绿化管理工\n2\n作，接受监督。\n") == [1]
    assert indexes("建设充电桩任务分工表如下\n2\n市发改委\n") == []
    assert indexes("市园林局负责绿化。\n2\n作，接受监督。\n") == []
