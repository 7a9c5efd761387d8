from __future__ import annotations

import pytest

from corpus.contents import contents_of, is_contents_head
from corpus.lines import lines_of
from corpus.parse import parse


def listed(text: str) -> list[str]:
    lines = lines_of(text)
    return [lines[index].text for index in contents_of(lines)]


@pytest.mark.parametrize(
    "entry",
    ["第一章 总则……1", "第一章 总则....1", "第一章 总则 ··· 1", "第一章 总则\t1", "第一章 总则（1）", "第一章 总则"],
)
def test_entries_with_any_leader_or_none_are_contents(entry: str) -> None:
    second = entry.replace("第一章 总则", "第二章 附则")

    assert listed(f"办法\n目 录\n{entry}\n{second}\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。\n") == [
        "目 录",
        entry,
        second,
    ]


def test_the_head_alone_before_no_list_is_no_contents() -> None:
    assert listed("办法\n目录\n第一条 甲事项应当公开。\n第二条 乙。\n") == []
    assert listed("办法\n第一条 甲。\n") == []


def test_a_title_between_contents_and_text_is_no_entry() -> None:
    assert listed("目录\n一、甲\n二、乙\n青川市方案\n一、甲\n做好。\n二、乙\n做好。\n") == ["目录", "一、甲", "二、乙"]


def test_the_head_of_contents_is_no_title() -> None:
    document = parse("any", "目录\n一、基础\n二、任务\n青川市方案\n一、基础\n良好。\n二、任务\n落实。\n")

    assert document.metadata.title == "青川市方案"
    assert [clause.path for clause in document.clauses] == ["标题", "一", "二"]


@pytest.mark.parametrize(
    ("line", "is_head"),
    [("目　录", True), ("## 目次", True), ("【目录】", True), ("目录清单", False), ("Contents", True)],
)
def test_the_line_that_heads_contents(line: str, is_head: bool) -> None:
    assert is_contents_head(line) is is_head
