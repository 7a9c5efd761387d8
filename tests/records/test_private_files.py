"""The database on disk is its user's alone, from the first moment on."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from records.book import open_records
from records.database import open_database
from records.errors import RecordsError
from records.private_files import only_for_owner, private_database
from records.settings import RecordSettings


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


@pytest.mark.parametrize("name", ["kept.db", "kept.db-wal", "kept.db-shm", "kept.db-journal"])
def test_what_somebody_else_has_put_in_its_place_is_not_opened(name: str, tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("giving a file away needs root")
    (tmp_path / name).touch()
    os.chown(tmp_path / name, 12345, -1)
    with pytest.raises(RecordsError, match=f"{name}: belongs to user 12345.*chown"):
        open_database(f"sqlite:///{tmp_path / 'kept.db'}")


def test_a_folder_of_somebody_else_is_none_for_it(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("giving a folder away needs root")
    (tmp_path / "theirs").mkdir(0o755)
    os.chown(tmp_path / "theirs", 12345, -1)
    with pytest.raises(RecordsError, match="theirs: belongs to user 12345"):
        open_database(f"sqlite:///{tmp_path / 'theirs' / 'kept.db'}")


@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o770, 0o702])
def test_a_folder_that_others_write_in_is_none_for_it_not_even_behind_a_link(mode: int, tmp_path: Path) -> None:
    shared, own = tmp_path / "shared", tmp_path / "own"
    shared.mkdir()
    own.mkdir(0o700)
    shared.chmod(mode)
    (own / "kept.db").symlink_to(shared / "kept.db")
    (shared / "linked.db").symlink_to(own / "linked.db")
    for path in (shared / "kept.db", own / "kept.db", shared / "linked.db"):
        with pytest.raises(RecordsError, match=f"{shared}: others can write in it.*chmod go-w"):
            open_database(f"sqlite:///{path}")
    assert not (shared / "kept.db").exists()
    assert not (own / "linked.db").exists()


@pytest.mark.parametrize(
    "url",
    ["sqlite:///file:/tmp/x.db?uri=true", "sqlite:///file:x.db", "sqlite:////tmp/x.db?mode=memory", "sqlite:///x.db?"],
)
def test_an_address_that_hides_its_file_is_no_setting(url: str) -> None:
    with pytest.raises(ValidationError, match="the file's path alone"):
        RecordSettings(database_url=SecretStr(url))
