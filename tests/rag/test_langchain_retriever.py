"""The retriever as LangChain's, for chains built by others."""

from __future__ import annotations

import asyncio

from langchain_core.runnables import RunnableLambda

from corpus.types import Corpus
from rag.answer import PolicyQa
from rag.langchain_retriever import PolicyRetriever


def test_a_document_is_a_clause_as_printed(qa: PolicyQa, policies: Corpus) -> None:
    for document in PolicyRetriever(qa=qa).invoke("虹口区在线教育由谁负责"):
        clause = policies.clause(str(document.id))
        assert clause is not None
        assert document.page_content == clause.text


def test_the_best_clause_comes_first(qa: PolicyQa) -> None:
    assert PolicyRetriever(qa=qa).invoke("虹口区在线教育由谁负责")[0].id == "hongkou-2020#二/(二)/6"


def test_the_metadata_names_clause_document_and_departments(qa: PolicyQa) -> None:
    metadata = PolicyRetriever(qa=qa).invoke("虹口区在线教育由谁负责")[0].metadata
    assert metadata["clause_id"] == "hongkou-2020#二/(二)/6"
    assert metadata["document_id"] == "hongkou-2020"
    assert metadata["clause_label"].endswith("6.在线教育")
    assert metadata["departments"] == ["区教育局", "区人力资源社会保障局", "区科委"]


def test_scores_do_not_rise(qa: PolicyQa) -> None:
    scores = [document.metadata["score"] for document in PolicyRetriever(qa=qa).invoke("在线医疗")]
    assert scores == sorted(scores, reverse=True)


def test_as_many_come_as_were_wanted(qa: PolicyQa) -> None:
    assert len(PolicyRetriever(qa=qa).invoke("在线教育")) == 10
    assert len(PolicyRetriever(qa=qa, k=3).invoke("在线教育")) == 3


def test_it_works_in_a_chain_and_in_async_code(qa: PolicyQa) -> None:
    chain = PolicyRetriever(qa=qa, k=1) | RunnableLambda(lambda documents: documents[0].id)
    assert chain.invoke("虹口区在线医疗") == "hongkou-2020#二/(二)/8"
    assert asyncio.run(chain.ainvoke("虹口区在线医疗")) == "hongkou-2020#二/(二)/8"


def test_a_place_without_a_document_still_gives_clauses_and_raises_nothing(qa: PolicyQa) -> None:
    assert isinstance(PolicyRetriever(qa=qa).invoke("浦东新区在线教育"), list)
