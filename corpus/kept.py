"""What has been read once is kept, and what could not be read as well: a start reads only what is new."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from corpus.bounds import MAX_REPLY_BYTES
from corpus.errors import UnreadableTextError
from corpus.files import read_file
from corpus.source import Source
from corpus.types import Document
from corpus.version import reader_version
from corpus.written import document_of, written

_DIGEST = 64  # characters that a file begins with: SHA-256 of the rest
_REFUSED = b"refused "
_OURS = re.compile(r"[0-9a-f]{64}(\.json|\.[a-z0-9_]+\.new)")


def key_of(source: Source) -> str:
    """The same for the same bytes under the same name, read by the same code."""
    total = hashlib.sha256()
    has_metadata = b"1" if source.beside is not None else b"0"
    for part in (reader_version().encode(), os.fsencode(source.name), source.data, has_metadata, source.beside or b""):
        total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest()


class Kept:
    """A folder of readings, a file each, by key. A file that is damaged counts as not there, a full disk as no folder.

    A link to a folder isn't followed: what lies behind it is somebody else's.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, key: str, document_id: str) -> Document | str | None:
        """The document, or the words with which it was refused; None where neither is kept."""
        if self._is_elsewhere():
            return None
        try:
            data = read_file(self._path(key), MAX_REPLY_BYTES)
            digest, rest = data[:_DIGEST], data[_DIGEST:]
            if digest != _digest(rest):
                return None
            if rest.startswith(_REFUSED):
                return rest.removeprefix(_REFUSED).decode("utf-8")
            document = document_of(rest)
            return document if document.id == document_id else None
        except (UnreadableTextError, ValueError):
            return None

    def keep(self, key: str, reading: Document | str) -> None:
        """Written whole or not at all, and for this user alone."""
        rest = written(reading) if isinstance(reading, Document) else _REFUSED + reading.encode("utf-8", "replace")
        if self._is_elsewhere():
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, temporary = tempfile.mkstemp(dir=self._folder, prefix=f"{key}.", suffix=".new")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_digest(rest) + rest)
                Path(temporary).replace(self._path(key))
            except BaseException:
                Path(temporary).unlink(missing_ok=True)
                raise
        except OSError:  # it is read again the next time
            return

    def forget_all_but(self, keys: Iterable[str]) -> None:
        """Removes what isn't of these keys: readings of documents that have gone or changed. Other files stay."""
        if self._is_elsewhere():
            return
        staying = {self._path(key).name for key in keys}
        try:
            for path in list(self._folder.iterdir()):
                if _OURS.fullmatch(path.name) and path.name not in staying:
                    path.unlink(missing_ok=True)
        except OSError:
            return

    def _is_elsewhere(self) -> bool:
        try:
            return self._folder.is_symlink()
        except (OSError, ValueError):
            return True

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.json"


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode("ascii")
