"""What a planning model is shown of the corpus: all of a small one, of a large one what the question brings."""

from __future__ import annotations

from corpus.types import Corpus
from rag.familiarity import Familiarity
from rag.llm.calls import tokens_of
from rag.lookup import Library
from rag.question import Understanding
from rag.reading.shown_catalogue import Catalogue, line_of
from tests.builders import a_corpus, a_document, an_index
from tests.rag.builders import an_understanding

_MANY = 400


def a_text(number: int) -> str:
    topic = f"第{number}号码头管理"
    return f"示例市{topic}办法\n一、{topic}。要管好{topic}。\n二、附则。自发布之日起施行。\n"


def test_a_small_corpus_is_shown_whole_and_the_same_for_every_question(
    library: Library, understanding: Understanding
) -> None:
    catalogue = Catalogue()
    first, is_whole = catalogue.shown(library, understanding.query("虹口区在线医疗由谁负责"))
    assert is_whole
    assert catalogue.shown(library, understanding.query("嘉定的电商呢")) == (first, True)
    assert [line.split()[0] for line in first.splitlines()] == [f"#{d.id}" for d in library.corpus.documents]


def test_a_line_has_place_title_and_headings_and_annexes_by_their_titles(policies: Corpus) -> None:
    line = line_of(next(d for d in policies.documents if d.id == "jiading-2021"))
    assert line.startswith("#jiading-2021 嘉定区《嘉定区促进在线新经济发展行动方案(2021-2025年)》：")
    assert "附件2三、保障措施（(一)加强组织领导" in line
    assert "嘉定区促进在线新文娱发展行动计划" in line


def test_articles_without_headings_are_a_range() -> None:
    text = "示例市停车条例\n第一章 总则\n第一条 为了管理停车，制定本条例。\n第二条 本条例适用于全市。\n第二章 附则\n第三条 自2024年1月1日起施行。\n"
    (document,) = a_corpus_of({"parking": text}).documents
    assert line_of(document).endswith("：第一章 总则（第一条至第二条）；第二章 附则（第三条）")


def test_of_a_large_corpus_the_documents_named_and_found_come_within_a_bound() -> None:
    corpus = a_corpus_of({f"dock-{n}": a_text(n) for n in range(_MANY)})
    index = an_index(corpus)
    library = Library(corpus, index, Familiarity(corpus, index.words))
    lines, is_whole = Catalogue().shown(library, an_understanding(corpus).query("第123号码头管理要怎么做？"))
    assert not is_whole
    assert "#dock-123 " in lines
    assert f"共 {_MANY} 份文件" in lines
    assert tokens_of(lines) < 7000


def a_corpus_of(texts: dict[str, str]) -> Corpus:
    return a_corpus(*(a_document(text, name, text.split("\n")[0]) for name, text in texts.items()))
