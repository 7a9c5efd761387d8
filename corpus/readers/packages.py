"""Files that are archives of parts, as .docx, .xlsx and .ofd: bounds that hold before anything is built of them.

Nothing is written anywhere; a part is unpacked piece by piece, and no further than its bound.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import IO
from xml.parsers import expat

from corpus.bounds import MAX_BYTES, MAX_PAGE_PARTS, MAX_PARTS, MAX_UNPACKED
from corpus.errors import UnreadableTextError

_STEP = 2**16
_LOCKED = 1  # bit of an entry's flags
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
    LookupError, OverflowError, MemoryError,
)  # fmt: skip


class PackageError(ValueError):
    """A package that is whole and isn't read: locked, or beyond a bound."""


class Parts(Mapping[str, bytes]):
    """Each part of an .ofd by its name, unpacked when it is asked for.

    Raises UnreadableTextError, with the file's name and the part's: no archive, encrypted, broken, or beyond a bound.
    """

    def __init__(self, name: str, data: bytes) -> None:
        self._name, self._left = name, MAX_UNPACKED
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            entries = [entry for entry in self._archive.infolist() if not entry.is_dir()]
        except _BROKEN:
            raise UnreadableTextError(f"{name}: no archive, or a broken one. Export it again and try that.") from None
        if len(entries) > MAX_PAGE_PARTS:
            raise UnreadableTextError(f"{name}: {len(entries):,} files in it, more than {MAX_PAGE_PARTS:,}. Split it.")
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            if _leads_out(entry.filename) or entry.filename in self._entries:
                raise UnreadableTextError(f"{name}: a name in it leads elsewhere or comes twice ({entry.filename!r}).")
            self._entries[entry.filename] = entry

    def __getitem__(self, part: str) -> bytes:
        entry, most, data = self._entries[part], min(MAX_BYTES, self._left), bytearray()
        try:
            for piece in _pieces(self._archive, entry):
                data += piece
                if len(data) > most:
                    raise PackageError(f"{part} in it unpacks to more than {most:,} bytes")
        except PackageError as error:
            raise UnreadableTextError(f"{self._name}: {error}. Export it again, smaller or unlocked.") from None
        except _BROKEN:
            raise UnreadableTextError(f"{self._name}: {part} in it is broken. Export it again.") from None
        self._left -= len(data)
        return bytes(data)

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def _leads_out(name: str) -> bool:
    steps = name.replace("\\", "/").split("/")
    return ".." in steps or name.startswith(("/", "\\")) or ":" in steps[0] or "\0" in name


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """What a part holds. Raises PackageError where it is locked, and what `zipfile` raises where it is broken."""
    if entry.flag_bits & _LOCKED:
        raise PackageError("it is encrypted with a password")
    with archive.open(entry) as part:
        yield from iter(lambda: part.read(_STEP), b"")


def check_package(data: bytes, most_elements: int) -> None:
    """For what another library opens, .docx and .xlsx.

    Raises PackageError where it unpacks to more than a document needs, declares a document type, or is locked, and
    what `zipfile` raises where it is no whole archive.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if len(archive.infolist()) > MAX_PARTS:
            raise PackageError(f"more than {MAX_PARTS:,} parts")
        left, elements = MAX_UNPACKED, 0

        def count(_name: str, _attributes: object) -> None:
            nonlocal elements
            elements += 1
            if elements > most_elements:
                raise PackageError(f"more than {most_elements:,} elements when unpacked")

        for entry in archive.infolist():  # whatever it is called: a sheet may have any name
            parser: expat.XMLParserType | None = expat.ParserCreate()
            for piece in _pieces(archive, entry):
                left -= len(piece)
                if left < 0:
                    raise PackageError(f"more than {MAX_UNPACKED:,} bytes when unpacked")
                parser = parser and _fed(parser, piece, count)


def _fed(parser: expat.XMLParserType, piece: bytes, count: Callable[..., None]) -> expat.XMLParserType | None:
    """The parser for what follows; None where the part is no XML from here on, as a picture is from its first byte."""
    parser.StartElementHandler, parser.StartDoctypeDeclHandler = count, _refuse
    try:
        parser.Parse(piece)
    except expat.ExpatError as error:
        if error.code == expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING]:
            raise PackageError(str(error)) from None
        return None
    return parser


def _refuse(*_declaration: object) -> None:
    raise PackageError("a document type, which no office file has")


def elements_in(part: IO[bytes]) -> Iterator[tuple[str, dict[str, str]]]:
    """Name, without a prefix, and attributes of every element of an XML part in order; nothing is built of it."""
    found: list[tuple[str, dict[str, str]]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        found.append((name.rpartition(":")[2], attributes))

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.StartDoctypeDeclHandler = start, _refuse
    while piece := part.read(_STEP):
        parser.Parse(piece)
        yield from found
        found.clear()
