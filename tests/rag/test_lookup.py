"""The texts, the search and the asker's filters, as every route sees them."""

from __future__ import annotations

import pytest

from corpus.types import Corpus
from rag.question import Understanding
from rag.scope import Scope
from rag.types import Filters
from tests.rag.builders import a_library

QUESTION = "在线教育由谁负责"


def documents_found(policies: Corpus, understanding: Understanding, filters: Filters, question: str) -> set[str]:
    found = a_library(policies, filters).find(understanding.query(question), 50)
    return {row.clause.document_id for row in found}


def test_without_filters_every_document_may_be_found(policies: Corpus, understanding: Understanding) -> None:
    assert documents_found(policies, understanding, Filters(), QUESTION) == {d.id for d in policies.documents}


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
    filters: Filters, documents: set[str], policies: Corpus, understanding: Understanding
) -> None:
    assert documents_found(policies, understanding, filters, QUESTION) == documents


def test_a_filter_by_department_leaves_only_its_clauses(policies: Corpus, understanding: Understanding) -> None:
    library = a_library(policies, Filters(department="区科委", jurisdiction="虹口区"))
    found = library.find(understanding.query(QUESTION), 100)
    assert len(found) == 17  # brackets of 虹口 that name 区科委
    assert all(any(d.name == "区科委" for d in row.clause.departments) for row in found)


def test_a_named_place_leaves_the_others_out(policies: Corpus, understanding: Understanding) -> None:
    assert documents_found(policies, understanding, Filters(), "嘉定区在线教育由谁负责") == {"jiading-2021"}


def test_another_scope_can_be_searched(policies: Corpus, understanding: Understanding) -> None:
    query = understanding.query("虹口区在线教育由谁负责")
    found = a_library(policies).find(query, 5, scope=Scope(places=("长宁区",)))
    assert {row.clause.document_id for row in found} == {"changning-145"}


def test_other_words_can_be_searched(policies: Corpus, understanding: Understanding) -> None:
    query = understanding.query("虹口区在线教育由谁负责")
    assert a_library(policies).find(query, 1, text="在线医疗互联网医院")[0].clause.path == "二/(二)/8"


def test_titles_and_sign_offs_come_late(policies: Corpus, understanding: Understanding) -> None:
    found = a_library(policies).find(understanding.query("虹口区在线新经济发展"), 5)
    assert all(not row.clause.path.endswith("标题") for row in found)


def test_a_clauses_place_is_its_documents(policies: Corpus) -> None:
    clause = policies.clause("jiading-2021#附件1/一")
    assert clause is not None
    assert a_library(policies).jurisdiction_of(clause) == "嘉定区"
