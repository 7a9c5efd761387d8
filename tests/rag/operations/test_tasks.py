"""What bodies have to do: from brackets, and from the sentences of texts that have none."""

from __future__ import annotations

import pytest

from corpus.types import Document
from rag.answer import PolicyQa
from tests.builders import a_policy
from tests.rag.builders import a_qa

LAW = """云湖市湿地保护条例

第一条 为了保护湿地，制定本条例。
第二条 市林业部门负责全市湿地的规划；组织湿地调查；公布湿地名录。市水务部门负责湿地补水。
第三条 市林业、水务等部门应当协同做好湿地宣传。
第四条 占用湿地的，应当经市林业部门批准。林业部门工作人员玩忽职守的，依法处理。
第五条 市、区财政部门应当安排湿地保护经费。
"""
PLAN = """云湖市推进古镇旅游工作方案

一、重点任务
（一）修缮沿河古宅。修缮古宅三十处。（牵头单位：市住建局；责任单位：市文旅局、市财政局）
（二）开通水上巴士。开通航线两条。（责任单位：市交通局）
（三）培训讲解人员。每年培训一百人。（责任单位：市文旅局、市财政局）
"""


@pytest.fixture(scope="module")
def qa() -> PolicyQa:
    return a_qa(of_the_city(LAW, "云湖市湿地保护条例"), of_the_city(PLAN, "云湖市推进古镇旅游工作方案"))


def of_the_city(text: str, title: str) -> Document:
    return a_policy(text, title, title=title, jurisdiction="云湖市")


def paths(qa: PolicyQa, question: str) -> list[str]:
    return [citation.clause_path for citation in qa.ask(question).citations]


def test_a_laws_tasks_are_quoted_with_what_the_sentence_goes_on_to_say(qa: PolicyQa) -> None:
    answer = qa.ask("湿地保护条例里市林业部门负责哪些工作？")
    assert "市林业部门负责全市湿地的规划；组织湿地调查；公布湿地名录。" in answer.answer
    assert "湿地补水" not in answer.answer
    assert "玩忽职守" not in answer.answer


def test_every_clause_that_the_body_does_something_in_is_cited(qa: PolicyQa) -> None:
    assert paths(qa, "湿地保护条例里市林业部门负责哪些工作？") == ["第二条", "第三条", "第四条"]


def test_a_level_with_a_field_of_work_names_the_office_of_that_level(qa: PolicyQa) -> None:
    assert paths(qa, "湿地保护条例里区财政要做什么工作？") == ["第五条"]


def test_headings_say_the_tasks_that_brackets_give(qa: PolicyQa) -> None:
    answer = qa.ask("古镇旅游方案里市文旅局有哪些任务？")
    assert "共 2 项" in answer.answer
    assert "修缮沿河古宅[1]；培训讲解人员[2]" in answer.answer


def test_of_two_bodies_together_only_the_shared_tasks_are_given(qa: PolicyQa) -> None:
    assert len(paths(qa, "古镇旅游方案里市住建局和市文旅局共同负责的任务有哪几项？")) == 1


def test_no_tasks_are_given_for_a_question_that_only_mentions_a_body(qa: PolicyQa) -> None:
    answer = qa.ask("我家门口的湿地被填了，去市林业部门要办什么手续，带身份证吗？")
    assert not (answer.facts and answer.facts["kind"] == "department_tasks")
