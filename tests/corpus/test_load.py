from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import CorpusError
from corpus.kept import Kept, key_of
from corpus.load import load_corpus, load_document
from corpus.source import source_at
from corpus.trial import Trial
from corpus.types import Corpus, EntryPoint
from index.settings import ROOT

POLICY = "虹口区办法\n一、甲。做好。\n"


def a_folder(tmp_path: Path, **files: str) -> Path:
    """A folder with these files: `hongkou_txt` is hongkou.txt."""
    for name, text in files.items():
        (tmp_path / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_documents_id_is_the_stem_of_its_file(tmp_path: Path) -> None:
    a_folder(tmp_path, hongkou_txt=POLICY)

    document = load_document(tmp_path / "hongkou.txt")

    assert document.id == "hongkou"
    assert [node.clause_id for node in document.nodes] == ["hongkou#标题", "hongkou#一"]


def test_the_metadata_beside_a_text_is_taken(tmp_path: Path) -> None:
    a_folder(tmp_path, hongkou_txt=POLICY, hongkou_toml='title = "办法"\njurisdiction = "虹口区"\n')

    assert load_document(tmp_path / "hongkou.txt").metadata.title == "办法"


def test_without_metadata_the_text_speaks_for_itself(tmp_path: Path) -> None:
    a_folder(tmp_path, hongkou_txt=POLICY)

    assert load_document(tmp_path / "hongkou.txt").metadata.title == "虹口区办法"


def test_the_policies_come_by_name_and_other_files_are_left(tmp_path: Path) -> None:
    a_folder(tmp_path, b_txt=POLICY, a_md=POLICY, c_html=f"<pre>{POLICY}</pre>", README_md="读我", notes_ppt="")

    assert [document.id for document in load_corpus(tmp_path).documents] == ["a", "b", "c"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"policies: no such folder of policies\. Set POLICYQA_CORPUS"):
        load_corpus(tmp_path / "policies")


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    path = a_folder(tmp_path, hongkou_txt=POLICY) / "hongkou.txt"

    with pytest.raises(CorpusError, match="no such folder"):
        load_corpus(path)


@pytest.mark.parametrize("name", ["README_md", "notes_ppt"])
def test_a_folder_without_policies_says_what_to_put_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(CorpusError, match=r"no policies here\. Put files in it: \.txt, \.md, .*\.docx, .*\.zip"):
        load_corpus(a_folder(tmp_path, **{name: "甲"}))


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("jiading.toml", b'title = "x"\n', r"jiading\.toml: its text is missing\. Put jiading\.txt beside it"),
        ("jiading.txt", b"\xff\xff\xff", r"jiading\.txt, line 1: byte 0xff"),
        ("jiading.txt", b"", r"jiading\.txt: the file holds no text"),
        ("jiading.docx", b"PK\x03\x04", r"jiading\.docx: no readable Word file"),
        ("jiading.doc", b"", r"jiading\.doc: files \.doc can't be read\. Open it in Word or WPS and save it as \.docx"),
        ("jiading.txt", "甲\n".encode() * 50_001, r"jiading\.txt, line 50001: more than 50,000 lines"),
        ("jiading.txt", "一、甲\n".encode() * 20_001, r"line 20001: more than 20,000 headings and items"),
        ("jiading.txt", "一、由区科委牵头。由区教育局牵头。\n".encode() * 5_001, r"more than 10,000 departments"),
        ("jiading.txt", "甲。".encode() * 30_001, r"jiading\.txt, line 1: more than 30,000 sentences"),
    ],
)
def test_a_file_that_cant_be_used_is_left_out_with_the_reason(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    a_folder(tmp_path, hongkou_txt=POLICY)
    (tmp_path / name).write_bytes(data)

    corpus = load_corpus(tmp_path)

    assert [document.id for document in corpus.documents] == ["hongkou"]
    assert [(one.name, bool(re.search(reason, one.reason))) for one in corpus.left_out] == [(name, True)]
    assert corpus == load_corpus(tmp_path) != Corpus(())


@pytest.mark.parametrize(("name", "is_expected"), [("notes.doc", False), ("notes.WPS", False), ("notes.ppt", True)])
def test_a_file_that_may_hold_a_policy_is_named_at_every_start(tmp_path: Path, name: str, is_expected: bool) -> None:
    a_folder(tmp_path, hongkou_txt=POLICY)
    (tmp_path / name).write_bytes(b"")

    assert [one.is_expected for one in load_corpus(tmp_path).left_out] == [is_expected]


def test_a_folder_of_texts_pays_for_no_library_of_office_files() -> None:
    program = "import sys, corpus.load, corpus.child; print(sorted({'docx', 'openpyxl'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


@pytest.mark.parametrize("names", [("txt", "md"), ("txt", "html", "md"), ("md", "html"), ("html", "HTM")])
def test_of_files_of_one_name_the_first_kind_is_read_and_the_others_named(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    files = {f"hongkou_{kind}": POLICY + kind for kind in names}
    corpus = load_corpus(a_folder(tmp_path, a_txt=POLICY, **files))

    assert [document.id for document in corpus.documents] == ["a", "hongkou"]
    assert corpus.documents[1].text.strip().endswith(names[0])
    assert {one.name for one in corpus.left_out} == {f"hongkou.{kind}" for kind in names[1:]}
    assert all(f"hongkou.{names[0]} is read" in one.reason for one in corpus.left_out)


def test_a_file_laid_beside_a_document_of_its_name_doesnt_take_its_place(tmp_path: Path) -> None:
    kept = tmp_path / "store"
    folder = a_folder(tmp_path, hongkou_html=f"<pre>{POLICY}</pre>")
    before = load_corpus(folder, None, kept)
    a_folder(tmp_path, hongkou_txt=POLICY + "二、乙。\n")

    for again in (False, True, False):
        corpus = load_corpus(folder, None, kept, again)
        assert corpus == before
        assert [one.name for one in corpus.left_out] == ["hongkou.txt"]


def test_a_file_that_cant_be_read_doesnt_hide_another_of_its_name(tmp_path: Path) -> None:
    corpus = load_corpus(a_folder(tmp_path, hongkou_txt="", hongkou_md=POLICY))

    assert [document.id for document in corpus.documents] == ["hongkou"]
    assert ["the file holds no text" in one.reason for one in corpus.left_out] == [True]


def test_what_was_read_once_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, kept = a_folder(tmp_path, hongkou_txt=POLICY, jiading_txt=""), tmp_path / "store" / "read"
    first = load_corpus(folder, None, kept)
    monkeypatch.setattr(Trial, "read", lambda *_arguments: pytest.fail("read again"))

    second = load_corpus(folder, None, kept)

    assert second == first
    assert second.left_out == first.left_out
    assert [path.stat().st_mode & 0o777 for path in [kept, *kept.iterdir()]] == [0o700, 0o600, 0o600]


def test_what_was_refused_is_tried_again_when_asked_for(tmp_path: Path) -> None:
    folder, kept = a_folder(tmp_path, hongkou_txt=POLICY), tmp_path / "store"
    Kept(kept).keep(key_of(source_at(folder / "hongkou.txt")), "hongkou.txt: took too long")
    (kept / f"{'0' * 64}.json").write_bytes(b"of a document that has gone")

    with pytest.raises(CorpusError, match=r"no policy here can be read\. .*hongkou\.txt: took too long"):
        load_corpus(folder, None, kept)
    assert load_corpus(folder, None, kept, again=True).left_out == ()
    assert len(list(kept.iterdir())) == 1
    assert load_corpus(folder, None, kept).left_out == ()


@pytest.mark.parametrize("damage", [b"", b"{}", b"0" * 64 + b"{}"])
def test_a_reading_that_is_damaged_is_read_anew(tmp_path: Path, damage: bytes) -> None:
    folder, kept = a_folder(tmp_path, hongkou_txt=POLICY), tmp_path / "store"
    first = load_corpus(folder, None, kept)
    (path,) = kept.iterdir()
    whole = path.read_bytes()
    path.write_bytes(damage)

    assert load_corpus(folder, None, kept) == first
    assert path.read_bytes() == whole


def resealed(data: bytes, change: Callable[[Any], object]) -> bytes:
    """A kept reading with other content under a digest that fits."""
    table = json.loads(data[64:])
    change(table)
    rest = json.dumps(table).encode()
    return hashlib.sha256(rest).hexdigest().encode() + rest


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table.update(id="other"),
        lambda table: table.update(text=5),
        lambda table: table.update(text=table["text"] + "。"),
        lambda table: table.update(text=table["text"][:-1]),
        lambda table: table.update(nodes=[]),
        lambda table: table["nodes"].reverse(),
        lambda table: table["nodes"].append(table["nodes"][0]),
        lambda table: table["nodes"][1].__setitem__(0, table["nodes"][0][0]),
        lambda table: table["nodes"][1].__setitem__(0, ["一"]),
        lambda table: table["nodes"][1].__setitem__(1, None),
        lambda table: table["nodes"][1].__setitem__(3, -5),
        lambda table: table["nodes"][1].__setitem__(4, 10**9),
        lambda table: table["nodes"][1].__setitem__(4, 0),
        lambda table: table["nodes"][1].__setitem__(4, 7.0),
        lambda table: table["nodes"][1].__setitem__(5, 10**9),
        lambda table: table["nodes"][1].__setitem__(6, "x"),
        lambda table: table["nodes"][1].__setitem__(7, 1),
        lambda table: table["nodes"][1].__setitem__(8, "nowhere"),
        lambda table: table["nodes"][1].__setitem__(9, None),
        lambda table: table["nodes"][1][9][0].__setitem__(0, 5),
        lambda table: table["nodes"][1][9][0].__setitem__(2, "boss"),
        lambda table: table["nodes"][1][9][0].__setitem__(5, "no"),
        lambda table: table["nodes"][1][9][0].__setitem__(6, 5),
        lambda table: table["nodes"][1][9][0].pop(),
        lambda table: table["metadata"].update(title=5),
        lambda table: table["metadata"].update(title=None),
        lambda table: table["metadata"].update(issuer=["x"]),
        lambda table: table["metadata"].update(issued_on=20200101),
        lambda table: table["metadata"].update(issued_on="yesterday"),
        lambda table: table["metadata"].update(implements=[5]),
        lambda table: table["metadata"].update(implements="办法"),
        lambda table: table["metadata"].update(period=5),
        lambda table: table["metadata"].update(period={"start": None, "end": None, "basis": 5, "basis_from": "标题"}),
        lambda table: table["metadata"].update(invented="x"),
        lambda table: table.update(notices=[["1", "x"]]),
        lambda table: table.update(notices=[[1, 5]]),
    ],
)
def test_a_reading_of_another_form_is_read_anew(tmp_path: Path, change: Callable[[Any], object]) -> None:
    policy = "虹口区办法\n一、甲。做好。(责任部门:区科委)\n二、乙。做好。\n"
    folder, kept = a_folder(tmp_path, hongkou_txt=policy), tmp_path / "store"
    first = load_corpus(folder, None, kept)
    (path,) = kept.iterdir()
    whole = path.read_bytes()
    path.write_bytes(resealed(whole, change))

    assert load_corpus(folder, None, kept) == first
    assert path.read_bytes() == whole


def test_what_lies_behind_a_link_in_the_store_is_left_alone(tmp_path: Path) -> None:
    folder, elsewhere = a_folder(tmp_path, hongkou_txt=POLICY), tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in (f"{'0' * 64}.json", "mine.json", "mine.new"):
        (elsewhere / name).write_text("mine")
    (tmp_path / "read").symlink_to(elsewhere)

    assert len(load_corpus(folder, None, tmp_path / "read", again=True).documents) == 1
    assert sorted(path.name for path in elsewhere.iterdir()) == [f"{'0' * 64}.json", "mine.json", "mine.new"]


def test_files_of_other_names_beside_the_readings_stay(tmp_path: Path) -> None:
    folder, kept = a_folder(tmp_path, hongkou_txt=POLICY), tmp_path / "store"
    kept.mkdir()
    mine, ours = ("mine.json", "mine.new", "0.json"), (f"{'0' * 64}.json", f"{'0' * 64}.abc.new")
    for name in (*mine, *ours):
        (kept / name).write_text("")

    load_corpus(folder, None, kept, again=True)

    names = {path.name for path in kept.iterdir()}
    assert set(mine) < names
    assert not names & set(ours)


def test_a_store_that_cant_be_written_is_done_without(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, hongkou_txt=POLICY)
    (tmp_path / "store").write_text("a file")

    assert len(load_corpus(folder, None, tmp_path / "store").documents) == 1


def test_entry_points_are_read_where_a_folder_of_them_is_given(tmp_path: Path) -> None:
    asked_as = tmp_path / "asked_as"
    asked_as.mkdir()
    a_folder(tmp_path, hongkou_txt=POLICY)
    a_folder(asked_as, hongkou_jsonl='{"clause_path": "一", "author": "written", "phrases": ["怎么办"]}\n')

    assert load_corpus(tmp_path).entry_points == ()
    assert load_corpus(tmp_path, asked_as).entry_points == (EntryPoint("hongkou#一", "怎么办", "written"),)


def test_the_committed_policies_load(policies: Corpus) -> None:
    assert [document.id for document in policies.documents] == [
        "changning-145",
        "hongkou-2020",
        "jiading-2021",
        "shanghai-2016",
        "shanghai-2020",
    ]


@pytest.mark.parametrize("name", ["a" * 251 + ".md", "a" * 251 + ".txt"])
def test_a_file_whose_name_leaves_no_room_for_its_metadatas_is_left_out(tmp_path: Path, name: str) -> None:
    a_folder(tmp_path, hongkou_txt=POLICY)
    (tmp_path / name).write_text(POLICY, encoding="utf-8")

    corpus = load_corpus(tmp_path, tmp_path)

    assert [document.id for document in corpus.documents] == ["hongkou"]
    assert [(one.name, "File name too long" in one.reason) for one in corpus.left_out] == [(name, True)]


def test_a_document_whose_name_leaves_no_room_for_entry_points_has_none(tmp_path: Path) -> None:
    (tmp_path / ("a" * 250 + ".txt")).write_text(POLICY, encoding="utf-8")

    corpus = load_corpus(tmp_path, tmp_path)

    assert [document.id for document in corpus.documents] == ["a" * 250]
    assert ["File name too long" in one.reason for one in corpus.left_out] == [True]


def test_a_file_that_the_system_wont_look_up_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_folder(tmp_path, hongkou_txt=POLICY, jiading_txt=POLICY)
    look_up = os.lstat

    def refuse(path: os.PathLike[str]) -> os.stat_result:
        if os.fspath(path).endswith("jiading.toml"):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return look_up(path)

    monkeypatch.setattr(os, "lstat", refuse)
    corpus = load_corpus(tmp_path)

    assert [document.id for document in corpus.documents] == ["hongkou"]
    assert ["jiading.toml: Input/output error" in one.reason for one in corpus.left_out] == [True]
