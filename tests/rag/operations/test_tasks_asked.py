"""What a body has to do: complete against a count made from the clauses, never another place's."""

from __future__ import annotations

import pytest

from corpus.types import Corpus, Node
from rag.types import Answer
from tests.builders import a_document, a_policy
from tests.rag.builders import Ask, a_qa
from tests.rag.contract import breaches


def clauses_of(name: str, jurisdiction: str, policies: Corpus, role: str | None = None) -> list[Node]:
    """Every clause that gives `name` a task, in its bracket or, without one, in its words: straight from the corpus."""
    return [
        clause
        for clause in policies.clauses
        if any(
            (d.name, d.jurisdiction) == (name, jurisdiction) and role in (None, d.role)
            for d in [d for d in clause.departments if d.source == "bracket"] or clause.departments
        )
    ]


def cited(answer: Answer) -> list[str]:
    return [citation.clause_id for citation in answer.citations]


# From reading: how many clauses give the body a task. 虹口 23 brackets, 上海 23 and 29, 嘉定 49, 长宁 none; and
# 嘉定's 附件1/四/(一), which has no bracket, names 区经委, 区商务委, 区科委 and 各街镇 among those that take part.
COUNTS = {
    ("虹口区", "区科委"): 17,
    ("虹口区", "区商务委"): 7,
    ("虹口区", "区投促办"): 5,
    ("虹口区", "区人力资源社会保障局"): 3,
    ("虹口区", "北外滩开发办"): 1,
    ("嘉定区", "区经委"): 22,
    ("嘉定区", "区商务委"): 21,
    ("嘉定区", "区科委"): 14,
    ("嘉定区", "区文旅局"): 11,
    ("嘉定区", "各街镇"): 10,
    ("嘉定区", "国际汽车城"): 4,
    ("嘉定区", "公安嘉定分局"): 3,
    ("上海市", "市经济信息化委"): 48,
    ("上海市", "市发展改革委"): 27,
    ("上海市", "市科委"): 22,
    ("上海市", "市国资委"): 3,
    ("上海市", "上海海关"): 1,
}


@pytest.mark.parametrize(("place", "name"), COUNTS, ids=lambda value: value)
def test_a_bodys_list_is_complete(place: str, name: str, ask: Ask, policies: Corpus) -> None:
    prefix = place if name.startswith("区") else ""
    answer = ask(f"{prefix}{name}负责哪些任务？")
    expected = clauses_of(name, place, policies)
    assert len(expected) == COUNTS[place, name]
    assert answer.status == "answered"
    assert sorted(cited(answer)) == sorted(clause.clause_id for clause in expected)
    assert answer.facts == {"kind": "department_tasks", "total": len(expected), "complete": True}
    assert f"{len(expected)}" in answer.answer
    assert breaches(answer, policies) == []


def test_every_body_of_every_bracket_has_its_list(ask: Ask, policies: Corpus) -> None:
    bodies = {(d.name, d.jurisdiction) for c in policies.clauses for d in c.departments if d.source == "bracket"}
    assert len(bodies) > 80
    for name, place in sorted(bodies):
        answer = ask(f"{place}{name}负责哪些任务？" if name[0] in "市区" else f"{name}负责哪些任务？")
        expected = [clause.clause_id for clause in clauses_of(name, place, policies)]
        assert sorted(set(cited(answer))) >= sorted(expected), (name, place)


def test_only_the_body_asked_for_is_listed_once_a_citation(ask: Ask) -> None:
    answer = ask("虹口区科委负责哪些任务？")
    assert {row.name for row in answer.departments} == {"区科委"}
    assert [row.citation for row in answer.departments] == list(range(1, 18))


def test_each_row_quotes_the_bracket_that_names_the_body(ask: Ask) -> None:
    for citation in ask("虹口区商务委负责哪些任务？").citations:
        assert "区商务委" in citation.quote
        assert citation.quote.startswith("(责任部门")


@pytest.mark.parametrize(
    ("question", "place", "name"),
    [
        ("虹口区发改委负责哪些任务？", "虹口区", "区发展改革委"),
        ("虹口区人社局有哪些工作？", "虹口区", "区人力资源社会保障局"),
        ("虹口区教委负责哪些任务？", "虹口区", "区教育局"),
        ("嘉定区经信委牵头和负责哪些任务？", "嘉定区", "区经委"),
        ("嘉定区公安局负责哪些任务？", "嘉定区", "公安嘉定分局"),
        ("市卫健委负责哪些任务？", "上海市", "市卫生健康委"),
        ("上海市科学技术委员会负责哪些任务？", "上海市", "市科委"),
        ("市監局的虹口區任務有哪些？", "虹口区", "区市场监管局"),
    ],
)
def test_a_spoken_or_full_name_means_the_printed_one(
    question: str, place: str, name: str, ask: Ask, policies: Corpus
) -> None:
    assert sorted(cited(ask(question))) == sorted(clause.clause_id for clause in clauses_of(name, place, policies))


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("市卫计委负责哪些任务？", "市卫生计生委"),  # printed in 2016 under this name
        ("市工商局负责哪些工作？", "市工商局"),
        ("市农业农村委有哪些任务？", "市农委"),  # the later name, not printed anywhere
        ("上海市生态环境局负责哪些工作？", "市环保局"),
    ],
)
def test_a_former_or_later_name_means_the_office_that_is_printed(
    question: str, name: str, ask: Ask, policies: Corpus
) -> None:
    answer = ask(question)
    assert cited(answer) == [clause.clause_id for clause in clauses_of(name, "上海市", policies)]
    assert name in answer.answer


@pytest.mark.parametrize("name", ["区科委", "区商务委"])
def test_a_name_of_two_places_is_answered_for_each(name: str, ask: Ask, policies: Corpus) -> None:
    answer = ask(f"{name}负责哪些任务？")
    expected = [*clauses_of(name, "虹口区", policies), *clauses_of(name, "嘉定区", policies)]
    assert sorted(cited(answer)) == sorted(clause.clause_id for clause in expected)
    assert {row.jurisdiction for row in answer.departments} == {"虹口区", "嘉定区"}
    assert f"虹口{name}" in answer.answer
    assert f"嘉定{name}" in answer.answer
    assert breaches(answer, policies) == []


@pytest.mark.parametrize(
    ("question", "name", "role", "count"),
    [
        ("嘉定区经委牵头哪些任务？", "区经委", "lead", 14),
        ("嘉定区商务委牵头哪些任务？", "区商务委", "lead", 5),
        ("嘉定区文旅局牵头的任务有哪些？", "区文旅局", "lead", 10),
        ("国资集团牵头哪些任务？", "国资集团", "lead", 1),
    ],
)
def test_a_role_limits_the_list(question: str, name: str, role: str, count: int, ask: Ask, policies: Corpus) -> None:
    answer = ask(question)
    assert sorted(cited(answer)) == sorted(c.clause_id for c in clauses_of(name, "嘉定区", policies, role))
    assert len(answer.citations) == count
    assert {row.role for row in answer.departments} == {role}


def test_without_a_role_lead_and_others_are_told_apart(ask: Ask) -> None:
    answer = ask("嘉定区经委负责哪些任务？")
    assert "牵头14项" in answer.answer
    assert "责任7项" in answer.answer


def test_cooperating_bodies_have_a_list_of_their_own() -> None:
    text = "一、甲。(牵头单位:区经委;配合单位:区科委)\n二、乙。(牵头单位:区科委;配合单位:区经委)\n"
    answer = a_qa(a_policy(text)).ask("示例区科委配合哪些任务？")
    assert [citation.clause_path for citation in answer.citations] == ["一"]
    assert [row.role for row in answer.departments] == ["cooperating"]


@pytest.mark.parametrize(
    ("question", "role"),
    [("虹口区科委牵头哪些任务？", "牵头"), ("虹口区科委配合哪些任务？", "配合"), ("嘉定区科委配合哪些工作？", "配合")],
)
def test_a_role_that_the_text_never_gives_is_denied_by_name(question: str, role: str, ask: Ask) -> None:
    # The body has tasks: only this role is missing, and a bare "no tasks" would be false.
    assert role in ask(question).answer


def test_an_annex_limits_the_list(ask: Ask) -> None:
    paths = [citation.clause_path for citation in ask("嘉定区文旅局在附件2里牵头哪些任务？").citations]
    assert len(paths) == 9
    assert all(path.startswith("附件2/") for path in paths)


def test_a_named_annex_limits_the_list(ask: Ask) -> None:
    answer = ask("嘉定电子商务附件里区商务委牵头哪些任务？")
    assert [citation.clause_path for citation in answer.citations] == ["附件3/三/(二)", "附件3/三/(十)"]


def test_a_year_limits_the_list(ask: Ask) -> None:
    answer = ask("2016年的意见里市经信委有哪些任务？")
    assert len(answer.citations) == 25
    assert {citation.document_id for citation in answer.citations} == {"shanghai-2016"}


@pytest.mark.parametrize(
    "question",
    [
        "长宁区科委负责哪些任务？",
        "长宁区商务委负责哪些任务？",
        "虹口区统计局负责哪些任务？",
        "虹口区经济委员会负责哪些任务？",
    ],
)
def test_another_places_body_is_never_answered_instead(question: str, ask: Ask, policies: Corpus) -> None:
    answer = ask(question)
    assert (answer.status, answer.reason) == ("refused", "not_stated")
    assert breaches(answer, policies) == []


@pytest.mark.parametrize(
    "question", ["2020年上海行动方案里市工商局有哪些任务？", "上海2016年的意见里市卫生健康委有哪些任务？"]
)
def test_another_documents_tasks_are_never_passed_off_as_the_named_ones(question: str, ask: Ask) -> None:
    named = "shanghai-2020" if "2020" in question else "shanghai-2016"
    answer = ask(question)
    assert answer.status in ("refused", "partial") or {c.document_id for c in answer.citations} == {named}


@pytest.mark.parametrize(
    ("question", "name"),
    [("虹口区外星事务局负责哪些任务？", "区外星事务局"), ("嘉定区月球办牵头哪些工作？", "区月球办")],
)
def test_a_body_that_no_text_prints_is_refused_by_name(question: str, name: str, ask: Ask, policies: Corpus) -> None:
    answer = ask(question)
    assert (answer.status, answer.reason) == ("refused", "not_found")
    assert f"没有出现“{name}”" in answer.answer
    assert breaches(answer, policies) == []


@pytest.mark.parametrize("question", ["虹口区科委负责在线教育吗？", "嘉定区商务委牵头在线文娱吗？"])
def test_a_question_about_one_topic_is_not_answered_with_the_whole_list(question: str, ask: Ask) -> None:
    assert len(ask(question).citations) <= 2


def test_a_body_that_only_the_words_name_counts_where_the_clause_has_no_bracket(ask: Ask) -> None:
    # 附件1/四/(一) has no bracket; 附件3/三/(五) has one with 各街镇, and tells them their part in its words as well.
    rows = cited(ask("嘉定区各街镇负责哪些任务？"))
    assert "jiading-2021#附件1/四/(一)" in rows
    assert rows.count("jiading-2021#附件3/三/(五)") == 1


def test_a_filter_limits_the_list() -> None:
    text = "一、甲。(责任部门:区科委)\n二、乙。(责任部门:区科委)\n"
    east, west = a_document(text, "east", "东区方案", "东区"), a_document(text, "west", "西区方案", "西区")
    qa = a_qa(east, west)
    assert len(qa.ask("区科委负责哪些任务？").citations) == 4
    assert len(qa.ask("东区科委负责哪些任务？").citations) == 2


def test_a_document_without_departments_has_no_list() -> None:
    qa = a_qa(a_policy("一、甲。加强建设。\n二、乙。加强宣传。\n"))
    answer = qa.ask("示例区科委负责哪些任务？")
    assert answer.status == "refused"
    assert breaches(answer, qa.corpus) == []


@pytest.mark.parametrize(
    "question",
    [
        "虹口区投促办身上一共压了几条任务？一条别漏",
        "来电人要书面材料，麻烦把虹口区投促办要承担的任务列全",
        "公司刚搬到虹口，想问区投促办手上到底有哪几块工作？",
        "虹口的投促办都管什么呀",
    ],
)
def test_a_body_named_without_a_subject_asks_for_its_tasks(question: str, ask: Ask, policies: Corpus) -> None:
    assert cited(ask(question)) == [clause.clause_id for clause in clauses_of("区投促办", "虹口区", policies)]


@pytest.mark.parametrize(
    "question", ["嘉定区交通委牵头的有哪些？配合的不算", "只看牵头的，不看配合的：嘉定区交通委有哪些任务"]
)
def test_a_role_that_is_set_aside_is_left_out(question: str, ask: Ask, policies: Corpus) -> None:
    expected = [clause.clause_id for clause in clauses_of("区交通委", "嘉定区", policies, "lead")]
    assert cited(ask(question)) == expected


def test_the_letters_of_a_document_number_are_no_body(ask: Ask) -> None:
    assert cited(ask("沪府办发〔2020〕1号是什么时候印发的？")) == ["shanghai-2020#标题"]
