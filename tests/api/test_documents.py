"""Documents, clauses, departments, and the page of a permanent link."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date

import httpx
import pytest

from api.documents import document_page
from corpus.types import Corpus
from tests.builders import a_document


def test_every_document_is_listed_with_its_validity(client: httpx.Client) -> None:
    rows = client.get("/api/documents").json()["documents"]
    assert [row["document_id"] for row in rows] == [
        "changning-145", "hongkou-2020", "jiading-2021", "shanghai-2016", "shanghai-2020",
    ]  # fmt: skip
    assert {row["validity"]["status"] for row in rows} <= {"in_period", "period_ended", "not_stated", "repealed"}


@pytest.mark.parametrize("path", ["二/(二)/3", "二/（二）/3"])
def test_a_clause_is_given_exactly_as_printed(path: str, client: httpx.Client, policies: Corpus) -> None:
    clause = policies.clause("hongkou-2020#二/(二)/3")
    assert clause is not None
    found = client.get(f"/api/documents/hongkou-2020/clauses/{path}").json()
    assert (found["clause_id"], found["text"]) == (clause.clause_id, clause.text)


@pytest.mark.parametrize(
    "route",
    [
        "/api/documents/nowhere",
        "/api/documents/hongkou-2020/clauses/九/9",
        "/d/nowhere",
        "/api/departments/无此局/clauses",
        "/api/nothing",
    ],
)
def test_what_is_not_there_is_a_problem(route: str, client: httpx.Client) -> None:
    response = client.get(route)
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")


def test_a_bodys_clauses_are_complete(client: httpx.Client) -> None:
    found = client.get("/api/departments/区科委/clauses", params={"jurisdiction": "虹口区"}).json()
    assert (found["total"], found["complete"], len(found["clauses"])) == (17, True, 17)
    listed = client.get("/api/departments", params={"jurisdiction": "虹口区"}).json()["departments"]
    assert {"name": "区科委", "jurisdiction": "虹口区", "clauses": 17} in listed


@pytest.mark.parametrize("document_id", ["hongkou-2020", "jiading-2021", "shanghai-2016"])
def test_the_page_quotes_every_node_at_its_anchor(document_id: str, client: httpx.Client, policies: Corpus) -> None:
    page = client.get(f"/d/{document_id}").text
    document = policies.document(document_id)
    assert document is not None
    sections = re.findall(r'<section id="([^"]*)"><a[^>]*>[^<]*</a>(.*?)</section>', page, re.S)
    assert [(html.unescape(path), html.unescape(text)) for path, text in sections] == [
        (node.path, node.text) for node in document.nodes
    ]
    assert "<script" not in page


def test_the_page_of_a_repealed_document_says_so() -> None:
    document = a_document()
    assert "效力" not in document_page(document)
    undated = replace(document, metadata=replace(document.metadata, repealed=True))
    assert "<dt>效力</dt><dd>已废止或失效</dd>" in document_page(undated)
    dated = replace(document, metadata=replace(document.metadata, repealed_on=date(2024, 5, 1)))
    assert "<dt>效力</dt><dd>已废止或失效（2024-05-01）</dd>" in document_page(dated)


def test_every_response_has_an_id_and_the_security_headers(client: httpx.Client) -> None:
    for given in ("a" * 32, "office-12345678", "<script>", "A" * 32, "13800138000"):
        headers = client.get("/healthz", headers={"x-request-id": given}).headers
        assert re.fullmatch("[0-9a-f]{32}", headers["x-request-id"])
        assert headers["x-request-id"] != given
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "access-control-allow-origin" not in headers


def test_readiness_says_what_is_answered_from(client: httpx.Client, policies: Corpus) -> None:
    assert client.get("/readyz").json() == {
        "status": "ready", "corpus_version": policies.digest[:12], "documents": 5, "clauses": 211,
        "database": "reachable", "model": {"name": None, "state": "none"},
    }  # fmt: skip


def test_requests_are_counted_by_route_and_not_by_address(client: httpx.Client) -> None:
    client.get("/api/documents/hongkou-2020")
    metrics = client.get("/metrics").text
    assert 'policyqa_requests_total{method="GET",route="/api/documents/{document_id}",status="200"}' in metrics
    assert "hongkou" not in metrics


def test_the_page_to_read_says_where_each_clause_of_a_paged_document_is_printed() -> None:
    document = a_document("一、甲。\n二、乙。\n")
    assert "页" not in document_page(document)
    paged = document_page(replace(document, pages=(0, document.text.index("二"))))
    assert re.findall(r">(.) (第.页)</a>", paged) == [("一", "第1页"), ("二", "第2页")]
