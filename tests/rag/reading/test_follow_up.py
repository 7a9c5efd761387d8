"""Follow-ups from words to clauses: what is taken over, what points back, and what is no follow-up."""

from __future__ import annotations

from typing import Any

import pytest

from rag.answer import PolicyQa
from rag.history import TURNS
from rag.types import Turn
from tests.builders import a_policy
from tests.rag.builders import a_qa

SUBSIDY = """一、稻谷收购补贴。种植户每亩补贴60元，合作社每亩补贴90元。
二、果园改造补贴。种植户每亩补贴200元，合作社每亩补贴300元。(责任部门:区林业局、区财政局)
三、申领程序。申请人每年5月底前向镇政府提出，镇政府10个工作日内初审。
四、人才公寓。新引进人才租期不超过3年，逾期应当在30日内腾退。
"""
WATER = """一、节水补贴。园区企业每吨补贴2元。
二、用水统计。园区企业每季度报送用水数据。(责任部门:区水务局)
三、林业局协助。苗圃用水由林业局核定。(责任部门:区林业局)
"""


@pytest.fixture(scope="module")
def office() -> PolicyQa:
    return a_qa(
        a_policy(SUBSIDY, "subsidy", title="示例区农业补贴实施办法"),
        a_policy(WATER, "water", title="示例区节约用水实施办法"),
    )


def said(question: str, answer: str) -> list[Turn]:
    return [Turn("user", question), Turn("assistant", answer)]


def first(qa: PolicyQa, question: str, history: list[Turn]) -> str | None:
    return next((row.clause_id for row in qa.ask(question, history).citations), None)


ORCHARD = said("果园改造的种植户每亩补贴多少？", "种植户每亩补贴200元。")


@pytest.mark.parametrize("question", ["那合作社呢？", "合作社的又给多少", "合作社每亩多少钱？"])
def test_what_is_left_open_comes_from_the_last_question(question: str, office: PolicyQa) -> None:
    assert first(office, question, ORCHARD) == "subsidy#二"


def test_the_question_put_anew_says_what_it_is_about(office: PolicyQa) -> None:
    rewritten = office.ask("合作社每亩多少钱？", ORCHARD).rewritten_question
    assert rewritten is not None
    assert "果园改造" in rewritten
    assert "合作社" in rewritten


def test_the_answers_words_tell_the_clause_too(office: PolicyQa) -> None:
    history = said("种植户有补贴吗？", "有，果园改造补贴，种植户每亩补贴200元。")
    assert first(office, "合作社每亩补贴多少？", history) == "subsidy#二"
    history = said("种植户有补贴吗？", "有，稻谷收购补贴，种植户每亩补贴60元。")
    assert first(office, "合作社每亩补贴多少？", history) == "subsidy#一"


def test_a_question_that_names_its_document_and_subject_leaves_the_last_one(office: PolicyQa) -> None:
    assert first(office, "《示例区节约用水实施办法》的节水补贴每吨多少？", ORCHARD) == "water#一"
    assert office.stands_alone("《示例区节约用水实施办法》的节水补贴每吨多少？", ORCHARD)
    assert not office.stands_alone("那合作社呢？", ORCHARD)


def test_a_body_that_the_last_answer_named_is_pointed_at(office: PolicyQa) -> None:
    history = said("示例区果园改造补贴由谁负责？", "由区林业局、区财政局负责。")
    answer = office.ask("第一个部门还负责什么？", history)
    assert answer.rewritten_question is not None
    assert "区林业局" in answer.rewritten_question
    assert "区财政局" not in answer.rewritten_question
    assert {row.clause_id for row in answer.citations} == {"subsidy#二", "water#三"}


def test_more_bodies_than_were_named_are_none(office: PolicyQa) -> None:
    history = said("示例区果园改造补贴由谁负责？", "由区林业局、区财政局负责。")
    rewritten = office.ask("第三个部门还负责什么？", history).rewritten_question
    assert rewritten is None or "区林业局" not in rewritten


def test_the_document_itself_is_asked_about(office: PolicyQa) -> None:
    rewritten = office.ask("这份文件是什么时候印发的？", ORCHARD).rewritten_question
    assert rewritten is not None
    assert "《示例区农业补贴实施办法》" in rewritten


@pytest.mark.parametrize("question", ["那合作社呢？", "它怎么申请？", "逾期的话呢？"])
def test_nothing_that_follows_a_question_on_policy_is_talk_or_out_of_scope(question: str, office: PolicyQa) -> None:
    answer = office.ask(question, ORCHARD)
    assert answer.status != "talk"
    assert answer.reason != "out_of_scope"


def test_thanks_are_still_thanks(office: PolicyQa) -> None:
    assert office.ask("好的，谢谢你", ORCHARD).status == "talk"


def test_what_an_answer_costs_does_not_grow_with_the_conversation(
    office: PolicyQa, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[str] = []
    search = office._retriever.search

    def counted(text: str, *rest: Any) -> Any:
        searched.append(text)
        return search(text, *rest)

    monkeypatch.setattr(office._retriever, "search", counted)
    office.ask("那合作社呢？", ORCHARD)
    few = len(searched)
    searched.clear()
    office.ask("那合作社呢？", ORCHARD * (5 * TURNS))
    assert len(searched) == few
    assert max(map(len, searched)) < 2000
