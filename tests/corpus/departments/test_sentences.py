"""Bodies that the running text gives a task."""

from __future__ import annotations

import pytest

from corpus.departments import departments_in


def found(text: str) -> list[tuple[str, str]]:
    return sorted((d.name, d.role) for d in departments_in(text, "嘉定区", "上海市"))


@pytest.mark.parametrize(
    ("sentence", "bodies"),
    [
        ("各街镇要加大电子商务招商力度。", [("各街镇", "responsible")]),
        ("企业要加强自律,各街镇要合理布局。", [("各街镇", "responsible")]),
        ("各街镇应当做好服务。", [("各街镇", "responsible")]),
        ("围绕五年规划目标,各相关部门进一步细化任务分工。", [("各相关部门", "responsible")]),
        ("办公室设立在区经委,各有关部门按领域加强推进。", [("各有关部门", "responsible")]),
        ("试点工作由区科委牵头。", [("区科委", "lead")]),
        ("试点工作由區經濟信息化委牽頭。", [("区经济信息化委", "lead")]),
        ("由区科委、区经委牵头推进。", [("区科委", "lead"), ("区经委", "lead")]),
        ("由区科委和区经委牵头推进。", [("区科委", "lead"), ("区经委", "lead")]),
        ("由区科委等部门牵头推进。", [("区科委", "lead")]),
        ("补贴由区财政局负责发放。", [("区财政局", "responsible")]),
        ("比赛由区体育局组织实施。", [("区体育局", "responsible")]),
        ("由市科委牵头,会同市商务委推进。", [("市商务委", "cooperating"), ("市科委", "lead")]),
        (
            "由区经委会同区科委、区财政局组织实施。",
            [("区科委", "cooperating"), ("区经委", "responsible"), ("区财政局", "cooperating")],
        ),
        ("产业发展办公室设立在区经委,负责日常事务。", [("产业发展办公室", "responsible")]),
        ("由市发展和改革委员会牵头。", [("市发展和改革委员会", "lead")]),
        ("由区文化和旅游局负责。", [("区文化和旅游局", "responsible")]),
        ("由区科委和区文化和旅游局负责。", [("区科委", "responsible"), ("区文化和旅游局", "responsible")]),
        ("由市卫生和计划生育委员会牵头。", [("市卫生和计划生育委员会", "lead")]),
        ("由区建设和管理委负责。", [("区建设和管理委", "responsible")]),
        ("由区商务委和旅游局牵头。", [("区商务委", "lead"), ("旅游局", "lead")]),
        ("由区人力资源和社会保障局组织实施。", [("区人力资源和社会保障局", "responsible")]),
    ],
)
def test_a_sentence_that_gives_a_task_names_its_bodies(sentence: str, bodies: list[tuple[str, str]]) -> None:
    assert found(sentence) == sorted(bodies)
    assert {d.source for d in departments_in(sentence, "嘉定区")} == {"text"}


def test_a_mechanism_of_several_departments_names_those_that_take_part() -> None:
    assert found("形成由区发改委、区经委等相关职能部门,各街镇、园区等共同参与的工作机制。") == sorted(
        [("区发改委", "participating"), ("区经委", "participating"), ("各街镇", "participating")]
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "依托区大数据中心,优化公共数据采集质量。",
        "根据市大数据中心统一安排,优化公共数据采集质量。",
        "根据市教委统一安排,推进在线教育。",
        "支持区科委认定的企业发展。",
        "由区政府主要领导担任组长,各相关部门作为成员单位。",
        "明确各部门业务之间的协同关系。",
        "推动各部门专用网络整合融合。",
        "由企业负责运营。",
        "上海市科委发布了指南。",
        "该局负责。",
        "",
    ],
)
def test_a_body_that_is_only_mentioned_has_no_task(sentence: str) -> None:
    assert found(sentence) == []


def test_a_body_in_both_is_listed_once_as_the_bracket_has_it() -> None:
    departments = departments_in("各街镇要加大招商力度。(牵头单位:区经委;责任单位:区商务委、各街镇)", "嘉定区")

    assert [(d.name, d.role, d.source) for d in departments] == [
        ("区经委", "lead", "bracket"),
        ("区商务委", "responsible", "bracket"),
        ("各街镇", "responsible", "bracket"),
    ]


def test_a_body_beside_the_bracket_comes_after_it() -> None:
    departments = departments_in("协调、整合区交通委、城运中心等多部门实现数据融合。(牵头单位:区交通委)", "嘉定区")

    assert [(d.name, d.role, d.source) for d in departments] == [
        ("区交通委", "lead", "bracket"),
        ("城运中心", "participating", "text"),
    ]


@pytest.mark.parametrize(
    ("sentence", "bodies"),
    [
        ("第一条 区卫生健康委牵头，区医保局配合。", [("区卫生健康委", "lead"), ("区医保局", "cooperating")]),
        (
            "第一条 市商务局牵头推进夜市建设，市公安局、市城管局密切配合。",
            [("市商务局", "lead"), ("市公安局", "cooperating"), ("市城管局", "cooperating")],
        ),
        ("第一条 市商务局牵头的项目由企业实施，企业应当配合检查。", []),
    ],
)
def test_one_leads_and_others_cooperate(sentence: str, bodies: list[tuple[str, str]]) -> None:
    assert found(sentence) == sorted(bodies)
