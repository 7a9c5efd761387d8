"""Places or years side by side, and two questions in one. What is missing is said."""

from __future__ import annotations

import pytest

from corpus.types import Corpus
from rag.types import Answer
from tests.rag.builders import Ask
from tests.rag.contract import breaches


def cited(answer: Answer) -> list[str]:
    return [citation.clause_id for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("虹口和上海市的在线教育分别由谁负责？", ["hongkou-2020#二/(二)/6", "shanghai-2020#二/10"]),
        ("虹口和长宁在远程办公方面有什么不同？", ["hongkou-2020#二/(三)/12", "changning-145#三/(一)/3"]),
        ("虹口和市里的包容审慎监管分别怎么规定？", ["hongkou-2020#四/20", "shanghai-2020#四/20"]),
    ],
)
def test_each_place_is_answered_by_its_own_clause(
    question: str, clauses: list[str], ask: Ask, policies: Corpus
) -> None:
    answer = ask(question)
    assert answer.status == "answered"
    assert cited(answer) == clauses
    assert breaches(answer, policies) == []


def test_departments_of_both_places_are_listed(ask: Ask) -> None:
    answer = ask("虹口和上海市的在线教育分别由谁负责？")
    assert {(row.name, row.jurisdiction, row.citation) for row in answer.departments} == {
        ("区教育局", "虹口区", 1),
        ("区人力资源社会保障局", "虹口区", 1),
        ("区科委", "虹口区", 1),
        ("市教委", "上海市", 2),
        ("市人力资源社会保障局", "上海市", 2),
        ("市经济信息化委", "上海市", 2),
    }


def test_where_one_place_does_not_say_the_answer_is_partial_and_says_so(ask: Ask, policies: Corpus) -> None:
    answer = ask("虹口和长宁的在线教育由哪些部门负责？")
    assert answer.status == "partial"
    assert cited(answer) == ["hongkou-2020#二/(二)/6"]
    assert "长宁" in answer.answer
    assert breaches(answer, policies) == []


@pytest.mark.parametrize(
    ("question", "missing"),
    [("虹口和徐汇的远程办公由谁负责？", "徐汇"), ("虹口和浦东新区的在线教育分别由谁负责？", "浦东")],
)
def test_a_place_without_a_document_leaves_the_answer_partial(
    question: str, missing: str, ask: Ask, policies: Corpus
) -> None:
    answer = ask(question)
    assert answer.status == "partial"
    assert missing in answer.answer
    assert {citation.jurisdiction for citation in answer.citations} == {"虹口区"}
    assert breaches(answer, policies) == []


def test_two_years_of_one_place_are_both_looked_at(ask: Ask, policies: Corpus) -> None:
    answer = ask("上海2016年的意见和2020年的行动方案分别由哪些部门负责在线教育、互联网教育？")
    looked_at = {row.document_id for row in (*answer.citations, *answer.nearest)}
    assert looked_at == {"shanghai-2016", "shanghai-2020"}
    assert breaches(answer, policies) == []


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("虹口在线教育由谁负责，在线医疗由谁负责？", ["hongkou-2020#二/(二)/6", "hongkou-2020#二/(二)/8"]),
        ("虹口的远程办公归谁管？另外新型移动出行归谁管？", ["hongkou-2020#二/(三)/12", "hongkou-2020#二/(三)/11"]),
        ("虹口的在线医疗和远程办公，各由哪些部门负责？", ["hongkou-2020#二/(二)/8", "hongkou-2020#二/(三)/12"]),
    ],
)
def test_two_questions_in_one_are_both_answered(question: str, clauses: list[str], ask: Ask, policies: Corpus) -> None:
    answer = ask(question)
    assert cited(answer) == clauses
    assert breaches(answer, policies) == []


def test_two_questions_about_two_places_keep_their_places(ask: Ask, policies: Corpus) -> None:
    answer = ask("虹口在线教育由谁负责？嘉定的跨境电商全产业链基地由谁牵头？")
    assert cited(answer) == ["hongkou-2020#二/(二)/6", "jiading-2021#附件3/三/(八)"]
    assert breaches(answer, policies) == []


def test_numbers_in_brackets_inside_a_quotation_stay_as_printed(ask: Ask) -> None:
    # 附件3/三/(二) quotes 嘉商[2020]9号; it comes second, so its mark is moved from [1] to [2].
    answer = ask("虹口在线教育由谁负责？嘉定鼓励电商企业进入资本市场由谁负责？")
    assert cited(answer) == ["hongkou-2020#二/(二)/6", "jiading-2021#附件3/三/(二)"]
    assert "嘉商[2020]9号" in answer.citations[1].quote
    assert answer.citations[1].quote in answer.answer


def test_a_half_without_an_answer_is_named(ask: Ask) -> None:
    answer = ask("虹口的在线医疗由谁负责？医院能拿到多少万元补贴？")
    assert answer.status == "partial"
    assert [citation.clause_id for citation in answer.citations] == ["hongkou-2020#二/(二)/8"]
    assert "医院能拿到多少万元补贴" in answer.answer


def test_lists_and_addresses_are_compared_as_well(ask: Ask) -> None:
    lists = ask("长宁和嘉定的保障措施各有哪些？")
    assert len(lists.citations) == 8
    ambiguous = ask("嘉定和长宁第三部分第一条分别讲什么？")
    assert [citation.clause_id for citation in ambiguous.citations] == ["changning-145#三/(一)/1"]
    assert {citation.document_id for citation in ambiguous.nearest} == {"jiading-2021"}


def test_two_documents_of_one_place_are_told_apart_by_their_titles(ask: Ask) -> None:
    answer = ask("上海2016年和2020年对教育分别怎么说？")
    assert answer.answer.startswith("《上海市推进“互联网+”行动实施意见》：")
    assert "\n《上海市促进在线新经济发展行动方案" in answer.answer
