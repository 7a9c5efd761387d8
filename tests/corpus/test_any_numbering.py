"""Whatever the text: its nodes tile it, a parent comes before its children, and nothing else is raised than a refusal."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableTextError
from corpus.flow import flowing, paragraphs
from corpus.lines import SPACE
from corpus.parse import parse
from corpus.readers import reading_of
from corpus.sentences import sentences_of
from corpus.tables import tables_in
from corpus.types import Document

LABELS = [
    "第一条",
    "第 2 条",
    "第一百○一条",
    "第一章",
    "第 一 节",
    "一、",
    "二 、",
    "（一）",
    "（ 二 ）",
    "㈠",
    "1.",
    "2．",
    "⒈",
    "(1)",
    "⑴",
    "①",
    "㉑",
    "1.1",
    "2.1.1",
    "1 总则",
    "3.5亿元",
    "问：",
    "答：",
    "Q1 ",
    "A1:",
    "目录",
    "附 件 1",
    "（附件1）",
    "附件1-1",
    "附：",
    "附录A",
    "附表2",
    "附件：1.甲",
]
LINES = [
    "— 1 —",
    "第 3 页 共 9 页",
    "3",
    "3/9",
    "----",
    "抄送：市委，",
    "主题词：甲",
    "青川市商务局办公室 2022年4月2日印发",
    "（此件公开发布）",
    "青川市商务局",
    "2022年4月1日",
    "",
    " 序号 ",
    " 任务 ",
    "",
    "---",
    "---",
    "",
    "序号\t任务\t单位",
    "1\t甲\t市商务局",
    "第一章 总则……1",
    "青川市办法",
    "关于印发办法的通知",
    "各单位：",
    "---",
    "title: 办法",
    "> ",
    "- ",
    "**",
    "# ",
]
WORDS = [
    "停放车辆违反规定，并且属于本办法",
    "由市交管局处理；",
    "示。",
    "甲",
    "，",
    "。",
    "：",
    "；",
    "（责任单位：市商务局）",
    "\u200b",
    "\u2060",
    "⺠",
    "⼈",
    "○",
    "\\",
]
GAPS = ["\n", "\n", "\n", "\r\n", "\u3000", " ", "\t", "\n\n", "\u2028", ""]
TEXTS = st.lists(
    st.tuples(st.sampled_from([*LABELS, *LINES, *WORDS]) | st.text(max_size=4), st.sampled_from(GAPS)), max_size=24
).map(lambda pieces: "".join(word + gap for word, gap in pieces))
MARKUP = st.lists(
    st.sampled_from(
        [*LABELS[:16], *LINES[:10], *WORDS, "<p>", "</p>", "<table>", "</table>", "<tr>", "<td>", '<td rowspan="2">', "</td>", "<br>", '<td colspan="3">', "<h1>", "<div style='display:none'>", "</div>", "<a>", "</a>", "<style>.a{display:none}</style>", "<p class=a>"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


def assert_whole(document: Document, text: str) -> None:
    assert "".join(text[node.start : node.span_end] for node in document.nodes) == text or not text.strip(SPACE)
    seen: set[str | None] = {None}
    for node in document.nodes:
        assert node.text == text[node.start : node.end]
        assert node.path not in seen
        assert node.parent in seen
        seen.add(node.path)
        assert_quotable(node.text)


def assert_quotable(text: str) -> None:
    """Sentences, cells and words are slices, in order."""
    last = 0
    for sentence in sentences_of(text):
        assert last <= sentence.start <= sentence.end
        assert sentence.text == text[sentence.start : sentence.end]
        last = sentence.end
    for table in tables_in(text):
        assert all(cell.text == text[cell.start : cell.end] for row in table.rows for cell in row.cells)
    flow = flowing(text)
    assert len(flow.words) == len(flow.at)
    assert all(text[place] == word for place, word in zip(flow.at, flow.words, strict=True))
    assert all(start < end for start, end in paragraphs(text))


@settings(deadline=None, derandomize=True, database=None, max_examples=250)
@given(TEXTS)
def test_any_text_is_parsed_to_nodes_that_give_it_back(text: str) -> None:
    assert_whole(parse("any", text), text)


@settings(deadline=None, derandomize=True, database=None, max_examples=120)
@given(TEXTS | MARKUP, st.sampled_from([".txt", ".md", ".html"]))
def test_any_file_is_read_or_refused(text: str, suffix: str) -> None:
    try:
        reading = reading_of(f"any{suffix}", text.encode("utf-8", "surrogatepass"))
    except UnreadableTextError:
        return
    assert_whole(parse("any", reading.text), reading.text)


def test_a_text_of_page_numbers_alone_keeps_its_words() -> None:
    text = "— 1 —\n"

    assert_whole(parse("any", text), text)
    assert parse("any", text).clauses != ()
