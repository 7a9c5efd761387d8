"""Files that are archives of XML, as .docx and .xlsx: bounds that hold before anything is built of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat

from corpus.bounds import MAX_PARTS, MAX_UNPACKED

_STEP = 2**16


def check_package(data: bytes, most_elements: int) -> None:
    """Raises ValueError where it unpacks to more than a document needs, declares a document type, or is locked, and
    what `zipfile` raises where it is no whole archive.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if len(archive.infolist()) > MAX_PARTS:
            raise ValueError(f"more than {MAX_PARTS:,} parts")
        left, elements = MAX_UNPACKED, 0

        def count(_name: str, _attributes: object) -> None:
            nonlocal elements
            elements += 1
            if elements > most_elements:
                raise ValueError(f"more than {most_elements:,} elements when unpacked")

        for entry in archive.infolist():  # whatever it is called: a sheet may have any name
            if entry.flag_bits & 1:
                raise ValueError("locked with a password")
            parser: expat.XMLParserType | None = expat.ParserCreate()
            with archive.open(entry) as part:
                while piece := part.read(_STEP):
                    left -= len(piece)
                    if left < 0:
                        raise ValueError(f"more than {MAX_UNPACKED:,} bytes when unpacked")
                    parser = parser and _fed(parser, piece, count)


def _refuse(*_declaration: object) -> None:
    raise ValueError("a document type, which no office file has")


def _fed(parser: expat.XMLParserType, piece: bytes, count: Callable[..., None]) -> expat.XMLParserType | None:
    """The parser for what follows; None where the part is no XML from here on, as a picture is from its first byte."""
    parser.StartElementHandler, parser.StartDoctypeDeclHandler = count, _refuse
    try:
        parser.Parse(piece)
    except expat.ExpatError as error:
        if error.code == expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING]:
            raise ValueError(str(error)) from None
        return None
    return parser


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
