"""Titles of one line and of several, a notice's and that of the text it issues."""

from __future__ import annotations

import pytest

from corpus.titles import titles_in


def titles(*lines: str) -> list[str]:
    return [title for title, _ in titles_in(lines)]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("青石市停车管理办法",), "青石市停车管理办法"),
        (("青石市人民政府关于加强老旧", "小区改造工作的通知"), "青石市人民政府关于加强老旧小区改造工作的通知"),
        (("青石市民政局", "青石市财政局", "关于发放高温津贴的通知"), "青石市民政局 青石市财政局关于发放高温津贴的通知"),
        (
            ("青石市人民政府办公室关于印发《青石市夜市", "管理办法》的通知"),
            "青石市人民政府办公室关于印发《青石市夜市管理办法》的通知",
        ),
        (("关于黄桥历史", "经济街区保护有关问题的复函"), "关于黄桥历史经济街区保护有关问题的复函"),
        (("青石市人民政府", "青石市人民政府关于设立灯会的决定"), "青石市人民政府关于设立灯会的决定"),
        (("青石市科普条例", "（2022年修正）"), "青石市科普条例（2022年修正）"),
    ],
)
def test_a_title_is_put_together_from_its_lines(lines: tuple[str, ...], title: str) -> None:
    assert titles(*lines) == [title]


def test_a_notice_and_the_text_it_issues_are_two() -> None:
    assert titles(
        "关于印发《夜市管理办法》的通知", "各区：", "现印发给你们。", "青石市人民政府", "2021年3月1日", "夜市管理办法"
    ) == [
        "关于印发《夜市管理办法》的通知",
        "夜市管理办法",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "发文机关：青石市人民政府",
        "青政发〔2021〕3号",
        "2021年3月1日",
        "青石市人民政府令",
        "根据有关规定制定本办法。",
        "2021年3月1日青石市人民代表大会常务委员会第三次会议通过",
    ],
)
def test_what_stands_around_a_title_is_none(line: str) -> None:
    assert titles(line) == []
