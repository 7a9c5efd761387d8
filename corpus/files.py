"""Bytes of a file that lies in a folder: a regular file and no longer than its bound, or not read at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from corpus.bounds import MAX_BYTES
from corpus.errors import UnreadableTextError

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def read_file(path: Path, most: int = MAX_BYTES) -> bytes:
    """The whole file. Never waits for a writer. Raises UnreadableTextError: missing, no regular file, longer than `most`."""
    try:
        _check_regular(path, path.stat())  # before it is opened: opening alone sets some devices going
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            _check_regular(path, os.fstat(file.fileno()))
            data = file.read(most + 1)
    except FileNotFoundError:
        raise UnreadableTextError(f"{path}: no such file. Check the path.") from None
    except (OSError, ValueError) as error:
        raise _refused(path, error) from None
    if len(data) > most:
        raise UnreadableTextError(
            f"{path}: longer than the {most:,} bytes that such a file may have. Split or remove it."
        )
    return data


def is_there(path: Path) -> bool:
    """Whether anything has this name, a link that leads nowhere too. Raises UnreadableTextError where nobody can tell."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        raise _refused(path, error) from None
    return True


def is_folder(path: Path) -> bool:
    """False too where nobody can tell."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _refused(path: Path, error: OSError | ValueError) -> UnreadableTextError:
    reason = getattr(error, "strerror", None) or error  # ValueError: a name that no system takes
    return UnreadableTextError(f"{path}: {reason}. Check the file, its name and its permissions.")


def _check_regular(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        kind = next((name for is_kind, name in _KINDS if is_kind(status.st_mode)), "no file")
        raise UnreadableTextError(f"{path}: is {kind}, not a file of text. Check the file or remove it.")
