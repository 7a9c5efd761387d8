"""Settings from the environment, and what the commands need opened: each fault named in one line."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from commands.environment import settings_from
from commands.exits import CommandError
from corpus.bounds import MAX_BYTES, MAX_CHARACTERS
from index.settings import IndexSettings
from tests.builders import POLICY
from tests.terminal import PolicyQaCommand

OPENS_TEXTS = (("documents",), ("show", "demo-2020"), ("index",), ("ask", "谁负责？"), ("search", "平台"))
OPENS_INDEX = (("ask", "谁负责？"), ("search", "平台"))
each_command_on_texts = pytest.mark.parametrize("arguments", OPENS_TEXTS, ids=lambda arguments: arguments[0])


@pytest.fixture
def texts(small_texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small texts that may be changed."""
    folder = Path(shutil.copytree(small_texts, tmp_path / "texts"))
    monkeypatch.setenv("POLICYQA_CORPUS", str(folder))
    return folder


@pytest.fixture
def own_store(small_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small texts' index that may be changed."""
    folder = Path(shutil.copytree(small_store, tmp_path / "own-store"))
    monkeypatch.setenv("POLICYQA_STORE", str(folder))
    return folder


def test_a_misspelt_setting_is_named_with_the_one_that_was_meant(
    small: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYQA_STOER", "x")
    ended = small("documents")
    assert (ended.status, ended.out) == (2, "")
    assert "unknown setting POLICYQA_STOER; did you mean POLICYQA_STORE?" in ended.complaint


@each_command_on_texts
def test_an_unknown_setting_is_named_with_a_suggestion(
    arguments: tuple[str, ...], small: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYQA_TOPK", "3")
    ended = small(*arguments)
    assert (ended.status, ended.out) == (2, "")
    assert "POLICYQA_TOPK" in ended.complaint
    assert "POLICYQA_STORE" in ended.complaint  # the one that was meant, or one of those there are


def test_a_setting_like_no_other_is_answered_with_all_there_are() -> None:
    with pytest.raises(CommandError, match="unknown setting POLICYQA_ZZZZZZZZZZZZ") as raised:
        settings_from({"POLICYQA_ZZZZZZZZZZZZ": "1"})
    assert all(f"POLICYQA_{name.upper()}" in str(raised.value) for name in IndexSettings.model_fields)


@pytest.mark.parametrize("name", IndexSettings.model_fields)
def test_every_setting_there_is_may_be_set(name: str) -> None:
    settings_from({f"POLICYQA_{name.upper()}": "x", "PATH": "x", "POLICY": "x"})


@pytest.mark.parametrize("name", IndexSettings.model_fields)
def test_an_empty_setting_is_named_and_does_not_mean_the_folder_one_stands_in(
    name: str, small: PolicyQaCommand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(f"POLICYQA_{name.upper()}", "")
    ended = small("index")
    assert (ended.status, ended.out) == (2, "")
    assert f"POLICYQA_{name.upper()}" in ended.complaint
    assert list(tmp_path.iterdir()) == []


@each_command_on_texts
def test_a_folder_of_texts_that_is_missing_is_named_with_its_setting(
    arguments: tuple[str, ...], small: PolicyQaCommand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYQA_CORPUS", str(tmp_path / "nowhere"))
    ended = small(*arguments)
    assert (ended.status, ended.out) == (3, "")
    assert str(tmp_path / "nowhere") in ended.complaint
    assert "POLICYQA_CORPUS" in ended.complaint


def test_a_file_is_no_folder_of_texts(small: PolicyQaCommand, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_CORPUS", str(texts / "law.txt"))
    ended = small("documents")
    assert ended.status == 3
    assert "law.txt: no such folder" in ended.complaint


def test_a_folder_without_texts_is_said_to_have_none(
    small: PolicyQaCommand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYQA_CORPUS", str(tmp_path))
    ended = small("documents")
    assert (ended.status, ended.out) == (3, "")
    assert "no policies here" in ended.complaint


@each_command_on_texts
def test_a_text_that_cant_be_read_is_named_and_the_others_are_used(
    arguments: tuple[str, ...], small: PolicyQaCommand, texts: Path
) -> None:
    expected = small(*arguments)
    (texts / "odd.txt").mkdir()
    (texts / "broken.txt").write_bytes(b"ab\xff\xff")
    (texts / "gone.txt").symlink_to(texts / "nowhere.txt")
    os.mkfifo(texts / "pipe.txt")
    (texts / "demo-2020.md").write_text("一、同名。", encoding="utf-8")
    (texts / "long.html").write_bytes(b"<p>" * (MAX_BYTES // 3 + 1))
    (texts / "many.txt").write_text("甲" * (MAX_CHARACTERS + 1), encoding="utf-8")
    ended = small(*arguments)
    assert (ended.status, ended.out) == (expected.status, expected.out)
    for words in (
        "left out: {}/odd.txt: is a folder",
        "left out: {}/broken.txt, line 1: byte 0xff at offset 2",
        "left out: {}/gone.txt: no such file",
        "left out: {}/pipe.txt: is a pipe",
        "left out: {}/demo-2020.md: demo-2020.txt is read, and a name is the id of one document",
        "left out: {}/long.html: longer than the 16,777,216 bytes",
        "left out: {}/many.txt: 1,000,001 characters, more than the 1,000,000",
    ):
        assert ended.err.count(words.format(texts)) == 1


def test_a_folder_whose_only_text_cant_be_read_says_why(
    small: PolicyQaCommand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYQA_CORPUS", str(tmp_path))
    (tmp_path / "broken.txt").write_bytes(b"ab\xff\xff")
    ended = small("documents")
    assert (ended.status, ended.out) == (3, "")
    assert "no policy here can be read" in ended.complaint
    assert "broken.txt, line 1: byte 0xff at offset 2" in ended.complaint


def test_a_text_that_is_gone_while_its_metadata_is_there_is_named(small: PolicyQaCommand, texts: Path) -> None:
    (texts / "demo-2020.txt").unlink()
    ended = small("documents")
    assert ended.status == 0
    assert "demo-2020.toml: its text is missing" in ended.complaint


def test_files_of_a_kind_that_isnt_read_are_named_by_index_alone(small: PolicyQaCommand, texts: Path) -> None:
    (texts / "slides.ppt").write_bytes(b"no text")
    (texts / "README.md").write_text("读我", encoding="utf-8")
    assert "slides.ppt: files .ppt can't be read yet" in small("index").err
    assert small("documents").err == ""


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_texts_of_other_encodings_answer_alike(encoding: str, small: PolicyQaCommand, texts: Path) -> None:
    # The words are the same, so the index that is there still fits.
    (texts / "demo-2020.txt").write_bytes(POLICY.encode(encoding))
    ended = small("ask", "示例区科委负责哪些任务？", "--json")
    assert (ended.status, ended.err) == (0, "")
    assert ended.objects[0]["citations"][0]["clause_id"] == "demo-2020#三"


@pytest.mark.parametrize(
    ("metadata", "words"),
    [
        ('tilte = "x"\n', "unknown key `tilte`"),
        ("title = x\n", "can't be read as TOML"),
        ("", "`title` is missing"),
        ('title = "x"\nissued_on = "2020"\n', "`issued_on`"),
    ],
)
def test_metadata_that_cant_be_read_is_named(metadata: str, words: str, small: PolicyQaCommand, texts: Path) -> None:
    (texts / "demo-2020.toml").write_text(metadata, encoding="utf-8")
    ended = small("documents")
    assert ended.status == 0
    assert "demo-2020" not in ended.out
    assert "demo-2020.toml" in ended.complaint
    assert words in ended.complaint


def test_entry_points_that_cant_be_read_are_named_with_their_line(
    small: PolicyQaCommand, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYQA_ASKED_AS", str(texts))
    (texts / "law.jsonl").write_text("\n{bad\n", encoding="utf-8")
    ended = small("documents")
    assert ended.status == 0
    assert "law.jsonl, line 2" in ended.complaint


@pytest.mark.parametrize("arguments", OPENS_INDEX, ids=lambda arguments: arguments[0])
def test_an_index_of_other_texts_is_stale(arguments: tuple[str, ...], small: PolicyQaCommand, texts: Path) -> None:
    (texts / "new.txt").write_text("一、新增。\n", encoding="utf-8")
    ended = small(*arguments)
    assert (ended.status, ended.out) == (3, "")
    assert "other texts" in ended.complaint
    assert ended.complaint.endswith("policyqa index")


def test_an_index_of_another_embedder_is_stale(
    small: PolicyQaCommand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYQA_EMBEDDER", str(tmp_path))
    ended = small("ask", "谁负责？")
    assert (ended.status, ended.out) == (3, "")
    assert "was built with none" in ended.complaint


@pytest.mark.parametrize(
    "change",
    [{"format": 999}, {"format": 999, "new_field": 1}, {"format": 0}],
    ids=["later", "later, with more", "earlier"],
)
def test_an_index_of_another_version_is_stale(change: dict[str, int], small: PolicyQaCommand, own_store: Path) -> None:
    manifest = own_store / "manifest.json"
    table = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps(table | change), encoding="utf-8")
    ended = small("ask", "谁负责？")
    assert (ended.status, ended.out) == (3, "")
    assert "another version" in ended.complaint
    assert ended.complaint.endswith("policyqa index")


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '"x"', "null", "\x00"])
def test_a_manifest_that_cant_be_read_is_named(content: str, small: PolicyQaCommand, own_store: Path) -> None:
    (own_store / "manifest.json").write_text(content, encoding="utf-8")
    ended = small("ask", "谁负责？")
    assert (ended.status, ended.out) == (3, "")
    assert "manifest.json" in ended.complaint
    assert ended.complaint.endswith("policyqa index")


def test_a_damaged_file_of_the_index_is_named(small: PolicyQaCommand, own_store: Path) -> None:
    victim = sorted(path for path in own_store.glob("data-*/**/*") if path.is_file())[0]
    victim.write_bytes(b"x")
    ended = small("ask", "谁负责？")
    assert (ended.status, ended.out) == (3, "")
    assert victim.name in ended.complaint
    assert ended.complaint.endswith("policyqa index")


def test_an_index_that_is_not_there_is_built_once(
    small: PolicyQaCommand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYQA_STORE", str(tmp_path / "deep" / "store"))
    first, second = small("ask", "示例区科委负责哪些任务？"), small("ask", "示例区科委负责哪些任务？")
    assert (first.status, second.status) == (0, 0)
    assert "3 documents" in first.err
    assert second.err == ""
    assert first.out == second.out
