from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.entry_points import AUTHORS, read_entry_points
from corpus.errors import CorpusError
from corpus.parse import parse
from corpus.types import Corpus, EntryPoint

HONGKOU = parse("hongkou", "虹口区办法\n一、甲\n(一)乙。做好。\n二、丙。做好。\n")
JIADING = parse("jiading", "嘉定区办法\n一、丁。做好。\n")


def a_row(clause_path: object = "二", author: object = "written", phrases: object = ("怎么办",)) -> str:
    return json.dumps({"clause_path": clause_path, "author": author, "phrases": phrases}, ensure_ascii=False)


def a_folder(folder: Path, *rows: str, document_id: str = "hongkou") -> Path:
    (folder / f"{document_id}.jsonl").write_text("\n".join(rows), encoding="utf-8")
    return folder


def test_each_phrase_of_a_clause_is_an_entry_point(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, a_row("一/(一)", "generated", ["怎么办", "找谁"]), a_row("二", "feedback", ["多少钱"]))

    assert read_entry_points(folder, [HONGKOU]) == (
        EntryPoint("hongkou#一/(一)", "怎么办", "generated"),
        EntryPoint("hongkou#一/(一)", "找谁", "generated"),
        EntryPoint("hongkou#二", "多少钱", "feedback"),
    )


def test_entry_points_come_in_the_order_of_the_documents(tmp_path: Path) -> None:
    a_folder(tmp_path, a_row("一"), document_id="jiading")
    a_folder(tmp_path, a_row("二"), document_id="hongkou")

    assert [e.clause_id for e in read_entry_points(tmp_path, [JIADING, HONGKOU])] == ["jiading#一", "hongkou#二"]


def test_no_folder_and_no_file_are_no_entry_points(tmp_path: Path) -> None:
    assert read_entry_points(tmp_path / "asked_as", [HONGKOU]) == ()
    assert read_entry_points(tmp_path, [HONGKOU]) == ()


def test_blank_lines_are_skipped(tmp_path: Path) -> None:
    assert len(read_entry_points(a_folder(tmp_path, "", a_row(), "  ", a_row(), ""), [HONGKOU])) == 2


def test_a_clause_may_have_no_phrases(tmp_path: Path) -> None:
    assert read_entry_points(a_folder(tmp_path, a_row(phrases=[])), [HONGKOU]) == ()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{", "needs clause_path, author and phrases"),
        ("[]", "needs clause_path, author and phrases"),
        ("3", "needs clause_path, author and phrases"),
        ('{"clause_path": "二", "author": "written"}', "needs clause_path, author and phrases ('phrases')"),
        (a_row("九"), "hongkou has no clause '九'. Mend or remove the line."),
        (a_row("一"), "hongkou has no clause '一'"),
        (a_row(3), "hongkou has no clause 3"),
        (a_row(["二"]), "hongkou has no clause ['二']"),
        (a_row(author="nobody"), "author must be one of written, generated, feedback"),
        (a_row(phrases="怎么办"), "phrases a list of texts"),
        (a_row(phrases=["怎么办", 3]), "phrases a list of texts"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_line(tmp_path: Path, row: str, message: str) -> None:
    folder = a_folder(tmp_path, a_row(), "", row)

    with pytest.raises(CorpusError) as error:
        read_entry_points(folder, [HONGKOU])

    assert str(error.value).startswith(f"{folder / 'hongkou.jsonl'}, line 3: ")
    assert message in str(error.value)


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "hongkou.jsonl").write_bytes(a_row().encode("gb18030"))

    with pytest.raises(CorpusError, match=r"hongkou\.jsonl: can't be read"):
        read_entry_points(tmp_path, [HONGKOU])


def test_the_committed_entry_points_lead_to_clauses(policies: Corpus, folder: Path) -> None:
    entries = read_entry_points(folder.parent / "asked_as", policies.documents)

    assert all(policies.clause(entry.clause_id) for entry in entries)
    assert all(entry.text.strip() for entry in entries)
    assert {entry.author for entry in entries} <= set(AUTHORS)


def test_every_committed_file_of_entry_points_belongs_to_a_policy(policies: Corpus, folder: Path) -> None:
    files = {path.stem for path in (folder.parent / "asked_as").glob("*.jsonl")}

    assert files <= {document.id for document in policies.documents}
