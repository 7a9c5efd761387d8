"""`policyqa keys`: made, listed, revoked."""

from __future__ import annotations

from pathlib import Path

import pytest

from records.book import open_records
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


@pytest.mark.parametrize(
    ("arguments", "words"),
    [((), "action"), (("make", " "), "NAME"), (("make", "x", "--role", "god"), "--role"), (("revoke", "x"), "'x'")],
)
def test_wrong_use_is_one_line(arguments: tuple[str, ...], words: str, keys: PolicyQaCommand) -> None:
    ended = keys("keys", *arguments)
    assert ended.status == 2
    assert words in ended.complaint
