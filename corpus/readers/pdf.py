"""A PDF with a text layer -> its text. PDFium says what stands where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdfium2
from pypdfium2 import raw

from corpus.errors import UnreadableTextError
from corpus.readers.paged import MAX_GLYPHS, MAX_PAGES, Found, reading_of_found
from corpus.readers.pdf_page import page_found
from corpus.readers.reading import Reading

_LOCKED = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)


def reading_of_pdf(name: str, data: bytes) -> Reading:
    """The text that the file prints, and where in it its pages begin.

    Raises UnreadableTextError: encrypted, broken, a scan, fonts that don't say what they draw, more than a document has.
    """
    document = _opened(name, data)
    try:
        return reading_of_found(name, _pages(name, document))
    finally:
        document.close()


def _opened(name: str, data: bytes) -> Any:
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in _LOCKED:
            raise UnreadableTextError(f"{name}: it is encrypted. Save it without a password and try again.") from None
        raise UnreadableTextError(f"{name}: no PDF, or a broken one. Export it again and try that.") from None
    if count > MAX_PAGES:
        document.close()
        raise UnreadableTextError(f"{name}: {count:,} pages, more than the {MAX_PAGES:,} allowed. Split it.")
    return document


def _pages(name: str, document: Any) -> Iterator[Found]:
    for number in range(len(document)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            raise _broken(name, number) from None
        try:
            found = page_found(page, page.get_textpage(), MAX_GLYPHS)
        except pypdfium2.PdfiumError:
            raise _broken(name, number) from None
        finally:
            page.close()
        yield found


def _broken(name: str, number: int) -> UnreadableTextError:
    return UnreadableTextError(f"{name}: page {number + 1} is broken. Export the file again.")
