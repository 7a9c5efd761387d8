"""A workbook of tasks read as a table of text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook

from corpus.errors import UnreadableTextError
from corpus.readers.xlsx import read_xlsx
from tests.corpus.bounded import bounded

TASKS = [["序号", "任务", "责任单位"], [1, "建平台", "市经信局"], [2, "管平台", "市科技局、市财政局"]]


def a_workbook(*sheets: Sequence[Sequence[Any]], change: Callable[[Workbook], object] | None = None) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(list(row))
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def lines(data: bytes) -> list[str]:
    return read_xlsx("三.xlsx", data).text.split("\n")


def test_a_row_is_a_line_under_the_header() -> None:
    assert lines(a_workbook(TASKS)) == ["序号\t任务\t责任单位", "1\t建平台\t市经信局", "2\t管平台\t市科技局、市财政局"]


def test_a_title_over_the_table_is_a_line_and_blank_rows_are_none() -> None:
    rows = [["云湖市任务分工表"], [], *TASKS, [None, None, ""]]
    assert lines(a_workbook(rows, change=lambda book: book.worksheets[0].merge_cells("A1:C1")))[:2] == [
        "云湖市任务分工表", "序号\t任务\t责任单位",
    ]  # fmt: skip


def test_a_cell_that_is_merged_over_rows_is_said_in_each() -> None:
    rows = [
        ["领域", "任务", "单位"],
        ["交通", "甲", "区科委"],
        [None, "乙", None],
        [None, "丙", "区建委"],
        ["住房", "丁", None],
    ]

    def merge(book: Workbook) -> None:
        book.worksheets[0].merge_cells("A2:A4")
        book.worksheets[0].merge_cells("C2:C3")

    assert lines(a_workbook(rows, change=merge))[1:] == [
        "交通\t甲\t区科委", "交通\t乙\t区科委", "交通\t丙\t区建委", "住房\t丁\t",
    ]  # fmt: skip


def test_a_cell_that_is_merged_over_columns_is_said_in_each_of_the_header_and_elsewhere_once() -> None:
    rows = [["领域", "单位", None, "时限"], ["甲", "区科委", None, "2025年"], ["一、保障", None, None, None]]

    def merge(book: Workbook) -> None:
        for cells in ("B1:C1", "B2:C2", "A3:D3"):
            book.worksheets[0].merge_cells(cells)

    assert lines(a_workbook(rows, change=merge)) == ["领域\t单位\t单位\t时限", "甲\t区科委\t\t2025年", "一、保障"]


def test_values_are_given_as_they_are_shown() -> None:
    rows = [
        ["任务", "比例", "日期", "数", "完成"],
        ["建\n平台", 0.85, date(2025, 3, 1), 2.0, True],
        ["甲", 12, "一季度", 0.1 + 0.2, ""],
    ]

    def format_cells(book: Workbook) -> None:
        book.worksheets[0]["B2"].number_format = "0%"

    assert lines(a_workbook(rows, change=format_cells))[1:] == [
        "建 平台\t85%\t2025-03-01\t2\tTRUE",
        "甲\t12\t一季度\t0.3\t",
    ]


def test_sheets_follow_one_another_under_their_names_and_hidden_ones_are_gone() -> None:
    def name(book: Workbook) -> None:
        book.worksheets[0].title = "附表1 任务"
        book.worksheets[2].sheet_state = "hidden"

    assert lines(a_workbook(TASKS[:2], TASKS[:2], TASKS, change=name)) == [
        "附表1 任务", *["序号\t任务\t责任单位", "1\t建平台\t市经信局"] * 2,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rows", [[["任务", "单位"]], [[1, 2], [3, 4]], [["甲"], ["乙"]], [["任务", "单位"], [1, 2]], []],
    ids=["a header alone", "figures", "one column", "figures under a header", "nothing"],
)  # fmt: skip
def test_a_workbook_without_a_table_of_text_is_refused_with_the_reason(rows: Sequence[Sequence[Any]]) -> None:
    with pytest.raises(UnreadableTextError, match=r"^三\.xlsx: no table of tasks in it: a row of headings"):
        read_xlsx("三.xlsx", a_workbook(rows))


def test_a_sheet_that_says_it_is_smaller_than_it_is_is_read_whole() -> None:
    assert len(lines(replaced(SHEET, lambda words: words.replace("A1:C3", "A1")))) == 3


def replaced(name: str, change: Callable[[str], str]) -> bytes:
    """The tasks' workbook with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(a_workbook(TASKS))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            words = old.read(entry)
            new.writestr(entry, change(words.decode()) if entry == name else words)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (a_workbook(TASKS)[:2_000], "File is not a zip file"),
        (replaced(SHEET, lambda words: words[:200]), "no readable workbook"),
        (replaced(SHEET, lambda words: "<!DOCTYPE z []>" + words), "a document type"),
        (replaced(SHEET, lambda words: words.replace("<sheetData>", "<sheetData>" + "<row/>" * 500_001)), "500,000 elements"),
        (replaced(SHEET, lambda words: words.replace('r="A3"', 'r="BN3"')), "more than 64 columns"),
        (replaced(SHEET, lambda words: words.replace('<row r="3"', '<row r="60000"')), "more than 50,000 rows"),
    ],
    ids=["cut off", "half a sheet", "a document type", "elements", "columns", "rows"],
)  # fmt: skip
def test_a_workbook_that_is_broken_or_hostile_is_refused_with_its_name(data: bytes, reason: str) -> None:
    with bounded(6.0), pytest.raises(UnreadableTextError, match=r"^三\.xlsx: no readable workbook \(") as error:
        read_xlsx("三.xlsx", data)
    assert reason in str(error.value)


@pytest.mark.parametrize(
    "merges",
    [
        '<mergeCell ref="A1:XFD1048576"/>',
        '<mergeCell ref="A1:BL40000"/>' * 100_000,
        '<mergeCell ref="9:A"/><mergeCell/>',
    ],
    ids=["the whole sheet", "one on another", "no range"],
)
def test_hostile_merges_keep_nobody_busy(merges: str) -> None:
    words = f"</sheetData><mergeCells>{merges}</mergeCells>"
    with bounded(6.0), suppress(UnreadableTextError):
        read_xlsx("三.xlsx", replaced(SHEET, lambda sheet: sheet.replace("</sheetData>", words)))
