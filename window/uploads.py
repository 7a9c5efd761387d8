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

from corpus.readers.rows_encoding import encoding_of_rows

# bytes of one question file, of all that one visitor has brought, and of everything in the folder
FILE, EACH, ALL = 8 * 1024 * 1024, 32 * 1024 * 1024, 128 * 1024 * 1024
KEPT = 3600.0  # seconds
_NAME = 80  # characters
_PREFIX = "policyqa-window"
_ZIP = b"PK\x03\x04"
_UNWRITTEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # no text has these
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
    """Files under `folder`; `most` bytes of them in all, `each` of one visitor."""

    def __init__(self, folder: Path, most: int = ALL, each: int = EACH) -> None:
        self.folder, self._most, self._each = folder, most, each
        self._brought: dict[str, list[Path]] = {}  # by visitor, the oldest first
        self._lock = threading.Lock()

    def open(self) -> None:
        """Makes sure that the folder is there."""
        self.folder.mkdir(mode=0o700, exist_ok=True)

    def close(self) -> None:
        """Removes everything, and the folder: a process that is told to end runs nothing that was registered for then."""
        self.sweep()
        with suppress(OSError):
            self.folder.rmdir()

    def keep(self, name: str, content: bytes, visitor: str = "") -> Path:
        """Where the file lies now, under a name that is safe to show. What goes past this visitor's share, or finds the
        folder full, pushes out the oldest of his own. Raises UploadError.
        """
        plain = _STRANGE.sub("_", Path(name.replace("\\", "/")).name)[-_NAME:].lstrip(". ")
        _check(plain, content)
        with self._lock:
            self.sweep(KEPT)
            if not self._made_room(len(content), visitor):
                raise UploadError(507, "there is no room for more question files just now. Try again in an hour.")
            path = self.folder / secrets.token_hex(16) / plain
            self.open()
            path.parent.mkdir(mode=0o700)
            path.touch(mode=0o600)
            path.write_bytes(content)
            self._brought.setdefault(visitor, []).append(path)
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

    def _made_room(self, size: int, visitor: str) -> bool:
        self._brought = {who: there for who, paths in self._brought.items() if (there := [*filter(_size, paths)])}
        own = self._brought.get(visitor, [])
        while own and (sum(map(_size, own)) + size > self._each or self._size() + size > self._most):
            shutil.rmtree(own.pop(0).parent, ignore_errors=True)
        return self._size() + size <= self._most

    def _size(self) -> int:
        return sum(map(_size, self.folder.rglob("*")))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:
        return 0  # gone already


def _check(name: str, content: bytes) -> None:
    """By name and by what is in it. Raises UploadError."""
    suffix = Path(name).suffix.lower()
    if suffix not in (_SHEET, *_TEXTS):
        raise UploadError(415, "question files are .jsonl, .csv or .xlsx.")
    if len(content) > FILE:
        raise UploadError(413, f"a question file has at most {FILE} bytes. Split it.")
    if suffix == _SHEET and not content.startswith(_ZIP):
        raise UploadError(415, "the file is named .xlsx and is no workbook.")
    if suffix in _TEXTS and _UNWRITTEN.search(_text(content)):
        raise UploadError(415, f"the file is named {suffix} and is no text.")


def _text(content: bytes) -> str:
    encoding, mark = encoding_of_rows(content)
    return content[mark:].decode(encoding, "replace")
