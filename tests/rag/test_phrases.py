"""How documents, clauses, departments and numbers are named in the direct answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.types import Corpus
from rag.phrases import names_of, place_and_topic, responsibility, short_title, topic_of
from tests.builders import a_clause, a_policy
from tests.rag.builders import a_department

SHORT_TITLES = {
    "changning-145": "长宁区在线新经济发展“十四五”规划",
    "hongkou-2020": "虹口区落实《上海市促进在线新经济发展行动方案(2020—2022年)》的实施意见",
    "jiading-2021": "嘉定区促进在线新经济发展行动方案",
    "shanghai-2016": "上海市推进“互联网+”行动实施意见",
    "shanghai-2020": "上海市促进在线新经济发展行动方案",
}


@pytest.mark.parametrize("document_id", SHORT_TITLES)
def test_a_document_is_called_by_its_title_without_its_years(document_id: str, policies: Corpus) -> None:
    document = policies.document(document_id)
    assert document is not None
    assert short_title(document) == SHORT_TITLES[document_id]


@pytest.mark.parametrize(
    ("heading", "topic"),
    [
        ("3.在线金融服务", "在线金融服务"),
        ("17.新基建项目建设专项行动", "新基建项目建设专项行动"),
        ("1、做强综合电商平台", "做强综合电商平台"),
        ("1．打造标杆性无人工厂", "打造标杆性无人工厂"),
        ("(一)指导思想", "指导思想"),
        ("（二）行动目标", "行动目标"),
        ("四、保障措施", "保障措施"),
        ("十一、附则", "附则"),
        ("第二章 职责", "职责"),
        ("①加强宣传", "加强宣传"),
        ("第十五条", "第十五条"),  # nothing but a number: the number is its name
        ("前言", "前言"),
    ],
)
def test_a_topic_is_the_heading_without_its_number(heading: str, topic: str) -> None:
    assert topic_of(replace(a_clause(), heading=heading)) == topic


def test_the_place_goes_in_front_of_the_topic() -> None:
    clause = replace(a_clause(), heading="3.在线金融服务")
    assert place_and_topic(clause, a_policy(jurisdiction="虹口区")) == "虹口区在线金融服务"


def test_a_heading_that_names_the_place_is_enough() -> None:
    clause = replace(a_clause(), heading="13.虹口示范行动")
    assert place_and_topic(clause, a_policy(jurisdiction="虹口区")) == "虹口示范行动"


def test_without_a_place_the_topic_stands_alone() -> None:
    clause = replace(a_clause(), heading="3.在线金融服务")
    assert place_and_topic(clause, a_policy(jurisdiction=None)) == "在线金融服务"


def test_a_preamble_is_no_topic_of_the_place() -> None:
    assert place_and_topic(replace(a_clause(), heading="前言"), a_policy(jurisdiction="虹口区")) == "虹口区“前言”"


def test_names_are_joined_in_order_each_once() -> None:
    rows = [a_department("区科委"), a_department("区商务委"), a_department("区科委", role="lead")]
    assert names_of(rows) == "区科委、区商务委"


def test_an_open_list_says_that_there_are_others() -> None:
    assert names_of([a_department("区科委", open_ended=True)]) == "区科委等相关部门"


def test_a_collective_is_not_followed_by_others_again() -> None:
    assert names_of([a_department("各相关部门", open_ended=True)]) == "各相关部门"


def test_bodies_of_one_plain_role_are_responsible() -> None:
    rows = (a_department("区金融工作局"), a_department("区科委"))
    assert responsibility("虹口区在线金融服务", rows) == "虹口区在线金融服务由区金融工作局、区科委负责"


def test_roles_that_the_text_tells_apart_are_told_apart() -> None:
    rows = (a_department("区商务委"), a_department("区经委", role="lead"), a_department("区财政局", role="cooperating"))
    said = responsibility("用地支持", rows)
    assert said.index("牵头单位：区经委") < said.index("责任单位：区商务委") < said.index("配合单位：区财政局")


def test_the_citation_follows_the_names() -> None:
    assert responsibility("用地支持", (a_department("区经委"),), "[1]。").endswith("区经委负责[1]。")
