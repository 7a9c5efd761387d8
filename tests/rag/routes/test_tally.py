"""Counting over the table of clauses and departments, against counts made from the corpus."""

from __future__ import annotations

from collections import Counter

import pytest

from corpus.types import Corpus, Node
from rag.types import Answer
from tests.builders import a_policy
from tests.rag.builders import Ask, a_qa
from tests.rag.contract import breaches


def bodies_of(clause: Node) -> int:
    return sum(department.source == "bracket" for department in clause.departments)


def with_bodies(policies: Corpus, document_id: str, low: int, high: int) -> list[str]:
    """The clauses whose brackets name from `low` to `high` bodies."""
    document = policies.document(document_id)
    assert document is not None
    return [clause.clause_id for clause in document.clauses if low <= bodies_of(clause) <= high]


def cited(answer: Answer) -> list[str]:
    return [citation.clause_id for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "low", "high", "count"),
    [
        ("虹口哪些任务由四个以上部门负责？", 4, 99, 4),  # items 10, 13, 17, 19
        ("虹口只由一个部门负责的任务有哪些？", 1, 1, 1),  # item 20
        ("虹口由两个部门负责的任务有几项？", 2, 2, 11),
    ],
)
def test_clauses_are_counted_by_their_bodies(
    question: str, low: int, high: int, count: int, ask: Ask, policies: Corpus
) -> None:
    answer = ask(question)
    expected = with_bodies(policies, "hongkou-2020", low, high)
    assert len(expected) == count
    assert cited(answer) == expected
    assert answer.facts is not None
    assert (answer.facts["total"], answer.facts["complete"]) == (count, True)
    assert breaches(answer, policies) == []


@pytest.mark.parametrize(
    ("question", "place", "role"),
    [
        ("虹口哪个部门的任务最多？", "虹口区", None),
        ("嘉定哪个部门的任务最多？", "嘉定区", None),
        ("嘉定哪个部门牵头的任务最多？", "嘉定区", "lead"),
        ("上海市哪个部门的任务最多？", "上海市", None),
    ],
)
def test_the_body_with_the_most_tasks_is_counted(
    question: str, place: str, role: str | None, ask: Ask, policies: Corpus
) -> None:
    counts = Counter(
        department.name
        for clause in policies.clauses
        for department in clause.departments
        if (department.source, department.jurisdiction) == ("bracket", place) and role in (None, department.role)
    )
    name, total = counts.most_common(1)[0]
    answer = ask(question)
    assert {row.name for row in answer.departments} == {name}
    assert len(answer.citations) == total
    assert answer.facts is not None
    assert answer.facts["total"] == total
    assert breaches(answer, policies) == []


def test_a_place_without_brackets_has_nothing_to_count(ask: Ask, policies: Corpus) -> None:
    answer = ask("长宁哪个部门的任务最多？")
    assert answer.status == "refused"
    assert breaches(answer, policies) == []


def test_a_question_for_the_bodies_of_a_topic_is_no_tally(ask: Ask) -> None:
    assert cited(ask("虹口区在线金融服务由哪些部门负责？")) == ["hongkou-2020#二/(二)/3"]


def test_a_small_text_is_counted_too() -> None:
    qa = a_qa(a_policy("一、甲。(责任部门:区科委、区教育局)\n二、乙。(责任部门:区科委)\n三、丙。加强建设。\n"))
    assert [citation.clause_path for citation in qa.ask("示例区只由一个部门负责的任务有哪些？").citations] == ["二"]
    most = qa.ask("示例区哪个部门的任务最多？")
    assert [citation.clause_path for citation in most.citations] == ["一", "二"]
    assert breaches(most, qa.corpus) == []


def test_a_task_with_one_body_is_listed_with_that_body(ask: Ask) -> None:
    answer = ask("2016年的意见里，只归一个单位负责的任务是哪条？")
    assert [citation.clause_id for citation in answer.citations] == ["shanghai-2016#二/专项18"]
    assert "（市经济信息化委）" in answer.answer
