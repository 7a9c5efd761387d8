"""Texts that were written to keep a reader busy: read whole or refused, in bounded time."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import CorpusError
from corpus.metadata import metadata_from
from corpus.readers.html import text_of_html
from corpus.source import Source, document_from
from corpus.types import Corpus, Document
from corpus.written import document_of, written
from index.layout import clause_units, sentence_units
from index.words import Words
from tests.corpus.bounded import bounded
from tests.corpus.hostile import PAGES, TEXTS

_SIZE, _SECONDS = 50_000, 5.0


def assert_whole(document: Document) -> None:
    """The nodes' spans tile the text, each node's words are a slice of it, and paths are unique."""
    ends = [0, *(node.span_end for node in document.nodes)]
    assert [node.start for node in document.nodes] == ends[:-1]
    assert ends[-1] == len(document.text)
    assert all(node.text == document.text[node.start : node.end] for node in document.nodes)
    assert len({node.path for node in document.nodes}) == len(document.nodes)


def read_or_refuse(name: str, text: str) -> Document | None:
    document, refused = outcome(Source(name, text.encode("utf-8", "surrogatepass")))
    assert document or refused.startswith(name)
    return document


def outcome(source: Source) -> tuple[Document | None, str]:
    try:
        document = document_from(source)
    except CorpusError as error:
        return None, str(error)
    assert_whole(document)
    return document, ""


@pytest.mark.parametrize("grow", TEXTS.values(), ids=TEXTS)
def test_a_hostile_text_is_read_or_refused_in_bounded_time(grow: Callable[[int], str]) -> None:
    text = grow(_SIZE)
    with bounded(_SECONDS):
        document = read_or_refuse("hostile.txt", text)
    assert document is None or document_of(written(document)) == document


@pytest.mark.parametrize("grow", PAGES.values(), ids=PAGES)
def test_a_hostile_page_is_read_or_refused_in_bounded_time(grow: Callable[[int], str]) -> None:
    page = grow(_SIZE)
    with bounded(_SECONDS):
        read_or_refuse("hostile.html", page)


@pytest.mark.parametrize("grow", PAGES.values(), ids=PAGES)
def test_a_page_of_a_million_characters_is_tokenized_in_bounded_time(grow: Callable[[int], str]) -> None:
    page = grow(1_000_000)
    with bounded(_SECONDS):
        text_of_html(page)


@pytest.mark.parametrize(
    "name", ["one long line", "one long line of Latin", "digits", "hyphens", "stops", "run-in titles", "spaces",
             "combining characters", "characters of other planes", "words with spaces between"],
)  # fmt: skip
def test_what_was_read_is_indexed_in_bounded_time(name: str) -> None:
    document = document_from(Source("hostile.txt", TEXTS[name](_SIZE).encode()))
    corpus, words = Corpus((document,)), Words()
    with bounded(_SECONDS):
        for unit in (*clause_units(corpus), *sentence_units(corpus)):
            words.terms(unit.search_text)
            words.sounds(unit.search_text)


def test_twice_the_text_takes_no_more_than_three_times_as_long() -> None:
    """Of the shapes that were quadratic or worse, at sizes where a linear pass takes a while."""
    for name in ("words with spaces between", "bodies joined by 和", "brackets of roles that never close"):
        seconds = []
        for size in (100_000, 200_000):
            source = Source("hostile.txt", TEXTS[name](size).encode())
            started = time.process_time()
            document_from(source)
            seconds.append(time.process_time() - started)
        assert seconds[1] < 3 * seconds[0] + 0.5, name


_PIECES = st.sampled_from(
    ["一、", "（一）", "1. ", "(1)", "①", "第一条", "第一章", "附件", "附件1", "：", "。", "；", "、", "\n", "\r", "\u3000", " ",
     "（责任部门：", "）", "区科委", "由", "牵头", "会同", "和", "《", "》", "“", "目录", "2020年1月1日", "沪府发〔2020〕1号", "办法",
     "自0001年1月1日起施行,有效期", "五", "年", "甲", "a", "9", "#", "**", "——", "\0", "\u2028", "\ufdfa", "𠮷", "<p>", "&#", "<"]
)  # fmt: skip
_TEXTS = st.lists(_PIECES | st.text(max_size=8), max_size=40).map("".join)


@settings(max_examples=300, deadline=2000)
@given(text=_TEXTS, suffix=st.sampled_from([".txt", ".md", ".html"]))
def test_any_text_is_read_or_refused(text: str, suffix: str) -> None:
    document = read_or_refuse(f"any{suffix}", text)
    if document:
        assert document_of(written(document)) == document


@settings(max_examples=200, deadline=2000)
@given(data=st.binary(max_size=200), beside=st.none() | st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes, beside: bytes | None) -> None:
    document, refused = outcome(Source("any.txt", data, beside))
    assert document or refused.startswith("any.t")


@pytest.mark.parametrize(
    "table",
    [
        "title = " + "[" * 15_000,
        "title = 0x" + "f" * 15_000,
        "title = " + "9" * 15_000,
        'title = "' + "甲" * 501 + '"',
        'title = "甲"\nimplements = [1]',
        'title = "甲"\nimplements = ["' + "甲" * 501 + '"]',
        'title = "甲"\nissued_on = 2020-01-01T00:00:00',
        "a" + ".a" * 7_000 + " = 1",
        "\udc80",
    ],
    ids=["nested", "hexadecimal", "digits", "a long title", "numbers", "a long name", "a time", "dots", "no UTF-8"],
)
def test_hostile_metadata_is_refused_with_its_name(table: str) -> None:
    with bounded(_SECONDS), pytest.raises(CorpusError, match=r"^any\.toml[:,] ") as error:
        metadata_from("any.toml", table.encode("utf-8", "surrogateescape"))
    assert len(str(error.value)) < 500


def test_a_period_before_the_first_day_is_none() -> None:
    document = document_from(Source("any.txt", "一、自0001年1月1日起施行，有效期〇年。\n".encode()))

    assert document.metadata.period is None or document.metadata.period.end is None
