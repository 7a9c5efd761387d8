"""Question files: what a row may hold, and that a bad one is named with its line."""

from __future__ import annotations

import json
import os
import time
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from corpus.bounds import MAX_BYTES
from eval.questions_file import QuestionFileError, as_row, problems, read_questions
from eval.types import GoldClause, GoldQuestion, Labels
from tests.builders import a_corpus
from tests.eval.builders import a_question

FULL: dict[str, Any] = {
    "id": "q1",
    "kind": "follow_up",
    "question": "那在线教育呢？",
    "history": [{"role": "user", "content": "在线医疗由谁负责？"}],
    "answerable": True,
    "status": "partial",
    "reason": None,
    "gold": [{"clause_id": "demo-2020#一", "quote": "建设空中课堂"}],
    "need": "any",
    "departments": [{"name": "区教育局", "jurisdiction": "示例区"}, {"name": "人民银行上海总部"}],
    "facts": ["空中课堂|网上课堂", "10家"],
    "document": "demo-2020",
}
SMALLEST = {"question": "谁？"}


def written(folder: Path, *rows: dict[str, Any] | str, name: str = "mine.jsonl") -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path = folder / name
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_a_row_is_read_with_every_field(tmp_path: Path) -> None:
    assert read_questions(written(tmp_path, FULL)) == (
        GoldQuestion(
            id="q1",
            kind="follow_up",
            question="那在线教育呢？",
            answerable=True,
            status="partial",
            reason=None,
            gold=(GoldClause("demo-2020#一", "建设空中课堂"),),
            need="any",
            departments=(("区教育局", "示例区"), ("人民银行上海总部", None)),
            facts=(("空中课堂", "网上课堂"), ("10家",)),
            history=({"role": "user", "content": "在线医疗由谁负责？"},),
        ),
    )


def test_a_question_is_written_as_it_was_read(tmp_path: Path) -> None:
    (question,) = read_questions(written(tmp_path, FULL))
    assert read_questions(written(tmp_path, as_row(question), name="again.jsonl")) == (question,)


def test_a_row_needs_no_more_than_a_question(tmp_path: Path) -> None:
    (question,) = read_questions(written(tmp_path, SMALLEST))
    assert (question.id, question.kind, question.answerable, question.status) == ("1", "other", None, None)
    assert (question.gold, question.departments, question.facts, question.history) == ((), None, (), ())


@pytest.mark.parametrize(("answerable", "status"), [(True, "answered"), (False, "refused")])
def test_the_status_follows_from_answerable(answerable: bool, status: str, tmp_path: Path) -> None:
    assert read_questions(written(tmp_path, SMALLEST | {"answerable": answerable}))[0].status == status


def test_no_departments_and_none_asked_for_are_told_apart(tmp_path: Path) -> None:
    rows = read_questions(written(tmp_path, SMALLEST | {"departments": []}, SMALLEST | {"departments": None}))
    assert [row.departments for row in rows] == [(), None]


def test_an_id_of_any_type_is_read_as_text(tmp_path: Path) -> None:
    assert [q.id for q in read_questions(written(tmp_path, FULL | {"id": 7}, FULL | {"id": "7b"}))] == ["7", "7b"]


def test_blank_lines_are_skipped_and_lines_counted(tmp_path: Path) -> None:
    questions = read_questions(written(tmp_path, "", SMALLEST, "  ", SMALLEST))
    assert [question.id for question in questions] == ["2", "4"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["bare", "marked"])
def test_marks_and_line_ends_of_other_editors_do_no_harm(end: str, mark: bytes, tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_bytes(mark + end.join([json.dumps(SMALLEST)] * 2).encode())
    assert [question.question for question in read_questions(path)] == ["谁？", "谁？"]


def test_a_line_break_of_unicode_does_not_break_a_row(tmp_path: Path) -> None:
    assert read_questions(written(tmp_path, {"question": "在线\u2028金融"}))[0].question == "在线\u2028金融"


@pytest.mark.parametrize(
    "row",
    [
        "{bad",
        "[1]",
        '"text"',
        "7",
        "null",
        {"answerable": True},
        {"question": 5},
        {"question": ""},
        {"question": " \n"},
        SMALLEST | {"gold": "demo-2020#一"},
        SMALLEST | {"gold": [{"clause_id": "demo-2020#一"}]},
        SMALLEST | {"gold": None},
        SMALLEST | {"departments": ["区科委"]},
        SMALLEST | {"departments": [{"jurisdiction": "示例区"}]},
        SMALLEST | {"facts": [5]},
        SMALLEST | {"history": ["谁？"]},
        SMALLEST | {"history": [{"role": "user"}]},
    ],
    ids=json.dumps,
)
def test_a_bad_row_is_named_with_its_line(row: dict[str, Any] | str, tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match=r"mine\.jsonl, line 3: ") as raised:
        read_questions(written(tmp_path, SMALLEST, "", row))
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "row",
    [
        SMALLEST | {"answerable": "false"},
        SMALLEST | {"facts": "空中课堂"},
        SMALLEST | {"gold": [{"clause_id": 5, "quote": "x"}]},
        SMALLEST | {"gold": [{"clause_id": "demo-2020#一", "quote": 5}]},
        SMALLEST | {"need": "some"},
        SMALLEST | {"history": [{"role": "user", "content": 5}]},
    ],
    ids=json.dumps,
)
def test_a_value_that_a_field_cant_have_is_named_with_its_line(row: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match=r"mine\.jsonl, line 1: "):
        read_questions(written(tmp_path, row))


def test_bad_rows_are_left_out_where_someone_takes_them(tmp_path: Path) -> None:
    complaints: list[str] = []
    questions = read_questions(written(tmp_path, "{bad", SMALLEST, {"question": 5}), complaints.append)
    assert [question.id for question in questions] == ["2"]
    assert ["line 1" in complaints[0], "line 3" in complaints[1], len(complaints)] == [True, True, 2]


@pytest.mark.parametrize("rows", [(), ("", " ")], ids=["empty", "blank"])
def test_a_file_without_questions_is_an_error(rows: tuple[str, ...], tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match="no questions"):
        read_questions(written(tmp_path, *rows))


@pytest.mark.parametrize("name", ["nowhere.jsonl", "nowhere.csv", "nowhere.xlsx"])
def test_a_file_that_is_not_there_is_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match=f"{name}: no such file"):
        read_questions(tmp_path / name)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "folder.jsonl").mkdir()
    with pytest.raises(QuestionFileError, match=r"folder\.jsonl: is a folder"):
        read_questions(tmp_path / "folder.jsonl")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("name", ["mine.jsonl", "mine.csv"])
def test_a_file_is_read_in_the_encoding_it_was_saved_in(name: str, encoding: str, tmp_path: Path) -> None:
    rows = "question\n谁负责夜市？\n" if name.endswith("csv") else '{"question": "谁负责夜市？"}\n'
    (tmp_path / name).write_bytes(rows.encode(encoding))
    assert [row.question for row in read_questions(tmp_path / name)] == ["谁负责夜市？"]


@pytest.mark.parametrize("name", ["mine.jsonl", "mine.csv"])
def test_a_file_in_no_known_encoding_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes("question\n谁？\n".encode() + b"\xff\xff\n")
    with pytest.raises(QuestionFileError, match=rf"{name}: can't be read .*save it as UTF-8"):
        read_questions(tmp_path / name)


@pytest.mark.parametrize("name", ["mine.txt", "mine", "mine.xls"])
def test_another_kind_of_file_is_named_with_those_that_are_read(name: str, tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match=r"\.jsonl, \.csv, \.xlsx"):
        read_questions(written(tmp_path, SMALLEST, name=name))


def test_a_table_of_csv_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(
        "\ufeffID,Question,Answerable,Gold,Facts,Need,Kind,Reason\r\n"
        "q1,在线教育由谁负责？,是,demo-2020#一; demo-2020#二,区教育局|教育局;10家,any,lookup,\r\n"
        ",,,,,,,\r\n"
        '7,"价格,多少？",no,,,,,not_stated\r\n'.encode()
    )
    first, second = read_questions(path)
    assert (first.id, first.kind, first.answerable, first.need) == ("q1", "lookup", True, "any")
    assert [gold.clause_id for gold in first.gold] == ["demo-2020#一", "demo-2020#二"]
    assert first.facts == (("区教育局", "教育局"), ("10家",))
    assert (second.id, second.question, second.answerable) == ("7", "价格,多少？", False)
    assert (second.reason, second.gold, second.need) == ("not_stated", (), "all")


def test_a_table_needs_no_more_than_questions(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("question\n谁？\n", encoding="utf-8")
    (question,) = read_questions(path)
    assert (question.id, question.answerable, question.gold) == ("2", None, ())


def test_a_row_of_a_table_with_gold_is_answerable(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("question,gold\n谁？,demo-2020#一\n", encoding="utf-8")
    assert read_questions(path)[0].answerable is True


@pytest.mark.parametrize(
    ("table", "line"),
    [("question,answerable\n谁？,是\n谁？,也许\n", 3), ("id,question\nq1,\n", 2), ("id\nq1\n", 2)],
    ids=["an answerable of another word", "no question in a row", "no column of questions"],
)
def test_a_bad_row_of_a_table_is_named_with_its_line(table: str, line: int, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(table, encoding="utf-8")
    with pytest.raises(QuestionFileError, match=rf"mine\.csv, line {line}: "):
        read_questions(tmp_path / "mine.csv")


def test_a_workbook_is_read(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["id", "question", "answerable"], [7, "谁负责？", True], [None, None, None], ["b", "多少钱？", "否"]):
        book.active.append(row)
    book.save(tmp_path / "mine.xlsx")
    questions = read_questions(tmp_path / "mine.xlsx")
    assert [(q.id, q.question, q.answerable) for q in questions] == [("7", "谁负责？", True), ("b", "多少钱？", False)]


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04"])
def test_a_workbook_that_is_none_is_named(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "mine.xlsx").write_bytes(content)
    with pytest.raises(QuestionFileError, match=r"mine\.xlsx: no readable XLSX"):
        read_questions(tmp_path / "mine.xlsx")


@pytest.mark.parametrize(
    ("clause_id", "quote", "problem"),
    [
        ("demo-2020#一", "建设空中课堂", None),
        ("demo-2020#一", "", None),  # a table gives no quotation
        ("demo-2020#九", "建设空中课堂", "q1: no clause demo-2020#九"),
        ("nowhere#一", "建设空中课堂", "q1: no clause nowhere#一"),
        ("demo-2020", "建设空中课堂", "q1: no clause demo-2020"),
        ("demo-2020#一", "建设 空中课堂", "q1: the quotation is not in demo-2020#一"),
        ("demo-2020#二", "建设空中课堂", "q1: the quotation is not in demo-2020#二"),
    ],
)
def test_gold_that_the_texts_dont_have_is_a_problem(clause_id: str, quote: str, problem: str | None) -> None:
    question = a_question(gold=(GoldClause(clause_id, quote),))
    assert problems((question,), a_corpus()) == ([problem] if problem else [])


def test_every_problem_is_named_in_the_order_of_the_questions() -> None:
    questions = tuple(a_question("demo-2020#九", "demo-2020#十", id=name) for name in ("q1", "q2"))
    assert [problem.split(":")[0] for problem in problems(questions, a_corpus())] == ["q1", "q1", "q2", "q2"]


def a_workbook(path: Path, sheet: str) -> Path:
    """A workbook whose one sheet is this XML."""
    openpyxl.Workbook().save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts, "xl/worksheets/sheet1.xml": sheet.encode()}.items():
            archive.writestr(name, data)
    return path


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<dimension ref="A1:XFD1048576"/><sheetData>{}</sheetData></worksheet>'
)


@pytest.mark.parametrize("name", ["q.jsonl", "q.csv", "q.xlsx"])
def test_a_pipe_is_named_and_never_waited_for(name: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / name)
    with pytest.raises(QuestionFileError, match="is a pipe, not a file"):
        read_questions(tmp_path / name)


def test_a_file_that_is_too_long_is_named(tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_bytes(b" " * (MAX_BYTES + 1))
    with pytest.raises(QuestionFileError, match="longer than the 16,777,216 bytes"):
        read_questions(tmp_path / "q.jsonl")


def test_a_cell_that_is_too_long_and_brackets_without_end_are_named(tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text("question\n" + "国" * 200_000, encoding="utf-8")
    with pytest.raises(QuestionFileError, match="field larger than field limit"):
        read_questions(tmp_path / "q.csv")
    (tmp_path / "q.jsonl").write_text("[" * 200_000, encoding="utf-8")
    with pytest.raises(QuestionFileError, match="line 1"):
        read_questions(tmp_path / "q.jsonl")


def test_a_workbook_that_unpacks_without_end_is_named(tmp_path: Path) -> None:
    book = a_workbook(tmp_path / "q.xlsx", SHEET.format(" " * 140_000_000))
    assert book.stat().st_size < MAX_BYTES
    with pytest.raises(QuestionFileError, match="more than 67,108,864 bytes when unpacked"):
        read_questions(book)


def test_a_workbook_that_says_it_is_huge_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    cells = '<c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c><c r="XFD{0}"><v>1</v></c>'
    rows = "".join(f'<row r="{n}">{cells.format(n, words)}</row>' for n, words in ((1, "question"), (9, "谁负责？")))
    book = a_workbook(tmp_path / "q.xlsx", SHEET.format(rows))
    assert [question.question for question in read_questions(book)] == ["谁负责？"]


@pytest.mark.parametrize(
    ("sheet", "reason"),
    [
        (SHEET.format("<row>" + "<c/>" * 4_000_000 + "</row>"), "500,000 elements"),
        (SHEET.format("<row/>" * 4_000_000), "500,000 elements"),
        (SHEET.format("<row>" + "<c>" * 4_000_000), "500,000 elements"),
        ('<!DOCTYPE z [<!ENTITY a "aa">]>' + SHEET.format("<row/>"), "a document type"),
    ],
    ids=["one row of cells", "rows", "cells in cells", "entities"],
)
def test_a_small_workbook_of_very_many_elements_is_refused_at_once(sheet: str, reason: str, tmp_path: Path) -> None:
    book = a_workbook(tmp_path / "q.xlsx", sheet)
    assert book.stat().st_size < 100_000
    started = time.process_time()
    with pytest.raises(QuestionFileError, match=reason):
        read_questions(book)
    assert time.process_time() - started < 2.0


def test_a_sheet_of_another_name_is_counted_too(tmp_path: Path) -> None:
    book = a_workbook(tmp_path / "q.xlsx", SHEET.format(""))
    with zipfile.ZipFile(book, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.png", SHEET.format("<row>" + "<c/>" * 600_000))
    with pytest.raises(QuestionFileError, match="500,000 elements"):
        read_questions(book)


def test_a_workbook_with_a_picture_is_read(tmp_path: Path) -> None:
    row = '<row><c t="inlineStr"><is><t>{}</t></is></c></row>'
    book = a_workbook(tmp_path / "q.xlsx", SHEET.format(row.format("question") + row.format("谁负责？")))
    with zipfile.ZipFile(book, "a") as archive:
        archive.writestr("xl/media/image1.png", b"\x89PNG\r\n\x1a\n" + bytes(100_000))
    assert [question.question for question in read_questions(book)] == ["谁负责？"]


LABELLED = FULL | {
    "op": "find",
    "wants": ["bodies", "place"],
    "value": None,
    "topic": ["在线教育"],
    "names": {"places": ["示例区"], "documents": [], "bodies": [], "address": None},
}


def test_a_row_may_say_how_it_is_to_be_read(tmp_path: Path) -> None:
    (question,) = read_questions(written(tmp_path, LABELLED))
    assert question.labels == Labels("find", ("bodies",), "none", ("在线教育",), ("示例区",))
    assert read_questions(written(tmp_path, as_row(question), name="again.jsonl")) == (question,)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("op", "search"),
        ("wants", "bodies"),
        ("value", 3),
        ("topic", [3]),
        ("names", ["示例区"]),
        ("names", {"address": 3}),
    ],
)
def test_a_label_of_a_wrong_form_is_named(field: str, value: object, tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match=f"line 1: the field {field} "):
        read_questions(written(tmp_path, LABELLED | {field: value}))
