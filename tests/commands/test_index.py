"""`policyqa index`: builds whole or not at all."""

from __future__ import annotations

import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.store import LOCK
from tests.terminal import PolicyQaCommand, tree

TASKS = ("ask", "示例区科委负责哪些任务？")


@pytest.fixture
def own_store(tmp_path: Path, small: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: ARG001 - its settings come first
    """An empty place for the index of the small texts."""
    monkeypatch.setenv("POLICYQA_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


@contextmanager
def full_disk(largest: int) -> Iterator[None]:
    """No file may grow beyond `largest` bytes: writing more fails as it does on a disk without space."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("own_store")
def test_building_says_what_was_built(small: PolicyQaCommand) -> None:
    ended = small("index")
    assert (ended.status, ended.out) == (0, "")
    # Three clauses of each policy; of the regulation its title and two articles.
    assert "3 documents, 9 clauses" in ended.err.splitlines()[-1]
    assert small(*TASKS).err == ""


def test_building_again_leaves_one_index(small: PolicyQaCommand, own_store: Path) -> None:
    small("index")
    before = small(*TASKS).out
    assert small("index").status == 0
    assert len(list(own_store.glob("data-*"))) == 1
    assert small(*TASKS).out == before


@pytest.mark.usefixtures("own_store")
def test_changed_texts_are_taken_in(
    small: PolicyQaCommand, small_texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = shutil.copytree(small_texts, tmp_path / "texts")
    monkeypatch.setenv("POLICYQA_CORPUS", str(texts))
    small("index")
    with (texts / "demo-2020.txt").open("a", encoding="utf-8") as file:
        file.write("四、数据开放。开放公共数据。(责任部门:区科委)\n")
    assert small(*TASKS).status == 3
    assert small("index").status == 0
    assert [c["clause_path"] for c in small(*TASKS, "--json").objects[0]["citations"]] == ["三", "四"]


@pytest.mark.parametrize("largest", [0, 700, 1600], ids=["nothing fits", "a little fits", "the manifest doesn't fit"])
def test_a_full_disk_leaves_the_old_index_whole(largest: int, small: PolicyQaCommand, own_store: Path) -> None:
    small("index")
    before, answer = tree(own_store), small(*TASKS).out
    with full_disk(largest):
        ended = small("index")
    assert (ended.status, ended.out) == (3, "")
    assert f"{own_store}: the index can't be written" in ended.err.splitlines()[-1]
    assert ended.err.splitlines()[-1].endswith("policyqa index")
    assert tree(own_store) == before
    assert small(*TASKS).out == answer


def test_a_full_disk_the_first_time_leaves_nothing(small: PolicyQaCommand, own_store: Path) -> None:
    with full_disk(100):
        ended = small(*TASKS)
    assert (ended.status, ended.out) == (3, "")
    assert set(tree(own_store)) == {LOCK}
    assert small(*TASKS).status == 0


def test_a_store_that_cant_be_a_folder_is_named(
    small: PolicyQaCommand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    monkeypatch.setenv("POLICYQA_STORE", str(tmp_path / "file"))
    ended = small("index")
    assert (ended.status, ended.out) == (3, "")
    assert str(tmp_path / "file") in ended.err.splitlines()[-1]
    assert "POLICYQA_STORE" in ended.err.splitlines()[-1]
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["README.md", "photos/one.png", "data-2021/mine.csv", "data-20211231/mine.csv"])
def test_what_else_lies_in_the_stores_folder_stays(name: str, small: PolicyQaCommand, own_store: Path) -> None:
    (own_store / name).parent.mkdir(parents=True, exist_ok=True)
    (own_store / name).write_text("mine", encoding="utf-8")
    assert small("index").status == 0
    assert small("index").status == 0
    assert (own_store / name).read_text(encoding="utf-8") == "mine"


def test_it_takes_no_arguments(small: PolicyQaCommand) -> None:
    assert small("index", "everything").status == 2
