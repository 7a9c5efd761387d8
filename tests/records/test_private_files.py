"""The database on disk is its user's alone, from the first moment on."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from records.book import open_records
from records.database import open_database
from records.private_files import only_for_owner, private_database


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, str]:
    return {path.name: f"{path.stat().st_mode & 0o777:o}" for path in (folder, *folder.iterdir())}


def test_a_new_database_its_log_and_its_folder_are_private(tmp_path: Path) -> None:
    records = open_records(f"sqlite:///{tmp_path / 'var' / 'kept.db'}")
    records.keys.make("窗口", "staff")
    found = modes(tmp_path / "var")
    records.close()
    assert found == {"var": "700", "kept.db": "600", "kept.db-wal": "600", "kept.db-shm": "600"}


def test_one_that_others_could_read_is_narrowed_with_a_line_that_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "kept.db"
    records = open_records(f"sqlite:///{path}")
    records.keys.make("窗口", "staff")
    for each in tmp_path.iterdir():
        each.chmod(0o644)
    with caplog.at_level(logging.WARNING):
        open_database(f"sqlite:///{path}").close()
    found = modes(tmp_path)
    records.close()
    assert {name: mode for name, mode in found.items() if name.startswith("kept.db")} == {
        "kept.db": "600", "kept.db-wal": "600", "kept.db-shm": "600",
    }  # fmt: skip
    assert f"{path} could be read by others" in caplog.text


def test_a_folder_that_others_share_is_left_as_it_is_and_ours_is_not(tmp_path: Path) -> None:
    for name, ours, mode in (("theirs", False, 0o755), ("ours", True, 0o700)):
        folder = tmp_path / name
        folder.mkdir(0o755)
        private_database(folder / "kept.db", folder_is_ours=ours)
        assert folder.stat().st_mode & 0o777 == mode
        assert (folder / "kept.db").stat().st_mode & 0o777 == 0o600


def test_what_is_made_meanwhile_is_its_owners(tmp_path: Path) -> None:
    with only_for_owner():
        (tmp_path / "inside").touch()
    (tmp_path / "after").touch()
    assert modes(tmp_path)["inside"] == "600"
    assert modes(tmp_path)["after"] == "644"
