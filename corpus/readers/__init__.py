"""A policy's file, of any kind that offices use -> its text. A new kind is a module and a row of `READERS`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from corpus.bounds import MAX_CHARACTERS
from corpus.errors import UnreadableTextError
from corpus.files import read_file
from corpus.lines import SPACE
from corpus.readers.docx import read_docx
from corpus.readers.encoding import decode
from corpus.readers.html import text_of_html
from corpus.readers.kinds import check_kind, unknown_kind
from corpus.readers.markdown import text_of_markdown
from corpus.readers.reading import Reading
from corpus.readers.xlsx import read_xlsx


def _plain(name: str, data: bytes) -> Reading:
    return Reading(decode(data, name))


def _markdown(name: str, data: bytes) -> Reading:
    return Reading(text_of_markdown(decode(data, name)))


def _page(name: str, data: bytes) -> Reading:
    return Reading(text_of_html(decode(data, name)))


def _pdf(name: str, data: bytes) -> Reading:
    from corpus.readers.pdf import reading_of_pdf  # PDFium is loaded where there is a PDF

    return reading_of_pdf(name, data)


def _ofd(name: str, data: bytes) -> Reading:
    from corpus.readers.ofd import reading_of_ofd

    return reading_of_ofd(name, data)


# A reader takes the file's name, for its messages, and its bytes. Raises UnreadableTextError with the name.
READERS: dict[str, Callable[[str, bytes], Reading]] = {
    ".txt": _plain,
    ".md": _markdown,
    ".html": _page,
    ".htm": _page,
    ".docx": read_docx,
    ".xlsx": read_xlsx,
    ".pdf": _pdf,
    ".ofd": _ofd,
}


def reading_of(name: str, data: bytes) -> Reading:
    """The text of a policy file called `name`. Raises UnreadableTextError with the name and the reason."""
    reader = READERS.get(Path(name).suffix.lower())
    if reader is None:
        raise _unknown(name)
    check_kind(name, data)
    reading = reader(name, data)
    if not reading.text.strip(SPACE):
        raise UnreadableTextError(f"{name}: the file holds no text.")
    if len(reading.text) > MAX_CHARACTERS:
        raise UnreadableTextError(
            f"{name}: {len(reading.text):,} characters, more than the {MAX_CHARACTERS:,} that a document may have. "
            "Split it."
        )
    return reading


def read_text(path: Path) -> str:
    """The text of a policy file. Raises UnreadableTextError with the file and the reason."""
    if path.suffix.lower() not in READERS:
        raise _unknown(str(path))
    return reading_of(str(path), read_file(path)).text


def _unknown(name: str) -> UnreadableTextError:
    return UnreadableTextError(f"{name}: {unknown_kind(name, READERS).reason}")
