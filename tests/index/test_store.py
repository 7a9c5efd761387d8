"""The index on disk: whole or not there, and every error names the file and the command that mends it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from index.errors import DamagedIndexError, IndexStoreError, MissingIndexError
from index.store import FORMAT, MANIFEST, Manifest, check_files, discard, files_in, new_folder, read_manifest, swap_in

MENDED_BY = "policyqa index"


def a_manifest(folder: Path) -> Manifest:
    return Manifest(
        format=FORMAT,
        product="0.1.0",
        folder=folder.name,
        embedder="characters",
        dimension=3,
        corpus="c" * 64,
        units="u" * 64,
        settings="s" * 64,
        counts={"documents": 1, "clauses": 2},
        files=files_in(folder),
    )


def a_written_index(store: Path, words: str = "甲") -> Path:
    """A store that holds one index; its data folder."""
    folder = new_folder(store)
    (folder / "words").mkdir()
    (folder / "words" / "terms").write_text(words, encoding="utf-8")
    (folder / "vectors").write_bytes(b"\x00\x01")
    swap_in(store, folder, a_manifest(folder))
    return folder


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    folder = a_written_index(tmp_path)
    assert read_manifest(tmp_path) == a_manifest(folder)
    assert check_files(tmp_path, read_manifest(tmp_path)) == folder


def test_the_manifest_lists_every_file_with_its_sha256(tmp_path: Path) -> None:
    folder = a_written_index(tmp_path)
    assert read_manifest(tmp_path).files == {
        "vectors": hashlib.sha256(b"\x00\x01").hexdigest(),
        str(Path("words") / "terms"): hashlib.sha256("甲".encode()).hexdigest(),
    }
    assert files_in(folder) == read_manifest(tmp_path).files


def test_a_new_folder_is_empty_and_inside_a_store_made_for_it(tmp_path: Path) -> None:
    store = tmp_path / "not" / "yet"
    folder = new_folder(store)
    assert folder.parent == store
    assert list(folder.iterdir()) == []
    assert new_folder(store) != folder


def test_a_new_folder_alone_is_no_index(tmp_path: Path) -> None:
    new_folder(tmp_path)
    with pytest.raises(MissingIndexError):
        read_manifest(tmp_path)


def test_swapping_in_leaves_one_data_folder_and_the_manifest(tmp_path: Path) -> None:
    a_written_index(tmp_path, "甲")
    second = a_written_index(tmp_path, "乙")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([second.name, MANIFEST])
    assert read_manifest(tmp_path).folder == second.name


def test_what_an_interrupted_build_left_goes_with_the_next_one(tmp_path: Path) -> None:
    abandoned = new_folder(tmp_path)
    (abandoned / "half").write_text("", encoding="utf-8")
    a_written_index(tmp_path)
    assert not abandoned.exists()


def test_models_and_other_files_in_the_store_stay(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "README.md").write_text("", encoding="utf-8")
    a_written_index(tmp_path)
    a_written_index(tmp_path)
    assert (tmp_path / "models").is_dir()
    assert (tmp_path / "README.md").is_file()


def test_a_swap_that_the_disk_refuses_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).mkdir()
    folder = new_folder(tmp_path)
    with pytest.raises(IndexStoreError, match=MENDED_BY) as caught:
        swap_in(tmp_path, folder, a_manifest(folder))
    assert str(tmp_path) in str(caught.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([folder.name, MANIFEST])


def test_a_store_that_is_a_file_cannot_be_written(tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.write_text("no folder", encoding="utf-8")
    with pytest.raises(IndexStoreError, match="POLICYQA_STORE") as caught:
        new_folder(store)
    assert str(store) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert store.read_text(encoding="utf-8") == "no folder"


def test_a_store_that_is_not_there_has_no_index_yet(tmp_path: Path) -> None:
    with pytest.raises(MissingIndexError, match=MENDED_BY) as caught:
        read_manifest(tmp_path / "nowhere")
    assert "nowhere" in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"{}",
        b'{"format": 2}',
        b"\xff\xfe\x00",
        json.dumps({**asdict(a_manifest(Path("data-x"))), "invented": 1}).encode(),
    ],
    ids=["empty", "cut", "null", "list", "object", "part", "binary", "unknown-field"],
)
def test_a_manifest_that_is_none_is_named(content: bytes, tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_bytes(content)
    with pytest.raises(DamagedIndexError, match=MENDED_BY) as caught:
        read_manifest(tmp_path)
    assert str(tmp_path / MANIFEST) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("field", "value"), [("files", None), ("files", []), ("folder", 3)])
def test_a_manifest_with_a_field_of_another_kind_is_damage(field: str, value: object, tmp_path: Path) -> None:
    folder = a_written_index(tmp_path)
    (tmp_path / MANIFEST).write_text(json.dumps({**asdict(a_manifest(folder)), field: value}), encoding="utf-8")
    with pytest.raises(DamagedIndexError, match=MENDED_BY):
        check_files(tmp_path, read_manifest(tmp_path))


@pytest.mark.parametrize("name", ["vectors", "words/terms"])
def test_a_changed_file_is_named(name: str, tmp_path: Path) -> None:
    path = a_written_index(tmp_path) / name
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(DamagedIndexError, match=MENDED_BY) as caught:
        check_files(tmp_path, read_manifest(tmp_path))
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("name", ["vectors", "words/terms"])
def test_a_missing_file_is_named(name: str, tmp_path: Path) -> None:
    path = a_written_index(tmp_path) / name
    path.unlink()
    with pytest.raises(DamagedIndexError, match=MENDED_BY) as caught:
        check_files(tmp_path, read_manifest(tmp_path))
    assert str(path) in str(caught.value)


def test_a_missing_data_folder_is_damage(tmp_path: Path) -> None:
    folder = a_written_index(tmp_path)
    discard(folder)
    with pytest.raises(DamagedIndexError, match=folder.name):
        check_files(tmp_path, read_manifest(tmp_path))


def test_a_folder_in_a_files_place_is_damage(tmp_path: Path) -> None:
    folder = a_written_index(tmp_path)
    (folder / "vectors").unlink()
    (folder / "vectors").mkdir()
    with pytest.raises(DamagedIndexError, match="vectors"):
        check_files(tmp_path, read_manifest(tmp_path))


def test_a_manifest_without_files_is_checked_against_none(tmp_path: Path) -> None:
    folder = a_written_index(tmp_path)
    assert check_files(tmp_path, replace(read_manifest(tmp_path), files={})) == folder


def test_discarding_twice_is_no_error(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    discard(folder)
    discard(folder)
    assert not folder.exists()
