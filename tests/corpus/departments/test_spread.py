"""What a bracket says of other clauses."""

from __future__ import annotations

import pytest

from corpus.parse import parse


def read(text: str) -> dict[str, list[tuple[str, str, str]]]:
    """Source, role and name of the bodies of each node that has some."""
    rows = {n.path: [(d.source, d.role, d.name) for d in n.departments] for n in parse("demo", text).nodes}
    return {path: bodies for path, bodies in rows.items() if bodies}


def test_a_bracket_on_a_heading_holds_for_the_clauses_under_it_that_have_none() -> None:
    text = "云湖市方案\n一、建设平台（责任单位：市科委）\n1.开放数据，公开目录。\n2.培训人员。（责任单位：市教委）\n二、宣传\n1.做好宣传工作。\n"

    assert read(text) == {
        "一": [("bracket", "responsible", "市科委")],
        "一/1": [("inherited", "responsible", "市科委")],
        "一/2": [("bracket", "responsible", "市教委")],
    }


def test_a_verb_on_a_heading_does_so_too_and_goes_down_more_than_one_level() -> None:
    text = "云湖市方案\n一、建设平台（市科委牵头，市教委配合）\n（一）数据\n1.开放数据，公开目录。\n"

    assert read(text)["一/(一)/1"] == [("inherited", "lead", "市科委"), ("inherited", "cooperating", "市教委")]


def test_a_bracket_that_closes_a_sections_opening_paragraph_holds_for_items_without_any() -> None:
    text = "云湖市方案\n（一）建设平台。做好下列工作。（责任单位：市科委）\n1.开放数据，公开目录。\n2.培训人员，考核上岗。\n"

    assert read(text) == {
        "(一)": [("bracket", "responsible", "市科委")],
        "(一)/1": [("inherited", "responsible", "市科委")],
        "(一)/2": [("inherited", "responsible", "市科委")],
    }


def test_a_bracket_of_an_opening_paragraph_is_its_own_where_the_items_have_theirs() -> None:
    text = "云湖市方案\n（一）建设平台。做好下列工作。（责任单位：市科委）\n1.开放数据。（责任单位：市教委）\n2.培训人员，考核上岗。\n"

    assert read(text) == {
        "(一)": [("bracket", "responsible", "市科委")],
        "(一)/1": [("bracket", "responsible", "市教委")],
    }


def test_a_bracket_on_its_own_line_under_the_last_item_closes_the_section() -> None:
    text = (
        "云湖市方案\n一、建设平台\n1.开放数据，公开目录。\n2.培训人员，考核上岗。\n（责任单位：市科委）\n"
        "二、宣传\n1.做好宣传。\n2.做好动员。\n（责任单位：市教委）\n"
    )

    assert read(text) == {
        "一/1": [("inherited", "responsible", "市科委")],
        "一/2": [("bracket", "responsible", "市科委")],
        "二/1": [("inherited", "responsible", "市教委")],
        "二/2": [("bracket", "responsible", "市教委")],
    }


def test_brackets_on_lines_of_their_own_under_each_item_are_each_items() -> None:
    text = (
        "云湖市方案\n一、建设平台\n1.开放数据，公开目录。\n（责任单位：市科委）\n2.培训人员。\n（责任单位：市教委）\n"
        "二、宣传\n1.做好宣传。\n2.做好动员。\n（责任单位：市教委）\n"
    )

    assert "二/1" not in read(text)


@pytest.mark.parametrize(
    "same", ["（同上）", "（责任单位同上）", "（责任单位：同上）", "(责任部门：同上。)", "【责任单位：同上】"]
)
def test_the_same_as_above_has_the_bodies_of_the_clause_before(same: str) -> None:
    text = f"云湖市方案\n1.开放数据。（责任单位：市科委、市教委）\n2.培训人员。{same}\n3.做好宣传。{same}\n"

    bodies = [("bracket", "responsible", "市科委"), ("bracket", "responsible", "市教委")]
    assert read(text) == {"1": bodies, "2": bodies, "3": bodies}


def test_the_same_with_nothing_above_names_nobody() -> None:
    assert read("云湖市方案\n1.开放数据。（同上）\n2.培训人员。\n") == {}


@pytest.mark.parametrize(
    "words",
    [
        "排在第一位的为牵头部门，下同",
        "排在首位的为牵头单位，下同",
        "列首位的为牵头单位，下同",
        "列首的为牵头单位，下同",
        "列第一位者为牵头单位，下同",
        "排名第一的为牵头单位，下同",
        "第一个单位为牵头单位，下同",
        "首位为牵头单位，下同",
        "以下各项，首列单位为牵头单位",
    ],
)
def test_the_first_leads_here_and_below(words: str) -> None:
    text = f"云湖市方案\n1.甲工作。（责任单位：市科委、市教委。{words}）\n2.乙工作。（责任单位：市教委、市财政局）\n"

    assert read(text) == {
        "1": [("bracket", "lead", "市科委"), ("bracket", "responsible", "市教委")],
        "2": [("bracket", "lead", "市教委"), ("bracket", "responsible", "市财政局")],
    }


def test_the_first_leads_only_here_where_nothing_says_that_it_holds_on() -> None:
    text = "云湖市方案\n1.甲工作。（责任单位：市科委、市教委，排在第一位的为牵头单位）\n2.乙工作。（责任单位：市教委、市财政局）\n"

    assert [role for _, role, _ in read(text)["2"]] == ["responsible", "responsible"]


def test_a_second_bracket_line_after_the_last_item_is_no_closing_paragraph() -> None:
    text = "云湖市方案\n1.甲工作。\n（牵头单位：市科委）\n（配合单位：市教委）\n本方案自印发之日起施行。\n"

    assert read(text) == {"1": [("bracket", "lead", "市科委"), ("bracket", "cooperating", "市教委")]}


def test_a_defined_short_name_knows_its_whole_one() -> None:
    text = (
        "云湖市绿化条例\n第一条 市绿化和市容管理局（以下简称市绿化部门）主管全市绿化工作。\n"
        "第二条 补贴由市绿化部门负责发放。\n"
    )
    (body,) = parse("demo", text).nodes[-1].departments

    assert (body.name, body.printed, body.full) == ("市绿化部门", "市绿化部门", "市绿化和市容管理局")
