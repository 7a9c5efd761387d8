from __future__ import annotations

import pytest

from corpus.departments import departments_in, is_role_line


def read(text: str) -> list[tuple[str, str]]:
    return [(d.role, d.name) for d in departments_in(text, "云湖市", "江南省") if d.source == "bracket"]


@pytest.mark.parametrize(
    "line",
    [
        "责任单位：市科委、市教委",
        "责任单位:市科委、市教委。",
        "　　责任单位：市科委、市教委",
        "责任单位 ：市科委，市教委",
        "【责任单位】市科委、市教委",
        "（责任单位）市科委、市教委",
        "［责任单位］：市科委、市教委",
        "**责任单位：**市科委、市教委",
        "**责任单位**：市科委、市教委",
        "- 责任单位：市科委、市教委",
        "——责任单位：市科委、市教委",
        "3.责任单位：市科委、市教委",
        "（三）责任单位：市科委、市教委",
        "責任單位：市科委、市教委",
        "责任单位：市科委 市教委",
        "责任单位：市科委；市教委；",
        "责任部门：市科委和市教委",
        "责任单位：市科委、市教委；完成时限：2030年底前",
        "建立平台。责任单位：市科委、市教委",
        "建立平台。责任单位：市科委、市教委。",
        "建立平台。（责任单位：市科委、市教委）",
    ],
)
def test_a_line_of_its_own_or_the_paragraphs_end_says_who_is_responsible(line: str) -> None:
    assert read(f"2.建立平台，开放课程。\n{line}\n") == [("responsible", "市科委"), ("responsible", "市教委")]


def test_several_such_lines_may_follow_one_another() -> None:
    text = "建立平台。\n牵头单位：市科委\n责任单位：市教委、市财政局\n配合单位：各区人民政府\n完成时限：2030年底"

    assert read(text) == [
        ("lead", "市科委"),
        ("responsible", "市教委"),
        ("responsible", "市财政局"),
        ("cooperating", "各区人民政府"),
    ]


def test_one_line_may_hold_several_labels() -> None:
    assert read("牵头单位：市科委　配合单位：市教委、市财政局") == [
        ("lead", "市科委"),
        ("cooperating", "市教委"),
        ("cooperating", "市财政局"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "责任单位：",
        "配合：对符合条件的企业给予补贴",
        "支持：建设平台",
        "主管部门：应当公开目录。",
        "完成时限：2030年底",
        "责任人：张某",
        "明确责任单位：按照职责推进，确保落实到位",
    ],
)
def test_a_line_that_names_no_body_gives_nobody_a_task(line: str) -> None:
    assert read(f"2.建立平台。\n{line}\n") == []


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("责任单位：市科委", True),
        ("（配合单位：市科委）", True),
        ("（市科委负责）", True),
        ("本方案由市科委负责解释。", False),
        ("责任单位：" + "市科委、" * 400, False),
        ("", False),
    ],
)
def test_a_line_of_roles_is_told_from_a_paragraph(line: str, is_one: bool) -> None:
    assert is_role_line(line) is is_one
