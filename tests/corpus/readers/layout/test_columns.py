"""Columns are read one after the other; tables and signatures without rules are not taken for columns."""

from __future__ import annotations

from corpus.readers.layout import reading_of_pages
from corpus.readers.layout.columns import blocks_of, gutters_of
from corpus.readers.layout.rows import Row, rows_of
from tests.corpus.readers.typeset import Form, Sheet, Words, as_pages, typeset

PROSE = "夜市的摊位由市场管理部门统一编号并向社会公布，" * 9 + "自公布之日起施行。"
TWO = Form(size=12, leading=20, columns=2)


def rows(*words: Words) -> list[Row]:
    (page,) = as_pages([Sheet(words)])
    return rows_of(page.glyphs)


def test_a_column_is_read_before_the_next() -> None:
    sheets = typeset([f"{n}{PROSE}" for n in range(12)], TWO)
    assert reading_of_pages(as_pages(sheets)).text.split("\n") == [f"{n}{PROSE}" for n in range(12)]


def test_a_title_across_the_columns_comes_first() -> None:
    (sheet, *_) = typeset([PROSE] * 8, TWO)
    title = Words("云湖市夜市管理办法（试行）", 200, 80, 18)
    assert [block.column for block in blocks_of(rows(title, *sheet.words))] == [(), (0,), (1,)]


def test_a_short_column_is_one_where_the_documents_others_are() -> None:
    short = [Words("自公布之日起，施行", 79, 110, 12), Words("由市场管理部门解释", 315, 110, 12)]
    assert len(blocks_of(rows(*short))) == 1
    assert [block.column for block in blocks_of(rows(*short), [300.0])] == [(0,), (1,)]


def test_a_list_of_bodies_beside_tasks_is_read_row_by_row() -> None:
    lines = [
        word
        for n, (task, body) in enumerate(
            [("编号", "市城管局"), ("公布投诉电话", "市市场监管局"), ("巡查", "公安局")] * 3
        )
        for word in (Words(task, 79, 100 + 20 * n, 12), Words(body, 300, 100 + 20 * n, 12))
    ]
    assert gutters_of(rows(*lines)) == []
    (block,) = blocks_of(rows(*lines))
    assert block.rows[0].text == "编号\t市城管局"


def test_a_mark_that_hangs_into_the_gutter_parts_nothing() -> None:
    (sheet, *_) = typeset([PROSE] * 8, TWO)
    hung = [Words(w.text + "，", w.left, w.base, w.size) if w.left < 90 else w for w in sheet.words]
    assert len(blocks_of(rows(*hung))) == 2
