"""What the rules find against a sentence, weighed with a model that reads it beside its clause."""

from __future__ import annotations

import pytest

from corpus.bodies import BodyTable
from corpus.types import Corpus, Document
from index.words import Words, dictionary_of
from rag.grounding.check import Carries, SentenceCheck
from rag.grounding.types import Source
from rag.grounding.verdict import LIMIT, Weights, doubt, weights
from tests.builders import a_corpus, a_document

TEXT = "一、养犬登记。养犬人应当在犬只免疫后三十日内到派出所登记。烈性犬不予登记。\n\n二、犬牌。补办收取工本费10元。"


@pytest.fixture
def document() -> Document:
    return a_document(TEXT, "dogs")


def the_check(corpus: Corpus, carries: Carries | None) -> SentenceCheck:
    return SentenceCheck(BodyTable(corpus), Words(dictionary_of(corpus)), None, carries)


def problems(document: Document, sentence: str, logit: float | None, clauses: int = 1, question: str = "") -> list[str]:
    corpus = a_corpus(document)
    check = the_check(corpus, lambda *_: logit)
    sources = [Source(document.clauses[0], document)] * clauses
    return [problem.kind for problem in check.problems(sentence, sources, question)]


def test_a_sentence_that_no_rule_objects_to_falls_to_the_model(document: Document) -> None:
    fine = "养犬人应当在犬只免疫后三十日内到派出所登记，烈性犬不予登记。"
    assert problems(document, fine, 8.0) == []
    assert problems(document, fine, None) == []
    assert problems(document, fine, -8.0) == ["coverage"]


def test_a_rule_that_the_model_knows_better_gives_way(document: Document) -> None:
    free = "狗打了疫苗，一个月里得去派出所上户口，凶的狗不让上。"
    alone = problems(document, free, None)
    assert alone
    assert problems(document, free, 9.0) == []
    assert problems(document, free, -3.0) == alone


def test_no_model_excuses_a_foreign_link(document: Document) -> None:
    assert "markup" in problems(document, "养犬人应当登记，见 https://example.org/x 。", 30.0)


def test_no_model_stops_the_clauses_own_words(document: Document) -> None:
    assert problems(document, "烈性犬不予登记。", -30.0) == []


def test_what_rests_on_many_clauses_goes_by_the_rules(document: Document) -> None:
    assert problems(document, "养犬人应当在犬只免疫后三十日内到派出所登记，烈性犬不予登记。", -30.0, clauses=4) == []


def test_the_model_reads_the_question_asked_last_and_the_clauses_cited(document: Document) -> None:
    read: list[tuple[str, str, int]] = []

    def carries(question: str, sentence: str, clauses: object) -> float:
        read.append((question, sentence, len(list(clauses))))  # type: ignore[call-overload]
        return 5.0

    the_check(a_corpus(document), carries).problems(
        "到派出所登记。", [Source(clause, document) for clause in document.clauses], "狗多大\n狗去哪登记"
    )
    assert read == [("狗去哪登记", "到派出所登记。", 2)]


def test_the_shipped_weights_trust_the_model_more_than_one_rule() -> None:
    table = weights()
    assert table.logit < 0
    assert doubt(9.0, {"scope"}, table) < LIMIT < doubt(-9.0, (), table)
    assert all(weight >= 0 for weight in table.problems.values())
    assert isinstance(table, Weights)
