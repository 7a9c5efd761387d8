"""`policyqa keys`: made, listed, revoked."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from records.book import open_records
from records.keys import KeyRing
from tests.terminal import PolicyQaCommand


@pytest.fixture
def keys(policyqa: PolicyQaCommand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PolicyQaCommand:
    monkeypatch.setenv("POLICYQA_DATABASE_URL", f"sqlite:///{tmp_path / 'kept.db'}")
    return policyqa


def test_a_key_is_printed_once_alone_on_standard_output(keys: PolicyQaCommand, tmp_path: Path) -> None:
    made = keys("keys", "make", "热线一组")
    key = made.out.strip()
    records = open_records(f"sqlite:///{tmp_path / 'kept.db'}")
    holder = records.keys.holder_of(key)
    assert holder is not None
    assert (made.status, holder.role, holder.name) == (0, "staff", "热线一组")
    listed = keys("keys", "list")
    assert holder.key_id is not None
    assert holder.key_id in listed.out
    assert "热线一组" in listed.out
    assert key.split("_", 2)[2] not in listed.out
    assert keys("keys", "revoke", holder.key_id).status == 0
    assert records.keys.holder_of(key) is None
    assert "revoked" in keys("keys", "list").out
    assert [entry["action"] for entry in records.audit.listed(9)] == ["revoke key", "make key"]
    records.close()


def test_a_key_is_listed_with_chinas_day(keys: PolicyQaCommand, tmp_path: Path) -> None:
    keys("keys", "make", "热线一组")
    with closing(sqlite3.connect(tmp_path / "kept.db")) as database:
        database.execute("UPDATE keys SET made_at = '2026-03-01 17:00:00', revoked_at = '2026-03-01 15:59:59'")
        database.commit()
    listed = keys("keys", "list").out
    assert "2026-03-02  revoked 2026-03-01" in listed


@pytest.mark.parametrize(
    ("arguments", "words"),
    [((), "action"), (("make", " "), "NAME"), (("make", "x", "--role", "god"), "--role"), (("revoke", "x"), "'x'")],
)
def test_wrong_use_is_one_line(arguments: tuple[str, ...], words: str, keys: PolicyQaCommand) -> None:
    ended = keys("keys", *arguments)
    assert ended.status == 2
    assert words in ended.complaint


def test_whatever_the_command_leaves_is_its_users_alone(
    keys: PolicyQaCommand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the first moment: every file is looked at as it is opened."""
    before = os.umask(0o022)
    seen: list[int] = []
    opened = KeyRing.make

    def make(*arguments: Any) -> Any:
        (tmp_path / "made-meanwhile").touch()
        seen.append((tmp_path / "made-meanwhile").stat().st_mode & 0o777)
        return opened(*arguments)

    monkeypatch.setattr(KeyRing, "make", make)
    try:
        assert keys("keys", "make", "窗口").status == 0
        assert os.umask(0o022) == 0o022
    finally:
        os.umask(before)
    assert seen == [0o600]
    assert [path.name for path in tmp_path.iterdir() if path.stat().st_mode & 0o077] == []


@pytest.mark.parametrize("url", ["sqlite:///file:{}/x.db?uri=true", "sqlite:///file:x.db"])
def test_an_address_that_hides_its_file_is_refused_and_makes_nothing(
    url: str, keys: PolicyQaCommand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POLICYQA_DATABASE_URL", url.format(tmp_path))
    ended = keys("keys", "list")
    assert (ended.status, "POLICYQA_DATABASE_URL" in ended.complaint) == (2, True)
    assert list(tmp_path.iterdir()) == []
