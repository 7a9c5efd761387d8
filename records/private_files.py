"""Files that nobody but the service's own user may read or write."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from records.errors import RecordsError

LOG = logging.getLogger("policyqa.records")
_FOLDER, _FILE, _OTHERS, _WRITABLE_BY_OTHERS = 0o700, 0o600, 0o077, 0o022


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
    others may keep things in theirs, but nobody else may write in it. A link counts as the file that it leads to, and both
    folders are looked at. Raises RecordsError for rights that can't be used or changed, OSError as opening does.
    """
    if not path.parent.exists():
        path.parent.mkdir(_FOLDER, parents=True, exist_ok=True)
    elif folder_is_ours:
        _narrow(path.parent, _FOLDER)
    file = path.resolve()
    for folder in dict.fromkeys((path.parent, file.parent)):
        _nobody_elses_folder(folder)
    beside = [file.with_name(file.name + suffix) for suffix in ("", "-wal", "-shm", "-journal")]
    for each in beside:
        _ours(each)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, _FILE))
    for each in beside:
        if each.exists():
            _narrow(each, _FILE)


def _nobody_elses_folder(folder: Path) -> None:
    """Whoever writes in the folder puts a file of his own into the database's place, or a log beside it."""
    if not folder.is_dir():
        return
    _ours(folder)
    if folder.stat().st_mode & _WRITABLE_BY_OTHERS:
        raise RecordsError(
            f"{folder}: others can write in it, and the database's files with it. Give the database a folder of its own "
            f"(POLICYQA_DATABASE_URL), or: chmod go-w {folder}"
        )


def _ours(path: Path) -> None:
    """Files that somebody else has put there are read by nobody: he could change them, or have filled them."""
    try:
        owner = path.lstat().st_uid
    except FileNotFoundError:
        return
    if owner not in (os.geteuid(), 0):
        raise RecordsError(
            f"{path}: belongs to user {owner}, and this runs as user {os.geteuid()}. Run it as the user who owns the database, "
            f"or give it to this one: chown {os.geteuid()} {path}"
        )


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
