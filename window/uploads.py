"""The folder of what evaluators bring and take away: bounded, private, and emptied."""

from __future__ import annotations

import atexit
import os
import re
import secrets
import shutil
import stat
import tempfile
import threading
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

FILE, ALL = 8 * 1024 * 1024, 128 * 1024 * 1024  # bytes of one question file, and of everything in the folder
KEPT = 3600.0  # seconds
_NAME = 80  # characters
_PREFIX = "policyqa-window"
_ZIP = b"PK\x03\x04"
_UNWRITTEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # no text has these
_STRANGE = re.compile(r"[^\w.()（） -]")
_SHEET, _TEXTS = ".xlsx", (".jsonl", ".csv")


class UploadError(Exception):
    """A file that isn't taken, with the status to answer."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


@cache
def the_folder() -> Path:
    """This process's, which nobody else can read; it goes with the process. What a killed one left behind goes too."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}-*-*"):
        if _is_left_behind(left):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}-{os.getpid()}-")).resolve()  # mode 0700
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _is_left_behind(folder: Path) -> bool:
    try:
        found = folder.lstat()
        if found.st_uid != os.getuid() or not stat.S_ISDIR(found.st_mode) or found.st_mtime > time.time() - KEPT:
            return False
        os.kill(int(folder.name.removeprefix(f"{_PREFIX}-").partition("-")[0]), 0)  # asks only whether it is there
    except ProcessLookupError:
        return True
    except (OSError, ValueError, OverflowError):
        return False
    return False


class Uploads:
    """Files under `folder`; `most` bytes of them in all."""

    def __init__(self, folder: Path, most: int = ALL) -> None:
        self.folder, self._most = folder, most
        self._lock = threading.Lock()

    def open(self) -> None:
        """Makes sure that the folder is there."""
        self.folder.mkdir(mode=0o700, exist_ok=True)

    def close(self) -> None:
        """Removes everything, and the folder: a process that is told to end runs nothing that was registered for then."""
        self.sweep()
        with suppress(OSError):
            self.folder.rmdir()

    def keep(self, name: str, content: bytes) -> Path:
        """Where the file lies now, under a name that is safe to show. Raises UploadError."""
        plain = _STRANGE.sub("_", Path(name.replace("\\", "/")).name)[-_NAME:].lstrip(". ")
        _check(plain, content)
        with self._lock:
            self.sweep(KEPT)
            if self._size() + len(content) > self._most:
                raise UploadError(507, "there is no room for more question files just now. Try again in an hour.")
            path = self.folder / secrets.token_hex(16) / plain
            self.open()
            path.parent.mkdir(mode=0o700)
            path.touch(mode=0o600)
            path.write_bytes(content)
        return path

    def holds(self, name: str) -> bool:
        """Whether this path is a file of the folder, with nothing on the way that leads out."""
        path = Path(name)
        try:
            return path.is_absolute() and path.resolve() == path and path.is_relative_to(self.folder) and path.is_file()
        except (OSError, ValueError):
            return False

    def sweep(self, older_than: float = 0.0) -> None:
        """Removes what was brought or handed out longer ago than that, in seconds."""
        before = time.time() - older_than
        for path in self.folder.glob("*"):
            try:
                if max(p.stat().st_mtime for p in (path, *path.rglob("*"))) <= before:
                    shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()
            except OSError:
                continue  # gone already

    def _size(self) -> int:
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())


def _check(name: str, content: bytes) -> None:
    """By name and by what is in it. Raises UploadError."""
    suffix = Path(name).suffix.lower()
    if suffix not in (_SHEET, *_TEXTS):
        raise UploadError(415, "question files are .jsonl, .csv or .xlsx.")
    if len(content) > FILE:
        raise UploadError(413, f"a question file has at most {FILE} bytes. Split it.")
    if suffix == _SHEET and not content.startswith(_ZIP):
        raise UploadError(415, "the file is named .xlsx and is no workbook.")
    if suffix in _TEXTS and _UNWRITTEN.search(content):
        raise UploadError(415, f"the file is named {suffix} and is no text in UTF-8.")
