"""A file on disk -> its text. Any encoding that Chinese offices use; nothing is replaced or dropped."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path

from corpus.bounds import MAX_CHARACTERS
from corpus.errors import UnreadableTextError
from corpus.files import read_file
from corpus.lines import SPACE
from corpus.page import text_of_html

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes, name: str) -> str:
    """UTF-8, UTF-16 with a byte-order mark, or GB18030; the mark is dropped.

    Raises UnreadableTextError naming the first byte that fits neither.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode_as(encoding, data[len(mark) :], name, len(mark))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as utf8:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            raise _undecodable(name, utf8, data, 0) from None
        if _is_text(text):
            return text
        raise _undecodable(name, utf8, data, 0) from None


def _decode_as(encoding: str, data: bytes, name: str, offset: int) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(name, error, data, offset) from None


def _undecodable(name: str, error: UnicodeDecodeError, data: bytes, offset: int) -> UnreadableTextError:
    line = data[: error.start].count(b"\n") + 1
    return UnreadableTextError(
        f"{name}, line {line}: byte 0x{data[error.start]:02x} at offset {error.start + offset} is neither UTF-8 "
        "nor GB18030. Save the file as UTF-8 and try again."
    )


def _is_text(text: str) -> bool:
    """GB18030 explains nearly any bytes; control characters and private-use ones give a wrong guess away."""
    odd = sum(1 for c in text if (c < " " and c not in "\t\n\r\f\v") or "\ue000" <= c <= "\uf8ff")
    return odd == 0 and bool(text)


READERS: dict[str, Callable[[str], str]] = {
    ".txt": str,
    ".md": str,
    ".html": text_of_html,
    ".htm": text_of_html,
}


def text_of(name: str, data: bytes) -> str:
    """The text of a policy file called `name`. Raises UnreadableTextError with the name and the reason."""
    suffix = Path(name).suffix
    reader = READERS.get(suffix.lower())
    if reader is None:
        raise UnreadableTextError(
            f"{name}: files {suffix or 'without an ending'} can't be read yet; use {', '.join(READERS)}."
        )
    text = reader(decode(data, name))
    if not text.strip(SPACE):
        raise UnreadableTextError(f"{name}: the file holds no text.")
    if len(text) > MAX_CHARACTERS:
        raise UnreadableTextError(
            f"{name}: {len(text):,} characters, more than the {MAX_CHARACTERS:,} that a document may have. Split it."
        )
    return text


def read_text(path: Path) -> str:
    """The text of a policy file. Raises UnreadableTextError with the file and the reason."""
    if path.suffix.lower() not in READERS:
        return text_of(str(path), b"")  # says which kinds are read
    return text_of(str(path), read_file(path))
