"""What hotline staff read out, cite and hand on."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.load import load_corpus
from corpus.script import simplify
from index.settings import ROOT
from rag.spoken import BREATH, cited_as, handed_to, spoken, work_order

CORPUS = load_corpus(Path(ROOT) / "corpus" / "policies")
CLAUSE = "hongkou-2020#二/(二)/3"
_SIGNS = re.compile(r"[\W_至—–-]")


def plain(text: str) -> str:
    return _SIGNS.sub("", simplify(text))


DAY = date(2021, 6, 1)  # every document is in its period


def of(clause_id: str) -> tuple:  # type: ignore[type-arg]
    return CORPUS.clause(clause_id), CORPUS.document(clause_id.partition("#")[0])


@pytest.mark.parametrize("clause", CORPUS.clauses, ids=lambda clause: clause.clause_id)
def test_what_is_read_out_is_the_clauses_own(clause) -> None:  # type: ignore[no-untyped-def]
    """Between the opening and the bodies there are whole sentences of it and nothing else; it ends as a sentence."""
    document = CORPUS.document(clause.document_id)
    assert document is not None
    said = spoken(clause, document)
    middle = said.partition("文件里写道：")[2]
    middle = re.split("(?:牵头的是|责任部门是|配合的是|参与的是|这一条没有写明|这一条只有标题|这份文件)", middle)[0]
    assert plain(middle) in plain(clause.text)
    assert said.endswith("以上以原文为准。")


def test_most_clauses_are_read_in_half_a_minute() -> None:
    lengths = [
        len(spoken(clause, document, None, DAY))
        for clause in CORPUS.clauses
        if (document := CORPUS.document(clause.document_id))
    ]
    assert sum(length <= BREATH for length in lengths) / len(lengths) > 0.75
    assert max(lengths) < 2.5 * BREATH  # one long sentence is read whole rather than cut


def test_the_words_that_were_relied_on_are_read_first() -> None:
    clause, document = of(CLAUSE)
    assert "鼓励开展生物识别支付" in spoken(
        clause, document, "鼓励开展生物识别支付、智能穿戴设备支付等在线支付服务创新"
    )
    assert "加快金融科技" not in spoken(clause, document, "鼓励开展生物识别支付、智能穿戴设备支付等在线支付服务创新")


def test_it_is_cited_and_handed_on_as_printed() -> None:
    clause, document = of(CLAUSE)
    cited = cited_as(clause, document, "鼓励开展生物识别支付")
    assert cited == (
        "《虹口区落实《上海市促进在线新经济发展行动方案(2020—2022年)》的实施意见》（虹口区人民政府，2020年4月30日）"
        "二、重点领域 > (二)大力发展在线服务 > 3.在线金融服务：“鼓励开展生物识别支付”"
    )
    assert handed_to(clause) == "责任：区金融工作局、区科委"
    order = work_order(clause, document, None, "在线支付谁来管", DAY)
    assert [line[:4] for line in order.splitlines()] == [
        "【诉求】",
        "【口播】",
        "【依据】",
        "【转办】",
        "【条款】",
        "（以原文",
    ]


def test_a_clause_without_bodies_says_so() -> None:
    clause, document = of("changning-145#三/(一)/1")
    assert "没有写明责任部门" in spoken(clause, document)
    assert handed_to(clause) == "原文没有写明责任部门"


def test_a_period_that_is_over_is_said_aloud_and_in_the_work_order() -> None:
    clause, document = of(CLAUSE)
    words = "这份文件自定的实施期已过，是否继续有效，原文没有写明。"
    assert words in spoken(clause, document, None, date(2023, 1, 1))
    assert f"【提示】{words}" in work_order(clause, document, as_of=date(2023, 1, 1))
    assert words not in spoken(clause, document, None, DAY)


def test_a_repeal_without_a_day_is_said_aloud_and_in_the_work_order() -> None:
    clause, document = of(CLAUSE)
    repealed = replace(document, metadata=replace(document.metadata, repealed=True))
    words = "这份文件已废止或失效，仅供查考。"
    assert words in spoken(clause, repealed, None, DAY)
    assert f"【提示】{words}" in work_order(clause, repealed, as_of=DAY)


def test_of_the_words_relied_on_those_that_were_asked_for_are_read() -> None:
    clause, document = of(CLAUSE)
    said = spoken(clause, document, clause.text, DAY, "虹口区生物识别支付由谁管？")
    assert "写道：鼓励开展生物识别支付" in said


def test_a_citation_in_writing_names_the_page_of_a_paged_document() -> None:
    clause, document = of(CLAUSE)
    paged = replace(document, pages=(0, clause.start + 3))
    assert f"{clause.label}第1页：“" in cited_as(clause, paged)
    assert f"{clause.label}第2页：“{clause.text[3:9]}”" in cited_as(clause, paged, clause.text[3:9])
    assert f"{clause.label}：“" in cited_as(clause, document)
