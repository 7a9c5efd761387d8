"""The encoding of a file that is a row a line: one line that is damaged says nothing about the others."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def encoding_of_rows(data: bytes) -> tuple[str, int]:
    """UTF-8, UTF-16 by its mark, or GB18030 where that explains all of it and UTF-8 no line that isn't plain ASCII.

    With the length of the mark, which is no part of the text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    lines = (line for line in data.split(b"\n") if not line.isascii())
    first = next(lines, b"")
    if _explains("utf-8", first) or any(_explains("utf-8", line) for line in lines):
        return "utf-8", 0
    return ("gb18030" if _explains("gb18030", data) and b"\0" not in data else "utf-8"), 0


def _explains(encoding: str, data: bytes) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
