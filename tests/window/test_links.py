"""Documents and clauses whose names mean something in an address are opened like all others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import expect

from api.openai import url_citations
from corpus.types import Document
from rag.wire import citation_json, permanent_link
from tests.api.serving import answers_of
from tests.builders import a_corpus, a_policy
from tests.window.conftest import Open, Window, serving_window
from window.pages import link_of

NAMES = ["a#b", "a?b=c", "50%", "a%23b", 'a"b', "a b", " a", "a&b;c", "a'<b>", "a\\b", "方案（2020）#1", "a+b", "a:b@c"]


def a_document_named(number: int, name: str) -> Document:
    document = a_policy(f"一、总则\n第{number}事项由区科委{number}负责。\n", name, title=f"方案{number}")
    return replace(document, nodes=tuple(replace(node, path=f"{node.path}{name}") for node in document.nodes))


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    corpus = a_corpus(*(a_document_named(number, name) for number, name in enumerate(NAMES)))
    with serving_window(answers_of(corpus), tmp_path_factory.mktemp("named")) as started:
        yield started


def test_each_document_and_each_clause_of_it_is_opened(named: Window, visit: Open) -> None:
    seen = visit(named.address)
    page = seen.page
    seen.tab("热线工作台")
    seen.tab("文件目录")
    rows = page.locator(".catalogue > li")
    expect(rows).to_have_count(len(NAMES))
    rows.locator("summary").evaluate_all("(all) => all.forEach((one) => one.click())")
    for number, name in enumerate(NAMES):
        links = rows.nth(number).locator("a").evaluate_all("(all) => all.map((one) => one.href)")
        assert len(links) >= 2
        for link in links:
            assert page.request.get(link).status == 200
            assert unquote(urlsplit(link).path) == f"/d/{name}"
        opened = page.context.new_page()
        opened.goto(links[-1])
        expect(opened.locator("h1")).to_have_text(f"方案{number}")
        expect(opened.locator("section:target")).to_have_count(1)
        assert opened.locator("section:target").get_attribute("id").endswith(name)  # type: ignore[union-attr]
        opened.locator("section:target a.anchor").click()
        expect(opened.locator("section:target")).to_have_count(1)
        opened.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_citation_leads_to_its_clause_as_the_api_says_too(name: str) -> None:
    answer = answers_of(a_corpus(a_policy(document_id=name))).ask("示例区在线教育由哪些部门负责？")
    (url,) = {row["url_citation"]["url"] for row in url_citations(answer)}
    assert link_of(citation_json(answer.citations[0])) == url
    assert url.isprintable()
    assert not set(url) & set(' "<>\\')
    parts = urlsplit(url)
    assert (unquote(parts.path), parts.query) == (f"/d/{name}", "")
    assert unquote(parts.fragment) == answer.citations[0].clause_path


def test_letters_of_every_script_are_left_to_be_read() -> None:
    assert permanent_link("hongkou-2020", "二/(二)/3") == "/d/hongkou-2020#二/(二)/3"
    assert permanent_link("a/../b") == "/d/a%2F..%2Fb"


def test_a_document_of_any_name_is_read_from_its_files(tmp_path: Path) -> None:
    from corpus.load import load_corpus

    for name in ("a#b", "50%", "a b"):
        (tmp_path / f"{name}.txt").write_text("方案\n一、总则\n由区科委负责。\n", encoding="utf-8")
    assert {document.id for document in load_corpus(tmp_path, tmp_path).documents} == {"a#b", "50%", "a b"}
