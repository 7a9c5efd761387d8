"""Tables that a spreadsheet opens and doesn't run."""

from __future__ import annotations

import pytest

from records.csv_text import cell, csv_of


@pytest.mark.parametrize("value", ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1", " =HYPERLINK(1)"])
def test_no_cell_is_a_formula(value: str) -> None:
    assert cell(value) == f"'{value}"


def test_a_table_is_read_by_a_spreadsheet() -> None:
    rows = [{"question": "“甲”,乙\n丙", "places": {"虹口区": 2, "长宁区": 1}, "questions": ["甲", "乙"]}]
    assert csv_of(rows, ("question", "places", "questions", "none")) == (
        '\ufeffquestion,places,questions,none\r\n"“甲”,乙\n丙",虹口区：2；长宁区：1,"甲\n乙",\r\n'
    )
