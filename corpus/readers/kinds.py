"""What a file is, by its first bytes: a name may say something else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from corpus.errors import UnreadableTextError
from corpus.types import LeftOut

_WORD, _BOOK = "Open it in Word or WPS and save it as .docx", "Open it in Excel or WPS and save it as .xlsx"
# Kinds that aren't read -> what to do. A new kind that is read goes out of here.
SAVE_AS = {
    **dict.fromkeys((".doc", ".wps", ".wpt", ".rtf", ".docm", ".dot", ".dotx", ".odt", ".mht"), _WORD),
    **dict.fromkeys((".xls", ".et", ".xlsm", ".ods"), _BOOK),
    **dict.fromkeys((".rar", ".7z", ".tar", ".gz", ".tgz"), "Unpack it and put its files here, or pack them as .zip"),
}


@dataclass(frozen=True)
class _Kind:
    """`begins` at the file's start and `holds` somewhere in it: then it is `what`, which may be called `.suffixes`."""

    begins: bytes
    holds: bytes
    what: str
    suffixes: tuple[str, ...]
    advice: str


_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_KINDS = (
    _Kind(_OLE, "EncryptedPackage".encode("utf-16-le"), "locked with a password", (),
          "Open it in Word, Excel or WPS, take the password off and save it again"),
    _Kind(_OLE, "Workbook".encode("utf-16-le"), "an old Excel file", (".xls",), _BOOK),
    _Kind(_OLE, b"", "an old Word or WPS file", (".doc", ".wps"), _WORD),
    _Kind(b"{\\rtf", b"", "an RTF file", (".rtf",), _WORD),
    _Kind(b"%PDF-", b"", "a PDF file", (".pdf",), "Name it .pdf"),
    _Kind(_ZIP, b"word/document.xml", "a Word file", (".docx", ".zip"), "Name it .docx"),
    _Kind(_ZIP, b"xl/workbook.xml", "an Excel file", (".xlsx", ".zip"), "Name it .xlsx"),
    _Kind(_ZIP, b"OFD.xml", "an OFD file", (".ofd", ".zip"), "Name it .ofd"),
    _Kind(_ZIP, b"content.xml", "an OpenDocument file", (".odt", ".ods", ".zip"), _WORD),
    _Kind(_ZIP, b"", "an archive", (".docx", ".xlsx", ".ofd", ".zip"), "Name it .zip"),
)  # fmt: skip
_PACKAGES = {".docx": _WORD, ".xlsx": _BOOK, ".ofd": "Make the .ofd again", ".zip": "Pack it again"}


def check_kind(name: str, data: bytes) -> None:
    """Raises UnreadableTextError where the bytes are a file of another kind than the name says, with what to do."""
    suffix = PurePath(name).suffix.lower()
    if suffix in _PACKAGES and not data:
        raise UnreadableTextError(f"{name}: the file is empty. Get it again from where it came from.")
    kind = next((one for one in _KINDS if data.startswith(one.begins) and one.holds in data), None)
    if kind is not None and suffix not in kind.suffixes:
        raise UnreadableTextError(f"{name}: is {kind.what}, whatever it is called. {kind.advice}.")
    if kind is None and suffix in _PACKAGES:
        is_page = data[:1024].lstrip().lower().startswith((b"<!doctype html", b"<html"))
        what = "a web page. Name it .html" if is_page else f"no {suffix} file. {_PACKAGES[suffix]}"
        raise UnreadableTextError(f"{name}: is {what}.")


def unknown_kind(name: str, known: Iterable[str]) -> LeftOut:
    """Why a file that is called so isn't read, and what to do. One that holds a policy all the same is unexpected."""
    suffix = PurePath(name).suffix
    if advice := SAVE_AS.get(suffix.lower()):
        return LeftOut(name, f"files {suffix} can't be read. {advice}.")
    kind = suffix or "without an ending"
    return LeftOut(name, f"files {kind} can't be read yet; use {', '.join(known)}.", is_expected=True)
