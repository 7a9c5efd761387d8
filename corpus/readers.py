"""A file on disk -> its text. Any encoding that Chinese offices use; nothing is replaced or dropped."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

from corpus.errors import UnreadableTextError
from corpus.lines import SPACE

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


class _TextOfHtml(HTMLParser):
    """The words of a page, a line for each block."""

    BLOCKS = frozenset(
        [
            "p",
            "div",
            "br",
            "tr",
            "li",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "table",
            "title",
            "section",
            "article",
            "ul",
            "ol",
            "dt",
            "dd",
            "hr",
        ]
    )
    SKIPPED = frozenset(["script", "style", "noscript", "template"])

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser calls it so
        self._skipping += tag in self.SKIPPED
        if tag in self.BLOCKS:
            self.pieces.append("\n")
        elif tag in ("td", "th"):
            self.pieces.append("\t")

    def handle_endtag(self, tag: str) -> None:
        self._skipping -= tag in self.SKIPPED and self._skipping > 0
        if tag in self.BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self.pieces.append(re.sub(r"[\n\r]+", " ", data))


def text_of_html(page: str) -> str:
    """The page's words with a line for each block; blank lines are folded together."""
    parser = _TextOfHtml()
    parser.feed(page)
    parser.close()
    return re.sub(r"\s*\n\s*", "\n", "".join(parser.pieces)).strip()


READERS: dict[str, Callable[[str], str]] = {
    ".txt": str,
    ".md": str,
    ".html": text_of_html,
    ".htm": text_of_html,
}


def read_text(path: Path) -> str:
    """The text of a policy file. Raises UnreadableTextError with the file and the reason."""
    if not path.exists():
        raise UnreadableTextError(f"{path}: no such file. Check the path.")
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableTextError(
            f"{path}: files {path.suffix or 'without an ending'} can't be read yet; use {', '.join(READERS)}."
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableTextError(f"{path}: {error.strerror or error}. Check the file and its permissions.") from None
    text = reader(decode(data, str(path)))
    if not text.strip(SPACE):
        raise UnreadableTextError(f"{path}: the file holds no text.")
    return text
