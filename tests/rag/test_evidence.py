"""Which stretch of a clause answers: whole sentences that fit, exact, no more than can be read out."""

from __future__ import annotations

import re

import pytest

from corpus.types import Corpus
from rag.evidence import BUDGET, WHOLE_LIMIT, evidence_of, item, opening, whole
from rag.lookup import Library
from rag.question import Understanding
from tests.builders import a_clause
from tests.rag.builders import found

SHORT = "3.在线金融服务。鼓励创新。提供便利。(责任部门:区金融工作局)"
LONG_SENTENCE = "加快金融科技深度融合，" * 20 + "。"  # 221 characters
LONG = f"3.在线金融服务。{LONG_SENTENCE}第二句讲支付。{LONG_SENTENCE}第四句讲保险。"
LISTED = "(二)不足。尚有短板。一是规模不大。总量少,要扩大。二是布局不优。园区少,要整合。三是制度不够。政策少,要完善。"


def test_a_short_clause_is_quoted_without_heading_and_bracket() -> None:
    assert evidence_of(found(a_clause(text=SHORT))).quote == "鼓励创新。提供便利。"


def test_of_a_long_clause_the_best_sentence_is_quoted() -> None:
    # Sentences: heading, long, 第二句, long, 第四句.
    quote = evidence_of(found(a_clause(text=LONG), 0.0, 0.0, 9.0, 0.0, 0.0), budget=50).quote
    assert quote == "第二句讲支付。"


def test_neighbours_that_fit_as_well_are_quoted_too() -> None:
    text = "1.标题。甲句在此。乙句在此。丙句在此。"
    rows = found(a_clause(text=text), 0.0, 5.0, 5.0, 0.0)
    assert evidence_of(rows, budget=11).quote == "甲句在此。乙句在此。"


def test_a_sentence_with_the_questions_rare_term_comes_first() -> None:
    rows = found(a_clause(text=LONG))
    assert "保险" in evidence_of(rows, terms=["保险"], budget=50).quote
    assert "支付" in evidence_of(rows, terms=["支付"], budget=50).quote


def test_a_sentence_with_the_wanted_value_comes_first() -> None:
    text = f"1.标题。{LONG_SENTENCE}建设20个平台。{LONG_SENTENCE}"
    assert evidence_of(found(a_clause(text=text)), budget=50, wants=re.compile("[0-9]+个")).quote == "建设20个平台。"


def test_a_sentence_over_the_budget_is_quoted_whole_rather_than_cut() -> None:
    quote = evidence_of(found(a_clause(text=f"1.标题。{LONG_SENTENCE * 1}{LONG_SENTENCE}"), 0.0, 9.0, 0.0), budget=50)
    assert quote.quote == LONG_SENTENCE


def test_dashes_of_bullets_are_no_part_of_a_quotation() -> None:
    assert evidence_of(found(a_clause(text="(二)目标\n——集聚企业。培育一百家企业。"))).quote.startswith("集聚企业")


def test_a_clause_that_is_nothing_but_a_heading_is_quoted_whole() -> None:
    assert evidence_of(found(a_clause(text="三、重点领域"))).quote == "三、重点领域"


def test_the_whole_clause_can_be_quoted() -> None:
    assert whole(found(a_clause(text=SHORT))).quote == SHORT


def test_a_short_clause_opens_whole() -> None:
    assert opening(a_clause(text=SHORT)).quote == SHORT


def test_a_long_clause_opens_with_whole_sentences() -> None:
    quote = opening(a_clause(text="一、标题。" + "这是一个句子。" * 100)).quote
    assert len(quote) <= WHOLE_LIMIT
    assert quote.endswith("这是一个句子。")


def test_a_long_clause_without_an_end_is_cut_at_the_limit() -> None:
    assert len(opening(a_clause(text="字" * 2000)).quote) == WHOLE_LIMIT


@pytest.mark.parametrize(
    ("ordinal", "quote"),
    [
        (1, "一是规模不大。总量少,要扩大。"),
        (2, "二是布局不优。园区少,要整合。"),
        (3, "三是制度不够。政策少,要完善。"),
    ],
)
def test_a_run_in_item_is_counted_off_with_its_sentences(ordinal: int, quote: str) -> None:
    evidence = item(found(a_clause(text=LISTED)), ordinal)
    assert evidence is not None
    assert evidence.quote == quote


@pytest.mark.parametrize("ordinal", [0, -1, 4, 99])
def test_an_item_that_is_not_there_is_none(ordinal: int) -> None:
    assert item(found(a_clause(text=LISTED)), ordinal) is None


@pytest.mark.parametrize(
    "document_id", ["changning-145", "hongkou-2020", "jiading-2021", "shanghai-2016", "shanghai-2020"]
)
def test_of_every_committed_clause_the_quote_is_exact_and_readable(document_id: str, policies: Corpus) -> None:
    document = policies.document(document_id)
    assert document is not None
    for clause in document.clauses:
        evidence = evidence_of(found(clause))
        longest = max(len(sentence) for sentence in re.split("(?<=[。；;！？\n])", clause.text))
        assert evidence.quote == clause.text[evidence.start : evidence.end] != ""
        assert evidence.quote == evidence.quote.strip()
        assert len(evidence.quote) <= BUDGET + longest, clause.clause_id


def test_the_sentence_that_answers_is_the_one_quoted(understanding: Understanding, library: Library) -> None:
    rows = library.find(understanding.query("虹口的学分银行"))
    assert "学分银行" in evidence_of(rows[0], ["学分", "银行"]).quote
