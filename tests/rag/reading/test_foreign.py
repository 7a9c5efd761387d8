"""The places without documents that a question names."""

from __future__ import annotations

import pytest

from rag.reading.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("浦东新区怎么扶持在线新经济企业", "浦东新区"),
        ("徐汇人工智能由谁负责", "徐汇区"),
        ("杭州的直播电商政策是哪个部门管的", "杭州市"),
        ("深圳市工业互联网行动计划要培育多少家平台", "深圳市"),
        ("北京在线教育怎么发展", "北京市"),
    ],
)
def test_a_place_without_a_document_is_foreign(question: str, place: str, gazetteer: Gazetteer) -> None:
    scope = gazetteer.scope_of(question)
    assert (*scope.foreign, *scope.spoken_of) == (place,)
    assert scope.places == ()


def test_a_foreign_place_beside_a_covered_one_is_kept_where_both_are_asked_about(gazetteer: Gazetteer) -> None:
    scope = gazetteer.scope_of("虹口和徐汇的远程办公由谁负责")
    assert (scope.places, scope.foreign) == (("虹口区",), ("徐汇区",))


def test_a_foreign_place_that_a_text_names_is_no_question_about_it(gazetteer: Gazetteer) -> None:
    assert gazetteer.scope_of("长宁与浦东、徐汇等区域有什么差距").places == ("长宁区",)
