"""A PDF with a text layer -> its text. PDFium says what stands where; `corpus.readers.layout` reads it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdfium2
from pypdfium2 import raw

from corpus.bounds import MAX_CHARACTERS
from corpus.errors import UnreadableTextError
from corpus.readers.layout import reading_of_pages
from corpus.readers.pdf_page import PageFound, page_found
from corpus.readers.reading import Reading

_MOST_PAGES = 2_000
_MOST_GLYPHS = 2 * MAX_CHARACTERS  # blanks, and what is printed around the text, included
_UNKNOWN = 0.02  # share of the characters that a font may leave unnamed
_LEAST = 10  # characters a page on the average: with fewer there is no text layer
_LOCKED = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)


def reading_of_pdf(name: str, data: bytes) -> Reading:
    """The text that the file prints, and where in it its pages begin.

    Raises UnreadableTextError: encrypted, broken, a scan, fonts that don't say what they draw, more than a document has.
    """
    document = _opened(name, data)
    try:
        pages = list(_pages(name, document))
    finally:
        document.close()
    _check_words(name, pages)
    return reading_of_pages([found.page for found in pages])


def _opened(name: str, data: bytes) -> Any:
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in _LOCKED:
            raise UnreadableTextError(f"{name}: it is encrypted. Save it without a password and try again.") from None
        raise UnreadableTextError(f"{name}: no PDF, or a broken one. Export it again and try that.") from None
    if count > _MOST_PAGES:
        document.close()
        raise UnreadableTextError(f"{name}: {count:,} pages, more than the {_MOST_PAGES:,} allowed. Split it.")
    return document


def _pages(name: str, document: Any) -> Iterator[PageFound]:
    left = _MOST_GLYPHS
    for number in range(len(document)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            raise UnreadableTextError(f"{name}: page {number + 1} is broken. Export the file again.") from None
        try:
            words = page.get_textpage()
            found = page_found(page, words, left)
        except pypdfium2.PdfiumError:
            raise UnreadableTextError(f"{name}: page {number + 1} is broken. Export the file again.") from None
        finally:
            page.close()
        left -= len(found.page.glyphs)
        if left < 0:
            raise UnreadableTextError(
                f"{name}: more than {_MOST_GLYPHS:,} characters by page {number + 1}. Split the file."
            )
        yield found


def _check_words(name: str, pages: list[PageFound]) -> None:
    known = sum(not glyph.is_blank for found in pages for glyph in found.page.glyphs)
    unknown = sum(found.unknown for found in pages)
    if unknown > _UNKNOWN * known:
        raise UnreadableTextError(
            f"{name}: its fonts don't say which characters they draw ({unknown:,} of {known:,}). Export it again from "
            "the program that it was written in, or use that program's own file."
        )
    if known < _LEAST * len(pages) and (known < _LEAST or any(found.is_picture for found in pages)):
        raise UnreadableTextError(
            f"{name}: {len(pages):,} pages with {known:,} characters of text: a scan. Have its text recognised (OCR), "
            "check it, and use that."
        )
