"""The places of the corpus that a question names."""

from __future__ import annotations

import pytest

from rag.reading.gazetteer import Gazetteer
from rag.scope import Scope
from tests.builders import a_corpus, a_policy


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("虹口区在线教育由谁负责", ("虹口区",)),
        ("虹口在线教育由谁负责", ("虹口区",)),
        ("嘉定跨境电商谁牵头", ("嘉定区",)),
        ("長寧區在線教育", ("长宁区",)),
        ("上海市虹口区的在线教育", ("虹口区",)),
        ("上海的在线教育", ("上海市",)),
        ("上海市在线教育由谁负责", ("上海市",)),
        ("市里的行动方案怎么说", ("上海市",)),
        ("全市要建多少家无人工厂", ("上海市",)),
        ("在线教育由谁负责", ()),
        ("区科委负责哪些任务", ()),
    ],
)
def test_a_place_is_read_in_full_or_short(question: str, places: tuple[str, ...], gazetteer: Gazetteer) -> None:
    assert gazetteer.scope_of(question).places == places


def test_two_places_are_both_meant_in_the_order_named(gazetteer: Gazetteer) -> None:
    assert gazetteer.scope_of("嘉定和虹口的在线文娱由谁负责").places == ("嘉定区", "虹口区")


def test_the_city_beside_a_district_is_meant_as_well(gazetteer: Gazetteer) -> None:
    assert set(gazetteer.scope_of("虹口和上海市的在线教育分别由谁负责").places) == {"虹口区", "上海市"}
    assert set(gazetteer.scope_of("虹口和市里的在线教育分别由谁负责").places) == {"虹口区", "上海市"}


@pytest.mark.parametrize("question", ["“上海微校”是什么", "嘉定的“上海国际短视频中心”在建吗", "上海国际汽车城负责什么"])
def test_a_name_that_begins_with_the_city_does_not_mean_the_city(question: str, gazetteer: Gazetteer) -> None:
    assert "上海市" not in gazetteer.scope_of(question).places


def test_a_corpus_without_places_has_no_place_to_name() -> None:
    gazetteer = Gazetteer(a_corpus(a_policy(jurisdiction=None)))
    assert gazetteer.places == ()
    assert gazetteer.scope_of("在线教育由谁负责") == Scope()
