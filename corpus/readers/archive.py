"""The files in a zip, within bounds: nothing is written anywhere, and nothing is unpacked that nobody asks for."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from corpus.bounds import MAX_BYTES
from corpus.errors import UnreadableTextError

_MOST_MEMBERS = 10_000
_MOST_ALTOGETHER = 4 * MAX_BYTES  # bytes, unpacked, of what is asked for
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
    KeyError, IndexError, OverflowError, MemoryError,
)  # fmt: skip
_ENCRYPTED = 1  # bit of a member's flags


class Archive(Mapping[str, bytes]):
    """Each member by its name, unpacked when it is asked for.

    Raises UnreadableTextError, with the file's name and the member's: no zip, encrypted, broken, or beyond a bound.
    """

    def __init__(self, name: str, data: bytes) -> None:
        self._name = name
        self._left = _MOST_ALTOGETHER
        self._members: dict[str, zipfile.ZipInfo] = {}
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = [member for member in self._zip.infolist() if not member.is_dir()]
        except _BROKEN:
            raise UnreadableTextError(f"{name}: no archive, or a broken one. Export it again and try that.") from None
        if len(members) > _MOST_MEMBERS:
            raise UnreadableTextError(f"{name}: {len(members):,} files in it, more than the {_MOST_MEMBERS:,} allowed.")
        for member in members:
            if _leads_out(member.filename) or member.filename in self._members:
                raise UnreadableTextError(f"{name}: a name in it leads elsewhere or comes twice ({member.filename!r}).")
            self._members[member.filename] = member

    def __getitem__(self, member: str) -> bytes:
        found = self._members[member]
        if found.flag_bits & _ENCRYPTED:
            raise UnreadableTextError(f"{self._name}: it is encrypted. Save it without a password and try again.")
        most = min(MAX_BYTES, self._left)
        try:
            with self._zip.open(found) as file:
                data = file.read(most + 1)
        except _BROKEN:
            raise UnreadableTextError(f"{self._name}: {member} in it is broken. Export it again.") from None
        if len(data) > most:
            raise UnreadableTextError(f"{self._name}: {member} in it unpacks to more than {most:,} bytes. Split it.")
        self._left -= len(data)
        return data

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)


def _leads_out(name: str) -> bool:
    steps = name.replace("\\", "/").split("/")
    return ".." in steps or name.startswith(("/", "\\")) or ":" in steps[0] or "\0" in name
