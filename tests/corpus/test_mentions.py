"""The bodies that a text names, whatever they do there."""

from __future__ import annotations

import pytest

from corpus.mentions import mentions_in


def _names(text: str) -> list[str]:
    return [text[start:end] for start, end in mentions_in(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("应当向其所在地的区园林行政主管部门提出书面申请。", ["区园林行政主管部门"]),
        ("可以书面向区（县）住房保障机构提出，", ["区（县）住房保障机构"]),
        ("10个工作日内报市民政局、市财政局备案。", ["市民政局", "市财政局"]),
        ("由区规划局会同区财政局制定，报区人民政府批准后公布。", ["区规划局", "区财政局", "区人民政府"]),
        ("近日，市医保局、市财政局、市税务局联合印发了通知。", ["市医保局", "市财政局", "市税务局"]),
        ("副组长：区发展改革委分管负责人、区粮食局主要负责人。", ["区发展改革委", "区粮食局"]),
        ("提交自由贸易试验区管理委员会审核。", ["自由贸易试验区管理委员会"]),
        ("委托工商银行、农业银行办理贷款。", ["工商银行", "农业银行"]),
    ],
)
def test_every_body_is_found_without_what_stands_around_it(text: str, names: list[str]) -> None:
    assert _names(text) == names


@pytest.mark.parametrize("text", ["向社会公布，", "带动资本投向区内优质企业。", "申请人应当如实填写申请表。", ""])
def test_what_is_no_body_is_not_named(text: str) -> None:
    assert _names(text) == []
