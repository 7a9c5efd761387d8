"""A workbook of tasks -> text: a line a row, the header first (`corpus.readers.tables`)."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from corpus.bounds import MAX_COLUMNS, MAX_ELEMENTS_OF_TABLE, MAX_LINES
from corpus.errors import UnreadableTextError
from corpus.readers.packages import check_package, elements_in
from corpus.readers.reading import Reading
from corpus.readers.tables import row_line

_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_CELL = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
_UNNAMED = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]")


class _NoTableError(Exception):
    """The workbook can be read and holds no table of text."""


@dataclass(frozen=True)
class _Merge:
    """Numbers of columns from 0, of the last row from 1."""

    left: int
    right: int
    bottom: int


@dataclass
class _Merges:
    """What is merged, by the row that it begins in; `fill` goes down the sheet once."""

    by_row: dict[int, list[_Merge]] = field(default_factory=dict)
    _held: dict[int, tuple[int, str]] = field(default_factory=dict)  # by column: up to which row it says what

    def fill(self, number: int, cells: list[str], is_header: bool) -> None:
        own = self.by_row.get(number, ())
        for merge in own if is_header else ():
            cells[merge.left : merge.right + 1] = [cells[merge.left]] * (merge.right + 1 - merge.left)
        for merge in own:
            self._held[merge.left] = (merge.bottom, cells[merge.left])
        for column, (bottom, words) in list(self._held.items()):
            if number > bottom:
                del self._held[column]
            else:
                cells[column] = cells[column] or words


def read_xlsx(name: str, data: bytes) -> Reading:
    """Raises UnreadableTextError with the name and what to do, where it holds no table of text as well."""
    try:
        check_package(data, MAX_ELEMENTS_OF_TABLE)
        return Reading("\n".join(_lines(data)))
    except _NoTableError as error:
        raise UnreadableTextError(f"{name}: {error}") from None
    except MemoryError:
        raise
    except Exception as error:  # of the libraries below, each with its own
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise UnreadableTextError(
            f"{name}: no readable workbook ({reason}). Open it in Excel or WPS and save it as .xlsx."
        ) from None


def _lines(data: bytes) -> list[str]:
    from openpyxl import load_workbook  # takes a moment, which a folder without workbooks needn't wait

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    sheets = [(sheet.title, _rows(sheet, book)) for sheet in book.worksheets if sheet.sheet_state == "visible"]
    tables = [(title, rows) for title, rows in sheets if rows]
    if not any(_is_table(rows) for _, rows in tables):
        raise _NoTableError(
            "no table of tasks in it: a row of headings and a row a task below it are read. Save a text as .docx."
        )
    lines: list[str] = []
    for title, rows in tables:
        if len(tables) > 1 and not _UNNAMED.fullmatch(title.strip()):
            lines.append(title.strip())
        lines += [line for row in rows if (line := row_line(row))]
    return lines


def _rows(sheet: Any, book: Any) -> list[list[str]]:
    """The rows that hold something, merged cells filled."""
    merges = _merges_of(sheet, book)
    rows: list[list[str]] = []
    has_header = False
    sheet.reset_dimensions()  # what a sheet says of its size may be wrong, and would cut it
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
        if number > MAX_LINES:
            raise ValueError(f"more than {MAX_LINES:,} rows")
        words = [_words(cell) for cell in cells]
        words += [""] * (MAX_COLUMNS - len(words))
        is_header = not has_header and _is_wide(words)
        has_header = has_header or is_header
        merges.fill(number, words, is_header)
        if any(words):
            rows.append(words)
    width = max((column + 1 for row in rows for column, word in enumerate(row) if word), default=0)
    return [row[:width] for row in rows]


def _merges_of(sheet: Any, book: Any) -> _Merges:
    """openpyxl tells them only of a sheet that it holds whole, and makes a cell for each that is merged.

    Raises ValueError where a cell with a value stands beyond the columns that are taken.
    """
    merges = _Merges()
    column = -1
    with book._archive.open(sheet._worksheet_path) as part:
        for name, attributes in elements_in(part):
            if name == "row":
                column = -1
            elif name == "c":
                place = _CELL.fullmatch(attributes.get("r", ""))
                column = _column(place[1]) if place else column + 1
            elif name in ("v", "is") and column >= MAX_COLUMNS:
                raise ValueError(f"more than {MAX_COLUMNS} columns")
            elif name == "mergeCell" and (found := _RANGE.fullmatch(attributes.get("ref", ""))):
                left, top, right, bottom = found.groups()
                if (first := _column(left)) < MAX_COLUMNS:
                    last = max(first, min(_column(right), MAX_COLUMNS - 1))
                    merges.by_row.setdefault(int(top), []).append(_Merge(first, last, int(bottom)))
    return merges


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _words(cell: Any) -> str:
    """What the cell shows."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float | int):
        if "%" in str(cell.number_format):
            return f"{value * 100:.10g}%"
        return f"{value:.10g}" if isinstance(value, float) else str(value)
    if isinstance(value, datetime | date | time):
        return str(value).removesuffix(" 00:00:00")
    return str(value).strip()


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a row of headings, two cells of words at least, has a row with words under it."""
    heading = next((number for number, row in enumerate(rows) if _is_wide(row)), len(rows))
    return any(_has_words(row) for row in rows[heading + 1 :])


def _is_wide(row: Sequence[str]) -> bool:
    return sum(bool(_WORDS.search(cell)) for cell in row) > 1


def _has_words(row: Sequence[str]) -> bool:
    return any(_WORDS.search(cell) for cell in row)
