"""The texts, the search and the asker's filters, as every route sees them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.lookup import Library
from rag.question import Understanding
from rag.scope import Scope
from rag.types import Filters

QUESTION = "在线教育由谁负责"


def documents_found(library: Library, understanding: Understanding, filters: Filters, question: str) -> set[str]:
    found = replace(library, filters=filters).find(understanding.query(question), 50)
    return {row.clause.document_id for row in found}


def test_without_filters_every_document_may_be_found(library: Library, understanding: Understanding) -> None:
    assert documents_found(library, understanding, Filters(), QUESTION) == {d.id for d in library.corpus.documents}


@pytest.mark.parametrize(
    ("filters", "documents"),
    [
        (Filters(jurisdiction="虹口区"), {"hongkou-2020"}),
        (Filters(jurisdiction="上海市"), {"shanghai-2016", "shanghai-2020"}),
        (Filters(document_id="changning-145"), {"changning-145"}),
        (Filters(jurisdiction="上海市", document_id="shanghai-2016"), {"shanghai-2016"}),
        (Filters(jurisdiction="虹口区", document_id="shanghai-2016"), set()),
    ],
)
def test_a_filter_leaves_the_others_out(
    filters: Filters, documents: set[str], library: Library, understanding: Understanding
) -> None:
    assert documents_found(library, understanding, filters, QUESTION) == documents


def test_a_filter_by_department_leaves_only_its_clauses(library: Library, understanding: Understanding) -> None:
    narrowed = replace(library, filters=Filters(department="区科委", jurisdiction="虹口区"))
    found = narrowed.find(understanding.query(QUESTION), 100)
    assert len(found) == 17  # brackets of 虹口 that name 区科委
    assert all(any(d.name == "区科委" for d in row.clause.departments) for row in found)


def test_a_named_place_leaves_the_others_out(library: Library, understanding: Understanding) -> None:
    assert documents_found(library, understanding, Filters(), "嘉定区在线教育由谁负责") == {"jiading-2021"}


def test_another_scope_can_be_searched(library: Library, understanding: Understanding) -> None:
    query = understanding.query("虹口区在线教育由谁负责")
    found = library.find(query, 5, scope=Scope(places=("长宁区",)))
    assert {row.clause.document_id for row in found} == {"changning-145"}


def test_other_words_can_be_searched(library: Library, understanding: Understanding) -> None:
    query = understanding.query("虹口区在线教育由谁负责")
    assert library.find(query, 1, text="在线医疗互联网医院")[0].clause.path == "二/(二)/8"


def test_titles_and_sign_offs_come_late(library: Library, understanding: Understanding) -> None:
    found = library.find(understanding.query("虹口区在线新经济发展"), 5)
    assert all(not row.clause.path.endswith("标题") for row in found)


def test_a_clauses_place_is_its_documents(library: Library) -> None:
    clause = library.corpus.clause("jiading-2021#附件1/一")
    assert clause is not None
    assert library.jurisdiction_of(clause) == "嘉定区"
