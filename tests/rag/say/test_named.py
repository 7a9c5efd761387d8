"""Bodies that a sentence sends somebody to, and those that it lists."""

from __future__ import annotations

import pytest

from corpus.script import fold
from rag.say.named import named_in


def _names(text: str, is_goal: bool | None = None) -> list[str]:
    rows = [row for row in named_in(fold(text)) if is_goal in (None, row.is_goal)]
    return list(dict.fromkeys(text[row.start : row.end] for row in rows))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("应当向其所在地的区园林行政主管部门提出书面申请。", ["区园林行政主管部门"]),
        ("可以书面向区（县）住房保障机构提出，", ["区（县）住房保障机构"]),
        ("汇总表报区民政局养老服务科。", ["区民政局养老服务科"]),
        ("10个工作日内报市民政局、市财政局备案。", ["市民政局", "市财政局"]),
        ("向户籍所在地街道办事处（镇人民政府）申请退出", ["街道办事处（镇人民政府）"]),
    ],
)
def test_whom_one_is_sent_to(text: str, names: list[str]) -> None:
    assert _names(text, is_goal=True) == names


def test_who_does_it_and_who_approves_are_no_goals() -> None:
    assert _names("由区规划局会同区财政局制定，报区人民政府批准后公布", is_goal=True) == []
    assert _names("由区规划局会同区财政局制定，报区人民政府批准后公布") == ["区规划局", "区财政局", "区人民政府"]


def test_members_behind_a_label_are_named_without_their_persons() -> None:
    assert _names("副组长：区发展改革委分管负责人、区粮食局主要负责人。") == ["区发展改革委", "区粮食局"]


def test_a_list_of_bodies_needs_no_word_before_it() -> None:
    assert _names("经办行确定工商银行、农业银行、示例银行为经办银行") == ["工商银行", "农业银行", "示例银行"]


@pytest.mark.parametrize(
    "text", ["向社会公布，", "带动资本投向区内优质企业。", "挂号、缴费、打印报告等人工服务窗口", "经工会同意"]
)
def test_what_is_no_office_is_not_named(text: str) -> None:
    assert [name for name in _names(text) if name != "工会"] == []
