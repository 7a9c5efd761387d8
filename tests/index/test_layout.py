"""What is searched carries title and headings; what is quoted never does."""

from __future__ import annotations

import pytest

from corpus.load import load_corpus
from corpus.script import simplify
from corpus.types import Corpus, Document
from index.layout import clause_units, digest_of, entry_units, sentence_units
from index.settings import ROOT
from tests.builders import a_corpus, a_document

CORPUS = load_corpus(ROOT / "corpus" / "policies")
each_policy = pytest.mark.parametrize("document", CORPUS.documents, ids=lambda document: document.id)


@each_policy
def test_every_clause_is_searched_once_in_reading_order(document: Document) -> None:
    assert [unit.clause for unit in clause_units(Corpus((document,)))] == list(document.clauses)


@each_policy
def test_search_text_is_title_heading_path_and_the_whole_clause(document: Document) -> None:
    for unit in clause_units(Corpus((document,))):
        front, _, words = unit.search_text.partition("\n")
        assert simplify(document.metadata.title) in front
        assert front.endswith(unit.clause.label)
        assert words == simplify(unit.clause.text)


@each_policy
def test_the_quoted_clause_is_the_documents_slice(document: Document) -> None:
    for unit in clause_units(Corpus((document,))):
        assert unit.clause.text == document.text[unit.clause.start : unit.clause.end]
        assert unit.clause.text != unit.search_text


@each_policy
def test_the_quoted_sentence_is_the_clauses_slice(document: Document) -> None:
    for unit in sentence_units(Corpus((document,))):
        sentence = unit.sentence
        assert sentence is not None
        assert sentence.text == unit.clause.text[sentence.start : sentence.end]
        front, _, words = unit.search_text.partition("\n")
        assert front.endswith(unit.clause.label)
        assert words.endswith(simplify(sentence.text))


@each_policy
def test_no_department_bracket_is_searched_as_a_sentence(document: Document) -> None:
    units = sentence_units(Corpus((document,)))
    assert units
    assert not any(unit.sentence.is_bracket for unit in units if unit.sentence)


def test_a_clauses_department_bracket_is_searched_with_the_clause() -> None:
    first = clause_units(a_corpus())[0]
    assert first.search_text == "示例区在线新经济行动方案 一、在线教育\n一、在线教育。建设空中课堂。(责任部门:区教育局)"


def test_sentences_are_searched_one_by_one() -> None:
    front = "示例区在线新经济行动方案 一、在线教育\n"
    assert [unit.search_text for unit in sentence_units(a_corpus())][:2] == [
        front + "一、在线教育。",
        front + "建设空中课堂。",
    ]


def test_the_place_stands_before_a_title_that_does_not_name_it() -> None:
    document = a_document(title="促进在线新经济发展行动方案", jurisdiction="示例区")
    assert clause_units(a_corpus(document))[0].search_text.startswith("示例区 促进在线新经济发展行动方案 一、")


def test_a_document_without_a_place_begins_with_its_title() -> None:
    document = a_document(title="在线新经济行动方案", jurisdiction=None)
    assert clause_units(a_corpus(document))[0].search_text.startswith("在线新经济行动方案 一、")


def test_all_headings_above_a_clause_are_searched_with_it() -> None:
    document = a_document("一、重点领域\n(一)在线服务\n1.在线金融。发展金融科技。\n")
    (unit,) = clause_units(a_corpus(document))
    assert unit.search_text.split("\n")[0].endswith("一、重点领域 > (一)在线服务 > 1.在线金融")


def test_a_bare_heading_is_not_searched() -> None:
    document = a_document("一、重点领域\n(一)在线服务。发展金融科技。\n")
    assert [unit.clause.path for unit in clause_units(a_corpus(document))] == ["一/(一)"]


def test_a_traditional_text_is_searched_simplified_and_quoted_as_printed() -> None:
    document = a_document("一、工廠。建設無人工廠。\n", title="示例區行動方案")
    (unit,) = clause_units(a_corpus(document))
    assert unit.search_text == "示例区行动方案 一、工厂\n一、工厂。建设无人工厂。"
    assert unit.clause.text == "一、工廠。建設無人工廠。"


def test_a_run_in_title_stands_before_the_sentences_under_it() -> None:
    document = a_document(
        "一、基础设施\n推进“新网络”建设。加快建设光纤网络，布局卫星网络。推进“新终端”建设。完善充电桩，建设驿站。\n"
    )
    rows = [(unit.search_text.split("\n")[1], unit.sentence) for unit in sentence_units(a_corpus(document))]
    assert [(searched, sentence.text) for searched, sentence in rows if sentence and sentence.subhead] == [
        ("推进“新网络”建设 加快建设光纤网络，布局卫星网络。", "加快建设光纤网络，布局卫星网络。"),
        ("推进“新终端”建设 完善充电桩，建设驿站。", "完善充电桩，建设驿站。"),
    ]


def test_an_entry_point_is_searched_as_it_is_and_quotes_its_clause() -> None:
    corpus = a_corpus(asked_as={"孩子在家怎麼上課": "demo-2020#一"})
    (unit,) = entry_units(corpus)
    assert unit.search_text == "孩子在家怎么上课"
    assert unit.clause == corpus.clause("demo-2020#一")
    assert unit.sentence is None


@pytest.mark.parametrize("clause_id", ["demo-2020#九", "gone-2020#一"], ids=["no-clause", "no-document"])
def test_an_entry_point_to_nowhere_is_left_out(clause_id: str) -> None:
    assert entry_units(a_corpus(asked_as={"孩子在家怎么上课": clause_id})) == ()


def test_every_committed_entry_point_is_searched() -> None:
    corpus = load_corpus(ROOT / "corpus" / "policies", ROOT / "corpus" / "asked_as")
    searched = [(unit.clause.clause_id, unit.search_text) for unit in entry_units(corpus)]
    assert searched == [(entry.clause_id, simplify(entry.text)) for entry in corpus.entry_points]
    assert searched


def test_without_entry_points_there_are_no_units_of_them() -> None:
    assert entry_units(a_corpus()) == ()


def test_the_digest_is_the_same_for_the_same_texts() -> None:
    assert digest_of(clause_units(a_corpus(a_document()))) == digest_of(clause_units(a_corpus(a_document())))


@pytest.mark.parametrize(
    "changed",
    [
        a_document(text="一、在线教育。建设空中课堂！\n"),
        a_document(text="一、在线教育。建设空中课堂。\n", document_id="demo-2021"),
        a_document(text="一、在线教育。建设空中课堂。\n", title="另一份行动方案"),
        a_document(text="一、在线教育。建设空中课堂。\n", jurisdiction="另一区"),
    ],
    ids=["text", "id", "title", "place"],
)
def test_the_digest_changes_with_text_id_title_and_place(changed: Document) -> None:
    before = a_document(text="一、在线教育。建设空中课堂。\n")
    assert digest_of(clause_units(a_corpus(changed))) != digest_of(clause_units(a_corpus(before)))


def test_the_digest_changes_with_the_order_of_the_clauses() -> None:
    units = clause_units(a_corpus())
    assert digest_of(units) != digest_of(units[::-1])


def test_the_digest_of_a_text_with_a_lone_surrogate_can_be_made() -> None:
    units = clause_units(a_corpus(a_document(title="\ud800方案")))
    assert len(digest_of(units)) == 64
