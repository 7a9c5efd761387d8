"""Chinese text as terms: departments whole, everything folded, bigrams beside the words."""

from __future__ import annotations

import re
import time

import pytest

from corpus.load import load_corpus
from corpus.types import Corpus
from index.settings import ROOT
from index.words import Words, dictionary_of
from tests.builders import a_corpus, a_document

CORPUS = load_corpus(ROOT / "corpus" / "policies")
WORDS = Words(dictionary_of(CORPUS))
WITH_BODIES = [
    (document.id, name)
    for document in CORPUS.documents
    for name in sorted({d.name for clause in document.clauses for d in clause.departments})
    if re.fullmatch("[一-鿿]+", name)
]


@pytest.mark.parametrize(("document_id", "name"), WITH_BODIES)
def test_a_department_stays_whole(document_id: str, name: str) -> None:
    assert CORPUS.document(document_id) is not None
    assert name in WORDS.words(f"由{name}、有关单位负责")


@pytest.mark.parametrize("document", CORPUS.documents, ids=lambda document: document.id)
def test_every_policy_has_a_body_to_try(document) -> None:
    assert document.id in {document_id for document_id, _ in WITH_BODIES}


def test_a_department_that_no_text_names_is_cut() -> None:
    assert "区金融工作局" not in Words().words("由区金融工作局负责")
    assert "区金融工作局" in Words(["区金融工作局"]).words("由区金融工作局负责")


def test_a_name_with_brackets_is_found_by_its_parts() -> None:
    assert WORDS.words("国际汽车城(集团)公司") == ["国际汽车城", "集团", "公司"]


def test_words_leave_out_punctuation() -> None:
    assert Words().words("教育、医疗。（金融）“科技”！") == ["教育", "医疗", "金融", "科技"]


def test_terms_are_the_words_and_then_the_bigrams_in_order() -> None:
    words = Words(["空中课堂"])
    assert words.terms("建设空中课堂") == ["建设", "空中课堂", "#建设", "#设空", "#空中", "#中课", "#课堂"]


def test_bigrams_do_not_reach_across_punctuation() -> None:
    assert [term for term in Words().terms("教育，医疗") if term.startswith("#")] == ["#教育", "#医疗"]


def test_repeats_are_kept() -> None:
    assert Words().terms("教育、教育") == ["教育", "教育", "#教育", "#教育"]


def test_a_single_character_has_no_bigram() -> None:
    assert Words().terms("云") == ["云"]


@pytest.mark.parametrize(
    ("printed", "simplified"),
    [("無人工廠", "无人工厂"), ("互聯網醫院", "互联网医院"), ("虹口區金融工作局", "虹口区金融工作局")],
)
def test_traditional_text_has_the_terms_of_the_simplified(printed: str, simplified: str) -> None:
    assert WORDS.terms(printed) == WORDS.terms(simplified)


@pytest.mark.parametrize(("printed", "folded"), [("ＡＩ", "ai"), ("AI", "ai"), ("５Ｇ", "5g")])
def test_full_width_and_capital_letters_are_folded(printed: str, folded: str) -> None:
    assert Words().terms(printed) == [folded]


def test_a_number_is_found_whole_and_by_its_parts() -> None:
    assert Words().terms("１．５％") == ["1.5%", "1", "5"]


@pytest.mark.parametrize("text", ["", " \n\t", "！？……", "①"], ids=["empty", "blank", "punctuation", "circled"])
def test_a_text_without_words_has_no_terms(text: str) -> None:
    assert Words().terms(text) == []


@pytest.mark.parametrize("text", ["\ud800教育", "教育\udfff"], ids=["before", "after"])
def test_a_lone_surrogate_is_passed_over(text: str) -> None:
    assert Words().words(text) == ["教育"]
    assert "#教育" in Words().terms(text)


def test_the_dictionary_is_folded_like_the_text() -> None:
    assert "金融工作局" in Words(["金融工作局"]).words("由金融工作局負責")
    assert "工廠" not in (words := Words(["無人工廠"]).words("無人工廠"))
    assert words == ["无人工厂"]


def test_the_dictionary_holds_departments_and_quoted_terms_once_each() -> None:
    corpus = a_corpus(
        a_document("一、教育。建设“空中课堂”。(责任部门:区教育局)\n二、学校。用好“空中课堂”。(责任部门:区教育局)\n")
    )
    assert dictionary_of(corpus) == ("区教育局", "空中课堂")


def test_a_quoted_term_in_traditional_characters_is_simplified() -> None:
    assert dictionary_of(a_corpus(a_document("一、工廠。建設“無人工廠”。\n"))) == ("无人工厂",)


@pytest.mark.parametrize("quoted", ["5G", "云", "在线新经济发展行动方案", "一、二"])
def test_a_quotation_that_is_no_term_stays_out_of_the_dictionary(quoted: str) -> None:
    assert dictionary_of(a_corpus(a_document(f"一、总则。推进“{quoted}”。\n"))) == ()


def test_an_empty_corpus_has_an_empty_dictionary() -> None:
    assert dictionary_of(Corpus(())) == ()


def test_a_run_of_any_length_keeps_every_pair_of_sounds() -> None:
    run = "在线教育" * 400  # 1,600 characters without a stop: 1,599 pairs
    sounds = Words().sounds(run)
    assert len(sounds) == 1599
    assert sounds == (["zai_xian", "xian_jiao", "jiao_yu", "yu_zai"] * 400)[:-1]


def test_a_run_without_end_takes_no_longer_for_each_character() -> None:
    words, seconds = Words(), []
    for size in (100_000, 400_000):
        started = time.process_time()
        words.sounds("国" * size)
        seconds.append(time.process_time() - started)
    assert seconds[1] < 6 * seconds[0] + 0.5  # 4 times the text; it was 7 times the time, and 25 for 8 times
