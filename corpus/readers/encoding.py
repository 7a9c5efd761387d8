"""Bytes -> text, in any encoding that Chinese offices use; nothing is replaced or dropped."""

from __future__ import annotations

import codecs

from corpus.errors import UnreadableTextError

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
