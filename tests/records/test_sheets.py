"""Tables that a spreadsheet opens and doesn't run."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from records.sheets import cell, csv_of, xlsx_of

UNSEEN = [
    *(f"{sign}1+1" for sign in "＝＋－＠﹦﹢﹣﹫−"),
    *(
        f"{before}=1+1"
        for before in ("\u200b", "\ufeff", "\u2060", "\u00ad", "\u3000", "\x00", "\u200e ", "\ufe0f", "\ue000")
    ),
]


@pytest.mark.parametrize("value", ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1", " =HYPERLINK(1)", "\r1", *UNSEEN])
def test_no_cell_is_a_formula(value: str) -> None:
    assert cell(value) == f"'{value}"


@pytest.mark.parametrize("value", ["1-2", "“=”号", "由A+B负责", "①＝一", ""])
def test_what_only_holds_a_sign_stays_as_it_is(value: str) -> None:
    assert cell(value) == value


def test_a_table_is_read_by_a_spreadsheet() -> None:
    rows = [{"question": "“甲”,乙\n丙", "places": {"虹口区": 2, "长宁区": 1}, "questions": ["甲", "乙"]}]
    assert csv_of(rows, ("question", "places", "questions", "none")) == (
        '\ufeffquestion,places,questions,none\r\n"“甲”,乙\n丙",虹口区：2；长宁区：1,"甲\n乙",\r\n'
    )


def test_a_sheet_holds_text_and_no_formula() -> None:
    book = load_workbook(io.BytesIO(xlsx_of([{"question": "=1+1\x00"}], ("question",), "部门/职责")))
    sheet = book.active
    assert sheet is not None
    assert (sheet.title, [[c.value for c in row] for row in sheet.rows]) == ("部门职责", [["question"], ["'=1+1"]])
    assert sheet["A2"].data_type == "s"
