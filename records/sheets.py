"""Tables as files for a spreadsheet, with no cell that it would run: CSV in UTF-8 with a mark, and XLSX."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

_FORMULA, _ENDS_A_CELL = frozenset("=+-−@"), ("\t", "\r")
_UNSEEN = "CZM"  # kinds of characters: control and format ones, blanks, marks on a letter that isn't there


def csv_of(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """The rows' `columns`; a list is joined by lines, counts read 词：数."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([cell(row.get(column)) for column in columns] for row in rows)
    return out.getvalue()


def xlsx_of(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], title: str) -> bytes:
    """As `csv_of`, as one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # a new workbook has one
    sheet.title = re.sub(r"[\[\]:*?/\\]", "", title)[:31] or "表"
    sheet.append(list(columns))
    for row in rows:
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", cell(row.get(column))) for column in columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell(value: Any) -> str:
    """A value as text that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        value = "；".join(f"{key}：{count}" for key, count in value.items())
    elif isinstance(value, list | tuple):
        value = "\n".join(str(item) for item in value)
    text = str(value)
    return f"'{text}" if text.startswith(_ENDS_A_CELL) or _first_seen(text) in _FORMULA else text


def _first_seen(text: str) -> str:
    """The first character that shows, as spreadsheets read it: full-width signs are the narrow ones."""
    read = (character for one in text for character in unicodedata.normalize("NFKC", one))
    return next((character for character in read if unicodedata.category(character)[0] not in _UNSEEN), "")
