from __future__ import annotations

import pytest

from corpus.sentences import sentences_of
from corpus.tables import Table, is_row, is_rule, tables_in

MARKDOWN = "一、清单\n\n| 序号 | 任务 | 牵头单位 |\n|---|:---:|---|\n| 1 | 建设充电桩。加快； | 市发改委 |\n| 2 | 改造菜市场 | 市商务局 |\n\n做好。"
TABBED = "一、清单\n序号\t任务\t牵头单位\n1\t建设充电桩\t市发改委\n\t改造菜市场\t市商务局\n做好。"


def table_in(text: str) -> Table:
    (table,) = tables_in(text)
    return table


@pytest.mark.parametrize("text", [MARKDOWN, TABBED])
def test_each_cell_has_what_stands_above_its_column(text: str) -> None:
    first, second = table_in(text).rows

    assert table_in(text).header == ("序号", "任务", "牵头单位")
    assert [(cell.header, cell.text) for cell in first.cells][2] == ("牵头单位", "市发改委")
    lead = second.under("牵头单位")
    assert lead is not None
    assert (lead.text, text[lead.start : lead.end]) == ("市商务局", "市商务局")
    assert second.under("配合单位") is None


@pytest.mark.parametrize("text", [MARKDOWN, TABBED])
def test_rows_and_cells_are_slices_of_the_text(text: str) -> None:
    table = table_in(text)

    for row in table.rows:
        assert "\n" not in text[row.start : row.end]
        assert all(text[cell.start : cell.end] == cell.text for cell in row.cells)
    assert text[table.start : table.end].startswith(("| 序号", "序号"))


def test_a_row_that_lacks_the_cells_merged_above_is_aligned_to_the_right() -> None:
    row = table_in("序号\t任务\t单位\n1\t甲\t市发改委\n乙\t市商务局\n").rows[1]

    assert [(cell.header, cell.text) for cell in row.cells] == [("任务", "乙"), ("单位", "市商务局")]


def test_rows_of_figures_alone_have_no_header() -> None:
    table = table_in("2019\t100\n2020\t120\n")

    assert (table.header, len(table.rows)) == ((), 2)


def test_a_row_is_one_sentence_and_the_rule_is_none() -> None:
    assert [sentence.text for sentence in sentences_of(MARKDOWN)] == [
        "一、清单",
        "| 序号 | 任务 | 牵头单位 |",
        "| 1 | 建设充电桩。加快； | 市发改委 |",
        "| 2 | 改造菜市场 | 市商务局 |",
        "做好。",
    ]


@pytest.mark.parametrize("text", ["", "甲。", "甲\t乙", "| 甲 |", "||||||", "|---|---|\n|---|---|"])
def test_a_text_without_two_rows_has_no_table(text: str) -> None:
    assert tables_in(text) == ()


def test_rows_are_told_from_lines() -> None:
    assert is_row("1\t甲\t乙")
    assert is_row("| 1 | 甲 |")
    assert not is_row("一、\t甲")
    assert not is_row("甲|乙|丙")
    assert is_rule("| --- |:-:|")
    assert not is_rule("| 甲 | 乙 |")
