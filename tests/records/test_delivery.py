"""Files delivered together: what each of them is to the documents that are there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.load import load_corpus
from index.settings import IndexSettings
from records.delivery import Delivery, id_of, looked_through
from tests.corpus.readers.docx_files import a_zip

NEW = "一、在线展览。举办网上展会。(责任部门:区商务委)\n".encode()
OTHER = "一、在线教育。建设空中课堂。(责任部门:区教育局)\n".encode()


def told(delivery: Delivery) -> list[tuple[str, str]]:
    return [(one.name, one.fate) for one in delivery.received]


def shelf_of(folder: Path) -> IndexSettings:
    return IndexSettings(corpus=folder, asked_as=folder)


@pytest.fixture
def folder(small_texts: Path) -> Path:
    return small_texts


def test_a_mixed_folder_is_told_file_by_file(folder: Path, tmp_path: Path) -> None:
    files = tmp_path / "files"
    (files / "deep").mkdir(parents=True)
    (files / "new.txt").write_bytes(NEW)
    (files / "deep" / "again.txt").write_bytes(NEW)
    (files / "empty.md").write_bytes(b"  \n")
    (files / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (files / "photo.png").write_bytes(b"\x89PNG")
    (files / "README.md").write_bytes(b"about the others")
    (files / ".DS_Store").write_bytes(b"\0")
    (files / "packed.zip").write_bytes(a_zip({"inner.txt": OTHER, "__MACOSX/._inner.txt": b"\0"}))
    delivery = looked_through([files], load_corpus(folder), shelf_of(folder))
    assert told(delivery) == [
        ("files/deep/again.txt", "added"),
        ("files/empty.md", "refused"),
        ("files/new.txt", "known"),
        ("files/old.doc", "refused"),
        ("files/packed.zip/inner.txt", "added"),
        ("files/photo.png", "skipped"),
    ]
    assert set(delivery.sources) == {"again", "inner"}
    reasons = {one.name: one.reason for one in delivery.received}
    assert reasons["files/new.txt"] == "the same text is there as again."
    assert "save it as .docx" in reasons["files/old.doc"]
    assert not reasons["files/empty.md"].startswith("empty")


def test_what_is_there_is_unchanged_under_its_name_and_known_under_another(folder: Path, tmp_path: Path) -> None:
    first = next(path for path in sorted(folder.iterdir()) if path.suffix in (".txt", ".md"))
    (tmp_path / first.name).write_bytes(first.read_bytes())
    (tmp_path / f"copy{first.suffix}").write_bytes(first.read_bytes() + b"\n\n")
    delivery = looked_through(
        [tmp_path / first.name, tmp_path / f"copy{first.suffix}"], load_corpus(folder), shelf_of(folder)
    )
    assert told(delivery) == [(first.name, "unchanged"), (f"copy{first.suffix}", "known")]
    assert delivery.sources == {}


def test_a_new_text_of_a_known_name_changes_it(folder: Path, tmp_path: Path) -> None:
    first = next(path for path in sorted(folder.iterdir()) if path.suffix in (".txt", ".md"))
    (tmp_path / first.name).write_bytes(NEW)
    delivery = looked_through([tmp_path / first.name], load_corpus(folder), shelf_of(folder))
    assert told(delivery) == [(first.name, "changed")]


def test_a_text_that_leaves_an_entry_point_behind_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "new.txt").write_bytes(NEW)
    point = {"clause_path": "一", "author": "written", "phrases": ["网上展会谁办"]}
    (tmp_path / "texts" / "new.jsonl").write_text(json.dumps(point, ensure_ascii=False) + "\n", encoding="utf-8")
    (tmp_path / "new.txt").write_bytes(OTHER.replace("一、".encode(), "第一条 ".encode()))
    delivery = looked_through([tmp_path / "new.txt"], load_corpus(folder), shelf_of(tmp_path / "texts"))
    assert told(delivery) == [("new.txt", "refused")]


def test_two_files_of_one_name_are_not_both_taken(folder: Path, tmp_path: Path) -> None:
    for name, text in (("a", NEW), ("b", OTHER)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "same.txt").write_bytes(text)
    delivery = looked_through([tmp_path / "a", tmp_path / "b"], load_corpus(folder), shelf_of(folder))
    assert told(delivery) == [("a/same.txt", "added"), ("b/same.txt", "refused")]


@pytest.mark.parametrize(
    ("name", "document_id"),
    [
        ("上海市消防条例（2020）.docx", "上海市消防条例（2020）"),
        ("a b#c?.txt", "a-b-c"),
        ("...txt", ""),
        ("政" * 200 + ".md", "政" * 40),
    ],
)
def test_a_name_gives_an_id_that_files_and_addresses_can_have(name: str, document_id: str) -> None:
    assert id_of(name) == document_id
