"""Files that nobody but the service's own user may read or write."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from records.errors import RecordsError

LOG = logging.getLogger("policyqa.records")
_FOLDER, _FILE, _OTHERS = 0o700, 0o600, 0o077


@contextmanager
def only_for_owner() -> Iterator[None]:
    """Whatever this process and its children make meanwhile is theirs alone."""
    before = os.umask(_OTHERS)
    try:
        yield
    finally:
        os.umask(before)


def private_database(path: Path, folder_is_ours: bool) -> None:
    """Makes an SQLite file, or narrows one that others could read; the log beside it gets the file's own rights.

    A folder that isn't there is made the same way; one that is there is narrowed only where it `folder_is_ours`, for
    others may keep things in theirs. Raises RecordsError for rights that can't be changed, OSError as opening does.
    """
    if not path.parent.exists():
        path.parent.mkdir(_FOLDER, parents=True, exist_ok=True)
    elif folder_is_ours:
        _narrow(path.parent, _FOLDER)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _FILE))
    for suffix in ("", "-wal", "-shm", "-journal"):
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            _narrow(beside, _FILE)


def _narrow(path: Path, mode: int) -> None:
    if not path.stat().st_mode & _OTHERS:
        return
    try:
        path.chmod(mode)
    except OSError as error:
        raise RecordsError(
            f"{path}: others can read it, and that can't be changed ({error.strerror}). As its owner: chmod {mode:o} {path}"
        ) from None
    LOG.warning("%s could be read by others; it is its owner's alone now", path)
