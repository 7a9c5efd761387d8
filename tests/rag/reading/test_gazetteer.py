"""What a question names side by side."""

from __future__ import annotations

from rag.reading.gazetteer import Gazetteer


def test_one_place_has_no_alternatives(gazetteer: Gazetteer) -> None:
    question = "虹口区在线教育由谁负责"
    assert gazetteer.alternatives(question, gazetteer.scope_of(question)) == ()


def test_two_places_are_two_alternatives(gazetteer: Gazetteer) -> None:
    question = "虹口和嘉定的在线文娱由谁负责"
    rows = gazetteer.alternatives(question, gazetteer.scope_of(question))
    assert [row.places for row in rows] == [("虹口区",), ("嘉定区",)]


def test_two_years_are_two_alternatives(gazetteer: Gazetteer) -> None:
    question = "上海2016年和2020年的文件对数据开放怎么说"
    rows = gazetteer.alternatives(question, gazetteer.scope_of(question))
    assert {row.documents for row in rows} == {("shanghai-2016",), ("shanghai-2020",)}
