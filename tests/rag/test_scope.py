"""Where a question looks: places, documents and annexes, and those that no document covers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.types import Corpus
from rag.scope import Gazetteer, Scope
from tests.builders import a_clause, a_corpus, a_policy


@pytest.fixture(scope="module")
def gazetteer(policies: Corpus) -> Gazetteer:
    return Gazetteer(policies)


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


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("上海2020年行动方案什么时候印发的", ("shanghai-2020",)),
        ("2016年的“互联网+”意见怎么说", ("shanghai-2016",)),
        ("上海2016年那份意见怎么说", ("shanghai-2016",)),
        ("上海16年的意见怎么说", ("shanghai-2016",)),
        ("嘉定2021年的行动方案", ("jiading-2021",)),
        ("《上海市促进在线新经济发展行动方案（2020-2022年）》怎么规定", ("shanghai-2020",)),
        ("《上海市促进在线新经济发展行动方案(2020—2022年)》怎么规定", ("shanghai-2020",)),
        ("《上海市推进“互联网+”行动实施意见》怎么规定", ("shanghai-2016",)),
        ("《上海市推進“互聯網+”行動實施意見》怎么规定", ("shanghai-2016",)),
        ("《长宁区在线新经济发展“十四五”规划》怎么规定", ("changning-145",)),
        ("到2025年嘉定要落地多少个示范项目", ()),
        ("2020年长宁的税收是多少", ()),
    ],
)
def test_a_document_is_named_by_year_or_title(question: str, documents: tuple[str, ...], gazetteer: Gazetteer) -> None:
    assert gazetteer.scope_of(question).documents == documents


def test_an_annex_is_named_by_its_title(gazetteer: Gazetteer) -> None:
    scope = gazetteer.scope_of("《嘉定区推进电子商务发展行动计划(2021-2025年)》怎么规定")
    assert scope.documents == ("jiading-2021",)
    assert "附件3" in scope.parts


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("嘉定附件1讲什么", "附件1"),
        ("嘉定附件二讲什么", "附件2"),
        ("嘉定附件 3 讲什么", "附件3"),
        ("嘉定智慧交通发展行动计划的目标", "附件4"),
        ("嘉定电子商务附件里的目标", "附件3"),
        ("嘉定正文的目标", "正文"),
    ],
)
def test_an_annex_is_named_by_number_or_topic(question: str, part: str, gazetteer: Gazetteer) -> None:
    assert part in gazetteer.scope_of(question).parts


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("上海2026年的行动方案有哪些重点", "2026年"),
        ("虹口区2024年的数字经济政策里5G由谁负责", "2024年"),
        ("嘉定2018年的实施意见怎么说", "2018年"),
        ("《中华人民共和国电子商务法》第三十八条怎么规定的", "电子商务法"),
        ("《长宁区支持在线新经济发展的若干政策(试行)》第五条写了什么", "若干政策"),
    ],
)
def test_a_document_that_is_not_here_is_named(question: str, named: str, gazetteer: Gazetteer) -> None:
    missing = gazetteer.scope_of(question).missing_document
    assert missing is not None
    assert named in missing


@pytest.mark.parametrize(
    "question",
    [
        "虹口落实《上海市促进在线新经济发展行动方案(2020—2022年)》的文号",
        "嘉定电商企业上市按照《嘉定区推动企业上市和挂牌的若干意见》给什么扶持",
        "到2030年嘉定的目标是什么",
        "虹口区在线教育由谁负责",
    ],
)
def test_what_a_text_relies_on_is_not_asked_for(question: str, gazetteer: Gazetteer) -> None:
    assert gazetteer.scope_of(question).missing_document is None


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


def test_two_documents_of_one_place_are_told_apart_by_year() -> None:
    corpus = a_corpus(
        a_policy(document_id="old", title="示例区行动方案（2016-2018年）"),
        a_policy(document_id="new", title="示例区行动方案（2021-2025年）"),
    )
    gazetteer = Gazetteer(corpus)
    assert gazetteer.scope_of("示例区2021年的方案怎么说").documents == ("new",)
    assert gazetteer.scope_of("示例区2016年的方案怎么说").documents == ("old",)
    assert gazetteer.scope_of("示例区的方案怎么说").documents == ()


def test_a_corpus_without_places_has_no_place_to_name() -> None:
    gazetteer = Gazetteer(a_corpus(a_policy(jurisdiction=None)))
    assert gazetteer.places == ()
    assert gazetteer.scope_of("在线教育由谁负责") == Scope()


CLAUSE = a_clause(path="附件1/一", document_id="demo")


def test_a_clause_of_another_place_is_out_of_the_question() -> None:
    assert Scope(places=("虹口区",)).bonus(CLAUSE, "嘉定区") is None


def test_a_clause_of_the_place_is_in_question_without_a_bonus() -> None:
    assert Scope(places=("虹口区",)).bonus(CLAUSE, "虹口区") == 0.0
    assert Scope().bonus(CLAUSE, None) == 0.0


def test_a_clause_of_the_named_document_gains() -> None:
    scope = Scope(documents=("demo",))
    assert (scope.bonus(CLAUSE, None) or 0) > 0
    assert scope.bonus(replace(CLAUSE, document_id="other"), None) == 0.0


def test_a_strictly_named_document_excludes_the_others() -> None:
    scope = Scope(documents=("other",), strict_documents=True)
    assert scope.bonus(CLAUSE, None) is None


def test_a_clause_of_the_named_annex_gains() -> None:
    assert (Scope(parts=("附件1",)).bonus(CLAUSE, None) or 0) > 0
    assert Scope(parts=("附件2",)).bonus(CLAUSE, None) == 0.0
