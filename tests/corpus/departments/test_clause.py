from __future__ import annotations

import pytest

from corpus.departments import bracket_span, departments_in, jurisdiction_of, kind_of
from corpus.types import Department


def found(text: str) -> list[tuple[str, str]]:
    """Name and role of each body, as a district's document of Shanghai would have them."""
    return [(d.name, d.role) for d in departments_in(text, "虹口区", "上海市")]


def only(text: str) -> Department:
    (department,) = departments_in(text, "虹口区", "上海市")
    return department


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("责任部门", "responsible"),
        ("责任单位", "responsible"),
        ("承办单位", "responsible"),
        ("负责单位", "responsible"),
        ("落实单位", "responsible"),
        ("牵头单位", "lead"),
        ("牵头部门", "lead"),
        ("牵头责任单位", "lead"),
        ("主办单位", "lead"),
        ("牵头", "lead"),
        ("配合单位", "cooperating"),
        ("配合部门", "cooperating"),
        ("协办单位", "cooperating"),
        ("配合", "cooperating"),
        ("参与单位", "participating"),
        ("共同参与", "participating"),
        ("参加单位", "participating"),
    ],
)
def test_the_label_in_a_bracket_says_the_role(label: str, role: str) -> None:
    assert found(f"1.甲。加快发展。（{label}：区科委、区商务委）") == [("区科委", role), ("区商务委", role)]


@pytest.mark.parametrize(
    "text",
    [
        "1.甲。(责任部门:区科委)",
        "1.甲。（责任部门：区科委）",
        "1.甲。(责任部门:区科委)。",
        "1.甲；（责任部门：区科委）；",
        "1.甲。\n(责任部门:区科委)",
        "1.甲。(责任部门:区科委)\u00a0\u3000",
        "1.甲。(责任部门 : 区科委 )",
    ],
)
def test_a_bracket_ends_its_paragraph_whatever_its_width(text: str) -> None:
    assert found(text) == [("区科委", "responsible")]


@pytest.mark.parametrize("brackets", ["【】", "〔〕", "［］", "[]"])
def test_a_square_bracket_is_a_bracket(brackets: str) -> None:
    assert found(f"1.甲。{brackets[0]}责任部门：区科委{brackets[1]}") == [("区科委", "responsible")]


@pytest.mark.parametrize(
    ("bracket", "bodies"),
    [
        (
            "（牵头单位：区经委；责任单位：区科委、区国资委）",
            [("区经委", "lead"), ("区科委", "responsible"), ("区国资委", "responsible")],
        ),
        ("（牵头：市科委，配合：市商务委）", [("市科委", "lead"), ("市商务委", "cooperating")]),
        ("(牵头单位:区经委 责任单位:区科委)", [("区经委", "lead"), ("区科委", "responsible")]),
        (
            "（牵头单位：区科委；配合单位：区经委；参与单位：各街镇）",
            [("区科委", "lead"), ("区经委", "cooperating"), ("各街镇", "participating")],
        ),
        (
            "（牵头单位：区科委；责任单位：区科委、区经委）",
            [("区科委", "lead"), ("区科委", "responsible"), ("区经委", "responsible")],
        ),
    ],
)
def test_one_bracket_may_hold_several_roles(bracket: str, bodies: list[tuple[str, str]]) -> None:
    assert found(f"甲。{bracket}") == bodies


@pytest.mark.parametrize(
    ("bracket", "bodies"),
    [
        ("（市科委牵头，市商务委配合）", [("市科委", "lead"), ("市商务委", "cooperating")]),
        (
            "（市科委牵头，市商务委、市财政局配合，各区政府参与）",
            [
                ("市科委", "lead"),
                ("市商务委", "cooperating"),
                ("市财政局", "cooperating"),
                ("各区政府", "participating"),
            ],
        ),
        ("（市科委、市商务委按职责分工负责）", [("市科委", "responsible"), ("市商务委", "responsible")]),
        ("（市科委牵头负责；市商务委协助）", [("市科委", "lead"), ("市商务委", "cooperating")]),
        ("（由市科委牵头，市商务委配合）", [("市科委", "lead"), ("市商务委", "cooperating")]),
        ("（市科委会同市商务委负责）", [("市科委", "responsible"), ("市商务委", "cooperating")]),
        (
            "（由市科委会同市商务委牵头，各区配合）",
            [("市科委", "lead"), ("市商务委", "cooperating"), ("各区", "cooperating")],
        ),
        ("（區經委牽頭，會同區科委負責）", [("区经委", "lead"), ("区科委", "cooperating")]),
        (
            "（区经委、安亭镇、国资集团负责）",
            [("区经委", "responsible"), ("安亭镇", "responsible"), ("国资集团", "responsible")],
        ),
    ],
)
def test_a_verb_after_the_names_says_the_role(bracket: str, bodies: list[tuple[str, str]]) -> None:
    assert found(f"甲。{bracket}") == bodies


def test_a_bracket_inside_a_name_belongs_to_the_name() -> None:
    assert found("甲。(牵头单位:区交通委;责任单位:公安嘉定分局、国际汽车城(集团)公司)") == [
        ("区交通委", "lead"),
        ("公安嘉定分局", "responsible"),
        ("国际汽车城(集团)公司", "responsible"),
    ]


def test_names_inside_the_bracket_of_a_name_are_no_bodies_of_their_own() -> None:
    assert found("甲。（责任单位：区科委（知识产权局、信息委）、区经委）") == [
        ("区科委（知识产权局、信息委）", "responsible"),
        ("区经委", "responsible"),
    ]


def test_a_traditional_name_is_simplified_and_keeps_its_print() -> None:
    department = only("甲。（責任單位：市經濟信息化委）")

    assert (department.name, department.printed) == ("市经济信息化委", "市經濟信息化委")


@pytest.mark.parametrize(
    ("bracket", "names"),
    [
        ("（责任单位：区经委、区统计局等相关部门）", ["区经委", "区统计局"]),
        ("（责任单位：区经委、区统计局等有关单位）", ["区经委", "区统计局"]),
        ("（责任单位：区经委、区统计局等）", ["区经委", "区统计局"]),
        ("（市商务委、市财政局等按职责分工负责）", ["市商务委", "市财政局"]),
        ("（责任单位：各有关部门）", ["各有关部门"]),
        ("（责任单位：各相关部门）", ["各相关部门"]),
    ],
)
def test_a_list_that_goes_on_is_open_ended(bracket: str, names: list[str]) -> None:
    departments = departments_in(f"甲。{bracket}", "虹口区")

    assert [d.name for d in departments] == names
    assert all(d.open_ended for d in departments)


def test_only_the_role_that_goes_on_is_open_ended() -> None:
    departments = departments_in("甲。（牵头单位：区府办；责任单位：区经委等相关部门）", "嘉定区")

    assert [(d.name, d.open_ended) for d in departments] == [("区府办", False), ("区经委", True)]


def test_every_paragraphs_bracket_is_read() -> None:
    assert found("甲。(责任部门:区科委)\n乙。(责任部门:区经委)") == [
        ("区科委", "responsible"),
        ("区经委", "responsible"),
    ]


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("甲(责任部门:区科委)的平台。", [("区科委", "responsible")]),
        ("甲。(责任部门:区科委)(完成时限:2021年)", [("区科委", "responsible")]),
        ("1.甲。(责任部门:区科委) 2.乙。(责任部门:区经委)", [("区科委", "responsible"), ("区经委", "responsible")]),
    ],
)
def test_a_labelled_bracket_is_read_wherever_it_stands(text: str, bodies: list[tuple[str, str]]) -> None:
    assert found(text) == bodies


def test_a_name_printed_twice_is_one_body() -> None:
    assert found("甲。(责任部门:区科委、区科委)") == [("区科委", "responsible")]


@pytest.mark.parametrize("bracket", ["(责任部门:)", "(责任部门:、)", "（责任部门：　）"])
def test_an_empty_bracket_names_nobody(bracket: str) -> None:
    assert found(f"甲。{bracket}") == []


@pytest.mark.parametrize(
    "bracket",
    [
        "（责任单位：区经委，完成时限：2021年12月）",
        "（责任部门：区经委，2021年底前完成）",
        "（责任部门:区经委;完成时间:2021年）",
    ],
)
def test_a_deadline_in_the_bracket_is_no_body(bracket: str) -> None:
    assert found(f"甲。{bracket}") == [("区经委", "responsible")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "甲。",
        "甲(NB-IoT)。",
        "甲（以下简称“乙”）。",
        "为贯彻行动方案（沪府办发〔2020〕1号）",
        "打造基地（不含区科委）",
        "甲。（责任部门：区科委",
        "甲（区科委负责）的平台。",
        "（区科委、区经委）",
        "甲。（鼓励企业共同参与）",
    ],
)
def test_a_bracket_that_gives_nobody_a_task_names_nobody(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("甲。(责任部门:区科委)", (2, 12)),
        ("甲。(责任部门:区科委)。", (2, 12)),
        ("(责任单位:国际汽车城(集团)公司)", (0, 18)),
        ("甲(一)。（市科委牵头）", (5, 12)),
        ("甲。(责任部门:区科委)乙。", None),
        ("甲（乙（丙））", None),
        ("", None),
    ],
)
def test_where_the_last_bracket_stands(text: str, span: tuple[int, int] | None) -> None:
    assert bracket_span(text) == span


@pytest.mark.parametrize(
    "name",
    [
        "区科委",
        "公安嘉定分局",
        "市政府办公厅",
        "区委宣传部",
        "人民银行上海总部",
        "中国人民银行",
        "上海海关",
        "上海银监局",
        "北外滩开发办",
    ],
)
def test_an_office_of_the_government_is_a_department(name: str) -> None:
    assert kind_of(name) == "department"


@pytest.mark.parametrize(
    "name",
    [
        "国资集团",
        "绿洲控股",
        "新城公司",
        "国际汽车城(集团)公司",
        "国际汽车城（集团）公司",
        "国际汽车城",
        "出口加工区",
        "安亭镇",
        "嘉定镇街道",
        "各街镇",
        "各职能部门",
        "有关企业",
        "上海银行",
        "行业协会",
    ],
)
def test_a_company_a_town_or_a_collective_is_no_department(name: str) -> None:
    assert kind_of(name) == "other"


@pytest.mark.parametrize(
    ("name", "parent", "place"),
    [
        ("区科委", "上海市", "虹口区"),
        ("市科委", "上海市", "上海市"),
        ("上海海关", "上海市", "虹口区"),
        ("市科委", None, "虹口区"),
    ],
)
def test_a_body_of_the_city_belongs_to_the_place_above(name: str, parent: str | None, place: str) -> None:
    assert jurisdiction_of(name, "虹口区", parent) == place
