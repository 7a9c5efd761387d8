from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from corpus.parse import parse
from corpus.types import Corpus, EntryPoint, Metadata

DOCUMENT = parse("hongkou", "一、甲\n(一)乙。\n1.丙。\n(二)丁。\n二、戊。")
CORPUS = Corpus((DOCUMENT, parse("jiading", "一、己。")))


def test_a_clause_id_is_the_document_and_the_path() -> None:
    assert [node.clause_id for node in DOCUMENT.nodes][:2] == ["hongkou#一", "hongkou#一/(一)"]


def test_a_digest_is_of_the_text_as_printed() -> None:
    node = DOCUMENT.node("二")

    assert node is not None
    assert node.digest == hashlib.sha256("二、戊。".encode()).hexdigest()


def test_half_a_character_has_a_digest() -> None:
    (node,) = parse("demo", "甲。").nodes

    assert replace(node, text="甲\ud800").digest != node.digest


def test_a_document_knows_its_nodes_by_path() -> None:
    node = DOCUMENT.node("一/(一)/1")

    assert node is not None
    assert node.text == "1.丙。"
    assert DOCUMENT.node("一/(三)") is None


def test_children_are_one_step_down_and_descendants_all() -> None:
    assert [node.path for node in DOCUMENT.children("一")] == ["一/(一)", "一/(二)"]
    assert [node.path for node in DOCUMENT.under("一")] == ["一/(一)", "一/(一)/1", "一/(二)"]
    assert DOCUMENT.under("二") == DOCUMENT.children("二") == ()


def test_a_bare_heading_is_no_clause() -> None:
    assert [clause.path for clause in DOCUMENT.clauses] == ["一/(一)/1", "一/(二)", "二"]


def test_a_corpus_knows_its_documents_and_clauses_by_id() -> None:
    clause = CORPUS.clause("jiading#一")

    assert CORPUS.document("jiading") is CORPUS.documents[1]
    assert clause is not None
    assert clause.text == "一、己。"
    assert [clause.clause_id for clause in CORPUS.clauses][-2:] == ["hongkou#二", "jiading#一"]


@pytest.mark.parametrize("clause_id", ["", "hongkou", "hongkou#", "hongkou#九", "hongkou#一", "minhang#一", "#一"])
def test_an_id_that_is_no_clauses_finds_none(clause_id: str) -> None:
    assert CORPUS.clause(clause_id) is None


def test_a_document_that_is_not_there_is_none() -> None:
    assert CORPUS.document("minhang") is None


def test_a_corpus_digest_changes_with_every_text_id_and_title() -> None:
    digests = {
        Corpus((parse(document_id, text, Metadata(title)),)).digest
        for document_id, text, title in [
            ("a", "甲。", "丙"),
            ("b", "甲。", "丙"),
            ("a", "乙。", "丙"),
            ("a", "甲。", "丁"),
        ]
    }

    assert len(digests) == 4


def test_a_corpus_digest_is_the_same_for_the_same_texts() -> None:
    again = Corpus((parse("hongkou", DOCUMENT.text), parse("jiading", "一、己。")))

    assert again.digest == CORPUS.digest


def test_a_corpus_digest_changes_with_its_entry_points() -> None:
    with_entry = replace(CORPUS, entry_points=(EntryPoint("jiading#一", "怎么办", "written"),))

    assert with_entry.digest != CORPUS.digest


@pytest.mark.parametrize(
    ("pages", "offset", "page"),
    [((), 3, None), ((0, 4), 0, 1), ((0, 4), 3, 1), ((0, 4), 4, 2), ((0, 4), 99, 2), ((0, 4, 4, 9), 4, 3)],
    ids=["no pages", "first", "before the break", "after it", "past the end", "a page without words"],
)
def test_a_character_stands_on_a_page(pages: tuple[int, ...], offset: int, page: int | None) -> None:
    assert replace(DOCUMENT, pages=pages).page_at(offset) == page
