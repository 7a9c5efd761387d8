"""第二点展开说说: one item of the list that was just given."""

from __future__ import annotations

import pytest

from corpus.types import Corpus
from tests.rag.builders import Ask
from tests.rag.contract import breaches

PRINCIPLES = "2016年“互联网+”行动实施意见的推进原则有哪些？"
MEASURES = "虹口的专项行动有哪些？"
TASKS = "虹口区商务委负责哪些任务？"


@pytest.mark.parametrize(
    ("before", "follow_up", "clause_id"),
    [
        (PRINCIPLES, "第二点展开说说", "shanghai-2016#一/(二)/2"),
        (PRINCIPLES, "第一个呢？", "shanghai-2016#一/(二)/1"),
        (PRINCIPLES, "那第四条讲什么", "shanghai-2016#一/(二)/4"),
        (PRINCIPLES, "请把第三点说细一点", "shanghai-2016#一/(二)/3"),
        (MEASURES, "第二项说细一点", "hongkou-2020#三/14"),
        (MEASURES, "第6个是什么", "hongkou-2020#三/18"),
        (TASKS, "第三项具体是什么", "hongkou-2020#二/(二)/5"),
        ("长宁规划的保障措施有哪几条？", "第三条具体要怎么做", "changning-145#四/(三)"),
        ("嘉定附件3的重点提升措施有哪些？", "第六项说细一点，土地怎么给？", "jiading-2021#附件3/三/(六)"),
    ],
)
def test_a_counted_item_is_opened(before: str, follow_up: str, clause_id: str, ask: Ask, policies: Corpus) -> None:
    answer = ask(follow_up, before)
    assert answer.citations[0].clause_id == clause_id
    assert len(answer.citations) == 1
    assert answer.citations[0].quote in answer.answer
    assert breaches(answer, policies) == []


def test_who_is_responsible_for_the_item_is_answered(ask: Ask) -> None:
    answer = ask("第二项由谁负责？", MEASURES)
    assert answer.citations[0].clause_id == "hongkou-2020#三/14"
    assert [row.name for row in answer.departments] == ["区投促办", "区科委", "区金融工作局"]
    assert "区投促办" in answer.answer.split("“")[0]


@pytest.mark.parametrize(
    ("before", "follow_up"), [("长宁规划的保障措施有哪几条？", "第九条具体要怎么做"), (MEASURES, "第七个讲什么")]
)
def test_an_item_beyond_the_lists_end_opens_nothing_else(before: str, follow_up: str, ask: Ask) -> None:
    listed = {citation.clause_id for citation in ask(before).citations}
    answer = ask(follow_up, before)
    assert {citation.clause_id for citation in answer.citations} <= listed


def test_a_count_after_no_list_raises_nothing(ask: Ask, policies: Corpus) -> None:
    assert breaches(ask("第二点展开说说", "今天天气怎么样"), policies) == []


def test_a_count_without_a_history_is_asked_back_about(ask: Ask) -> None:
    assert ask("第二点展开说说").status in ("clarify", "refused")


def test_the_list_may_be_several_rounds_back_in_the_talk(ask: Ask) -> None:
    answer = ask("第二点展开说说", "虹口怎么发展在线教育？", PRINCIPLES)
    assert answer.citations[0].clause_id == "shanghai-2016#一/(二)/2"


@pytest.mark.parametrize(
    ("before", "follow_up", "clause_id"),
    [
        (MEASURES, "最后一项说细一点", "hongkou-2020#三/18"),
        (MEASURES, "倒数第二个讲什么", "hongkou-2020#三/17"),
        ("上海2020年方案第22条讲什么", "下一条呢？", "shanghai-2020#四/23"),
        ("上海2020年方案第22条讲什么", "上一条呢？", "shanghai-2020#四/21"),
    ],
)
def test_the_last_and_the_next_are_opened(before: str, follow_up: str, clause_id: str, ask: Ask) -> None:
    assert [citation.clause_id for citation in ask(follow_up, before).citations] == [clause_id]


def test_there_is_nothing_after_the_last_clause(ask: Ask) -> None:
    answer = ask("下一条呢？", "虹口实施意见第23条讲什么")
    assert (answer.status, answer.reason) == ("refused", "not_stated")


def test_a_point_inside_the_clause_given_is_quoted_alone(ask: Ask) -> None:
    answer = ask("第三点展开说说", "长宁发展在线新经济有什么短板？")
    assert answer.citations[0].clause_id == "changning-145#一/(二)"
    assert answer.citations[0].quote.startswith("三是")
    assert "四是" not in answer.citations[0].quote


@pytest.mark.parametrize("follow_up", ["除了这个还牵头什么？", "他们另外还负责哪些？"])
def test_the_rest_of_the_bodys_tasks_leaves_out_the_one_given(follow_up: str, ask: Ask) -> None:
    before = "嘉定的在线文娱由谁牵头？"
    given = ask(before).citations[0].clause_id
    answer = ask(follow_up, before)
    assert {row.name for row in answer.departments} == {"区文旅局"}
    assert given not in {citation.clause_id for citation in answer.citations}
    assert answer.facts is not None
    assert answer.facts["kind"] == "department_tasks"
