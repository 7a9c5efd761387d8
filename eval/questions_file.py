"""Reading question files: JSON Lines, CSV and XLSX. A row that can't be read is named with its number."""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus.bounds import MAX_COLUMNS, MAX_ELEMENTS_OF_TABLE
from corpus.errors import UnreadableTextError
from corpus.files import read_file
from corpus.readers.packages import check_package
from corpus.readers.rows_encoding import encoding_of_rows
from corpus.types import Corpus
from eval.labels import labels_of, labels_row
from eval.types import GoldClause, GoldQuestion

SEPARATOR = ";"  # between the values of one cell of a table
_TRUE, _FALSE = frozenset({"1", "true", "yes", "是", "y"}), frozenset({"0", "false", "no", "否", "n"})
MAX_QUESTIONS = 20_000
OnBad = Callable[[str], None]


class QuestionFileError(Exception):
    """A question file can't be read; the message names the file and the row."""


def read_questions(path: Path, on_bad: OnBad | None = None) -> tuple[GoldQuestion, ...]:
    """The file's questions. A bad row goes to `on_bad` and is left out; without it the first one raises.

    Raises QuestionFileError naming file, row and field.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise QuestionFileError(f"{path}: question files are {', '.join(_READERS)}.")
    try:
        numbered = list(reader(path))
    except UnreadableTextError as error:
        raise QuestionFileError(str(error)) from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise QuestionFileError(f"{path}: can't be read ({error}). Check the path, or save it as UTF-8.") from None
    rows = []
    for number, read in numbered:
        try:
            rows.append(_question(read(), number))
        except json.JSONDecodeError as error:
            _complain(f"{path}, line {number}: no valid JSON ({error.msg}).", on_bad)
        except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
            _complain(f"{path}, line {number}: the field {error} is missing or has a wrong form.", on_bad)
    if not rows:
        raise QuestionFileError(f"{path}: no questions in it.")
    if len(rows) > MAX_QUESTIONS:
        raise QuestionFileError(
            f"{path}: {len(rows):,} questions, at most {MAX_QUESTIONS:,} are taken. Split the file."
        )
    return tuple(rows)


def _complain(message: str, on_bad: OnBad | None) -> None:
    if on_bad is None:
        raise QuestionFileError(message)
    on_bad(message)


Row = Callable[[], Mapping[str, Any]]


def _text(path: Path) -> str:
    data = read_file(path)
    encoding, mark = encoding_of_rows(data)
    return data[mark:].decode(encoding)


def _json_lines(path: Path) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if line.strip():
            yield number, lambda line=line: json.loads(line)  # type: ignore[misc]


def _csv(path: Path) -> Iterator[tuple[int, Row]]:
    table = list(csv.reader(io.StringIO(_text(path), newline="")))
    yield from _table(table)


def _xlsx(path: Path) -> Iterator[tuple[int, Row]]:
    import openpyxl

    data = io.BytesIO(read_file(path))
    try:
        check_package(data.getvalue(), MAX_ELEMENTS_OF_TABLE)  # 20,000 questions with five columns filled have 420,000
        sheet = openpyxl.load_workbook(data, read_only=True, data_only=True).worksheets[0]
        # a sheet says itself how large it is, and a cell in its last column makes a row of 16,384
        cells = sheet.iter_rows(max_row=MAX_QUESTIONS + 2, max_col=MAX_COLUMNS, values_only=True)
        rows = [["" if cell is None else str(cell) for cell in row] for row in cells]
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        KeyError,
        ValueError,
        IndexError,
        SyntaxError,
    ) as error:
        raise QuestionFileError(f"{path}: no readable XLSX file ({error}). Save it again as .xlsx or .csv.") from None
    yield from _table(rows)


def _table(rows: list[list[str]]) -> Iterator[tuple[int, Row]]:
    """Rows of a table under their header; blank rows are skipped."""
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            yield number, lambda row=row: _from_cells(dict(zip(header, row, strict=False)))  # type: ignore[misc]


def _from_cells(cells: Mapping[str, str]) -> dict[str, Any]:
    """A table's row as a JSON line would have it. Only `question` is needed."""
    row: dict[str, Any] = {
        name: cells[name].strip() for name in ("id", "kind", "question") if cells.get(name, "").strip()
    }
    if answerable := cells.get("answerable", "").strip().lower():
        if answerable not in _TRUE | _FALSE:
            raise ValueError("answerable")
        row["answerable"] = answerable in _TRUE
    if cells.get("reason", "").strip():
        row["reason"] = cells["reason"].strip()
    if cells.get("gold", "").strip():
        row["gold"] = [{"clause_id": c.strip(), "quote": ""} for c in cells["gold"].split(SEPARATOR) if c.strip()]
        row.setdefault("answerable", True)
    if cells.get("facts", "").strip():
        row["facts"] = [fact.strip() for fact in cells["facts"].split(SEPARATOR) if fact.strip()]
    row["need"] = cells.get("need", "").strip() or "all"
    return row


def _question(row: Mapping[str, Any], number: int) -> GoldQuestion:
    """Raises ValueError naming the field that is missing or has a wrong form."""
    for field, has_form in _FORMS.items():
        is_null = row.get(field) is None and (field not in row or field in _NULLABLE)
        if not is_null and not has_form(row[field]):
            raise ValueError(field)
    if not str(row.get("question") or "").strip():
        raise ValueError("question")
    answerable = row.get("answerable")
    departments = row.get("departments")
    expected = None if answerable is None else "answered" if answerable else "refused"
    return GoldQuestion(
        id=str(row.get("id", number)),
        kind=str(row.get("kind", "other")),
        question=row["question"],
        answerable=answerable,
        status=row.get("status", expected),
        reason=row.get("reason"),
        gold=tuple(GoldClause(g["clause_id"], g["quote"]) for g in row.get("gold") or ()),
        need=row.get("need") or "all",
        departments=None if departments is None else tuple((d["name"], d.get("jurisdiction")) for d in departments),
        facts=tuple(tuple(fact.split("|")) for fact in row.get("facts") or ()),
        history=tuple({"role": turn["role"], "content": turn["content"]} for turn in row.get("history") or ()),
        labels=labels_of(row),
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_rows(*fields: str) -> Callable[[object], bool]:
    """A list of objects that have these fields as texts."""

    def has_form(value: object) -> bool:
        return isinstance(value, list) and all(
            isinstance(row, dict) and all(_is_text(row.get(field)) for field in fields) for row in value
        )

    return has_form


_NULLABLE = frozenset({"answerable", "status", "reason", "departments"})
# field -> whether a value has the form that the field needs
_FORMS: Mapping[str, Callable[[Any], bool]] = {
    "question": _is_text,
    "answerable": lambda value: isinstance(value, bool),
    "status": _is_text,
    "reason": _is_text,
    "gold": _is_rows("clause_id", "quote"),
    "need": lambda value: value in ("all", "any"),
    "departments": _is_rows("name"),
    "facts": _is_texts,
    "history": _is_rows("role", "content"),
}


_READERS: dict[str, Callable[[Path], Iterator[tuple[int, Row]]]] = {
    ".jsonl": _json_lines,
    ".csv": _csv,
    ".xlsx": _xlsx,
}


def as_row(question: GoldQuestion) -> dict[str, Any]:
    """The question as a line of a question file."""
    departments = question.departments
    return {
        "id": question.id,
        "kind": question.kind,
        "question": question.question,
        "history": list(question.history),
        "answerable": question.answerable,
        "status": question.status,
        "reason": question.reason,
        "gold": [{"clause_id": g.clause_id, "quote": g.quote} for g in question.gold],
        "need": question.need,
        "departments": None if departments is None else [{"name": n, "jurisdiction": j} for n, j in departments],
        "facts": ["|".join(fact) for fact in question.facts],
        **(labels_row(question.labels) if question.labels else {}),
    }


def problems(questions: tuple[GoldQuestion, ...], corpus: Corpus) -> list[str]:
    """Gold that the corpus doesn't have: clauses and quotations."""
    rows = []
    for question in questions:
        for gold in question.gold:
            clause = corpus.clause(gold.clause_id)
            if clause is None:
                rows.append(f"{question.id}: no clause {gold.clause_id}")
            elif gold.quote not in clause.text:
                rows.append(f"{question.id}: the quotation is not in {gold.clause_id}")
    return rows
