"""Each measure by hand: what counts, what doesn't, and None where it does not apply."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from eval.metrics import (
    departments_exact,
    facts_present,
    mean,
    precision,
    recall,
    score,
    ungrounded_bodies,
    ungrounded_numbers,
)
from tests.eval.builders import a_citation, a_question, a_refusal, an_answer, an_unanswerable_question

EDUCATION, SCIENCE = ("区教育局", "虹口区"), ("区科委", "虹口区")


def listed(*names: tuple[str, str | None]) -> list[dict[str, Any]]:
    return [
        {"name": name, "jurisdiction": place, "role": "responsible", "citation": n}
        for n, (name, place) in enumerate(names, start=1)
    ]


@pytest.mark.parametrize(
    ("cited", "gold", "need", "share"),
    [
        (["a"], ["a"], "all", 1),
        (["a", "x", "y"], ["a"], "all", 1),
        (["a"], ["a", "b"], "all", 1 / 2),
        (["b", "x", "a"], ["a", "b", "c"], "all", 2 / 3),
        (["x"], ["a"], "all", 0),
        ([], ["a", "b"], "all", 0),
        (["a", "a"], ["a", "b"], "all", 1 / 2),
        (["b"], ["a", "b"], "any", 1),
        (["a", "b"], ["a", "b"], "any", 1),
        (["x"], ["a", "b"], "any", 0),
        ([], ["a", "b"], "any", 0),
        (["a"], ["a", "a"], "all", 1),
    ],
)
def test_recall_is_the_share_of_gold_that_is_cited(cited: list[str], gold: list[str], need: str, share: float) -> None:
    assert recall(cited, gold, need) == share


@pytest.mark.parametrize(
    ("cited", "gold", "share"),
    [
        (["a"], ["a"], 1),
        (["a"], ["a", "b"], 1),
        (["a", "x"], ["a"], 1 / 2),
        (["x", "a", "y", "b"], ["a", "b"], 2 / 4),
        (["x"], ["a"], 0),
        (["a", "a", "x"], ["a"], 1 / 2),  # a clause that is cited twice is one
    ],
)
def test_precision_is_the_share_of_citations_that_are_gold(cited: list[str], gold: list[str], share: float) -> None:
    assert precision(cited, gold) == share


@pytest.mark.parametrize(
    ("gold", "answer", "right"),
    [
        ((EDUCATION, SCIENCE), (SCIENCE, EDUCATION), 1.0),
        ((EDUCATION,), (EDUCATION, EDUCATION), 1.0),  # once a citation is fine
        ((), (), 1.0),
        ((EDUCATION, SCIENCE), (EDUCATION,), 0.0),
        ((EDUCATION,), (EDUCATION, SCIENCE), 0.0),
        ((), (EDUCATION,), 0.0),
        ((EDUCATION,), (("区教育局", "嘉定区"),), 0.0),
        ((EDUCATION,), (("区教育局", None),), 0.0),
        ((("人民银行上海总部", None),), (("人民银行上海总部", None),), 1.0),
    ],
)
def test_departments_are_right_only_if_all_and_no_other_are_listed_each_under_its_place(
    gold: tuple[tuple[str, str | None], ...], answer: tuple[tuple[str, str | None], ...], right: float
) -> None:
    assert departments_exact(an_answer(departments=listed(*answer)), a_question(departments=gold)) == right


def test_departments_do_not_apply_without_gold() -> None:
    assert departments_exact(an_answer(departments=listed(SCIENCE)), a_question(departments=None)) is None


@pytest.mark.parametrize(
    ("text", "facts", "share"),
    [
        ("到2022年建成100家。", (("100家",),), 1),
        ("到2022年建成100家。", (("100家",), ("2023年",)), 1 / 2),
        ("到2022年建成100家。", (("一百家", "100家"), ("2022年",)), 1),
        ("建成１００家，占８０％。", (("100家",), ("80%",)), 1),  # full width
        ("打造智能家居開放平臺", (("智能家居开放平台",),), 1),  # traditional
        ("打造智能家居开放平台", (("智能家居開放平臺",),), 1),
        ("建成 100 家", (("100家",),), 1),
        ("什么也没说", (("100家",), ("2022年",), ("80%",)), 0),
    ],
)
def test_facts_are_the_share_of_which_one_wording_stands_in_the_answer(
    text: str, facts: tuple[tuple[str, ...], ...], share: float
) -> None:
    assert facts_present(text, facts) == share


@pytest.mark.parametrize(
    ("text", "clause", "numbers"),
    [
        ("要建100家[1]。", "到2022年建成100家。", []),
        ("要建200家[1]。", "到2022年建成100家。", ["200"]),
        ("建100家，占80.5%[1]。", "建成100家。", ["80.5"]),
        ("建１００家。", "建成100家。", []),  # full width
        ("建100家。", "建成１００家。", []),
        ("04月、4月。", "2020年4月", []),  # a leading zero is no other number
        ("到2022年。到2022年。", "无", ["2022", "2022"]),
        ("一百家。", "建成100家。", []),  # numerals in characters are not looked at
        ("没有数字。", "建成100家。", []),
        ("[1][12]", "建成。", []),  # numbers of citations
        ("区科委的任务共 17 项：《方案》10项；牵头3项，配合4项。", "建成。", []),  # what the product counts itself
        ("《方案》有4个附件，分5个部分。", "建成。", []),
        ("共 17 项，要建200家。", "建成。", ["200"]),
    ],
)
def test_a_number_is_ungrounded_where_no_cited_clause_gives_it(text: str, clause: str, numbers: list[str]) -> None:
    assert ungrounded_numbers(an_answer(a_citation(text=clause), answer=text)) == numbers


@pytest.mark.parametrize(
    "field",
    [
        {"document_title": "行动方案(2021-2025年)"},
        {"document_number": "嘉府办发〔2021〕12号"},
        {"issued_on": "2021-03-19"},
        {"clause_label": "四、2021年的工作"},
    ],
    ids=lambda field: next(iter(field)),
)
def test_what_the_document_says_about_itself_grounds_a_number(field: dict[str, str]) -> None:
    assert ungrounded_numbers(an_answer(a_citation(**field), answer="2021年")) == []


def test_any_cited_clause_grounds_a_number() -> None:
    answer = an_answer(a_citation(text="100家"), a_citation(text="200家"), answer="100家、200家、300家。")
    assert ungrounded_numbers(answer) == ["300"]


def test_a_refusal_has_no_ungrounded_numbers() -> None:
    assert ungrounded_numbers(a_refusal(answer="12345热线没有写到。")) == []


def test_a_mean_leaves_out_what_does_not_apply() -> None:
    assert mean([1.0, None, 0.0, 0.5]) == (pytest.approx((1 + 0 + 0.5) / 3), 3)
    assert mean([None, None]) == (None, 0)
    assert mean([]) == (None, 0)
    assert mean([0.0]) == (0.0, 1)


def test_an_answered_question_is_scored_on_its_citations() -> None:
    question = a_question("demo#二", "demo#三", departments=(EDUCATION,), facts=(("区教育局",), ("10家",)))
    answer = an_answer("demo#二", "demo#九", departments=listed(EDUCATION))
    scored = score(question, answer)
    assert (scored.question_id, scored.kind) == ("q1", "lookup")
    assert (scored.clause_first, scored.recall, scored.precision) == (1.0, 1 / 2, 1 / 2)
    assert (scored.departments, scored.facts) == (1.0, 1 / 2)
    assert (scored.refused_wrongly, scored.refused_rightly, scored.reason_right) == (0.0, None, None)
    assert (scored.ungrounded_numbers, scored.length, scored.latency_ms) == (0, len("由区教育局负责[1]。"), 2.5)


def test_gold_that_is_cited_second_is_not_first() -> None:
    scored = score(a_question("demo#二"), an_answer("demo#九", "demo#二"))
    assert (scored.clause_first, scored.recall, scored.precision) == (0.0, 1.0, 1 / 2)


def test_a_wrongly_refused_question_cites_nothing_and_precision_does_not_apply() -> None:
    scored = score(a_question("demo#二", departments=(EDUCATION,), facts=(("10家",),)), a_refusal())
    assert (scored.clause_first, scored.recall, scored.precision) == (0.0, 0.0, None)
    assert (scored.departments, scored.facts) == (0.0, 0.0)
    assert (scored.refused_wrongly, scored.refused_rightly, scored.reason_right) == (1.0, None, None)


def test_an_answerable_question_without_gold_is_not_scored_on_citations() -> None:
    scored = score(a_question(), an_answer("demo#一"))
    assert (scored.clause_first, scored.recall, scored.precision) == (None, None, None)
    assert scored.refused_wrongly == 0.0


@pytest.mark.parametrize(("reason", "right"), [("not_stated", 1.0), ("not_in_corpus", 0.0)])
def test_a_right_refusal_is_scored_on_its_reason_alone(reason: str, right: float) -> None:
    scored = score(an_unanswerable_question(reason="not_stated"), a_refusal(reason))
    assert (scored.refused_rightly, scored.reason_right) == (1.0, right)
    not_applicable = (scored.clause_first, scored.recall, scored.precision, scored.departments, scored.facts)
    assert not_applicable == (None,) * 5
    assert scored.refused_wrongly is None


def test_an_unanswerable_question_that_is_answered_has_no_reason_to_be_right() -> None:
    scored = score(an_unanswerable_question(), an_answer("demo#一"))
    assert (scored.refused_rightly, scored.reason_right) == (0.0, None)


@pytest.mark.parametrize(("status", "refused"), [("refused", 1.0), ("error", 1.0), ("partial", 0.0), ("clarify", 0.0)])
def test_an_error_counts_as_refused_and_half_an_answer_does_not(status: str, refused: float) -> None:
    assert score(a_question("demo#一"), an_answer(status=status)).refused_wrongly == refused


def test_asking_back_is_right_where_it_is_wanted() -> None:
    asks_back = an_answer(status="clarify")
    assert score(an_unanswerable_question(status="clarify", reason=None), asks_back).refused_rightly == 1.0
    assert score(an_unanswerable_question(), asks_back).refused_rightly == 0.0


def test_a_question_without_gold_of_any_kind_is_not_scored() -> None:
    scored = score(a_question(answerable=None, status=None), an_answer("demo#一"))
    measures = ("clause_first", "recall", "precision", "departments", "facts", "refused_rightly", "refused_wrongly")
    assert {getattr(scored, name) for name in measures} == {None}


def test_an_office_that_no_citation_names_is_ungrounded() -> None:
    cited = a_citation(text="在线教育。(责任部门:区教育局)", departments=[{"name": "区教育局"}])
    assert ungrounded_bodies(an_answer(cited, answer="由区教育局负责[1]。")) == []
    assert ungrounded_bodies(an_answer(cited, answer="由区教育局、区科委负责[1]。")) == ["区科委"]
    asked = an_answer(cited, question="是区科委牵头吧", answer="原文没有写由区科委牵头[1]。")
    assert ungrounded_bodies(asked) == []


@pytest.mark.parametrize(
    ("gold", "names", "right"),
    [
        ("镇人民政府、街道办事处", ("镇人民政府", "街道办事处"), 1),
        ("镇人民政府、街道办事处", ("镇人民政府、街道办事处",), 1),
        ("税务、财政等部门", ("税务", "财政"), 1),
        ("市财政局、市民政局和市统计局", ("市财政局", "市民政局", "市统计局"), 1),
        ("市人力资源和社会保障局、市财政局", ("市人力资源和社会保障局", "市财政局"), 1),
        ("镇人民政府、街道办事处", ("镇人民政府",), 0),
        ("镇人民政府、街道办事处", ("镇人民政府", "街道办事处", "区民政局"), 0),
        ("税务、财政等部门", ("财政",), 0),
        ("镇人民政府、街道办事处", (), 0),
    ],
)
def test_a_gold_row_of_several_bodies_is_right_when_all_of_them_are_listed(
    gold: str, names: tuple[str, ...], right: int
) -> None:
    answer = an_answer(a_citation(departments=[]), departments=listed(*((name, "示例市") for name in names)))
    assert departments_exact(answer, a_question(departments=((gold, None),))) == right


def test_bodies_without_a_place_count_by_their_name_or_as_printed() -> None:
    question = a_question(departments=(("市财政", None), ("市民政局", None)))
    finance = {"name": "市财政部门", "printed": "市财政"}
    welfare = {"name": "市民政局", "printed": "市 民政局"}
    answer = an_answer(
        a_citation(departments=[finance, welfare]),
        departments=listed(("市财政部门", "青石市"), ("市民政局", "青石市")),
    )
    assert departments_exact(answer, question) == 1
    assert departments_exact({**answer, "departments": answer["departments"][:1]}, question) == 0


@pytest.mark.parametrize(("facts", "right"), [((("两百元",),), 0.0), ((("二百元",),), 1.0)])
def test_an_answer_is_fully_right_when_nothing_of_it_is_missing(
    facts: tuple[tuple[str, ...], ...], right: float
) -> None:
    question = a_question("demo#一", facts=facts)
    answer = an_answer("demo#一", answer="每月二百元[1]。")
    assert score(question, answer).fully_right == right


def test_a_refusal_of_what_the_texts_do_not_say_is_fully_right() -> None:
    assert score(an_unanswerable_question(), a_refusal()).fully_right == 1


def test_a_greeting_is_fully_right_when_it_is_not_answered_from_the_texts() -> None:
    question = replace(an_unanswerable_question(), status="talk")
    assert score(question, {**a_refusal(), "reason": "out_of_scope"}).fully_right == 1
    assert score(question, {**a_refusal(), "reason": "not_stated"}).fully_right == 0
