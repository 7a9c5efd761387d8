"""An OFD (GB/T 33190) with text -> its text: what its pages draw is placed; `corpus.readers.layout` reads it."""

from __future__ import annotations

from corpus.bounds import MAX_CHARACTERS
from corpus.errors import UnreadableTextError
from corpus.readers.archive import Archive
from corpus.readers.layout import Page, reading_of_pages
from corpus.readers.layout.drawing import UNKNOWN, page_of
from corpus.readers.ofd_objects import drawing_of
from corpus.readers.ofd_package import Package
from corpus.readers.reading import Reading

_MOST_PAGES = 2_000
_MOST_GLYPHS = 2 * MAX_CHARACTERS  # blanks, and what is printed around the text, included
_UNKNOWN = 0.02  # share of the characters that stand for nothing
_LEAST = 10  # characters a page on the average: with fewer there is no text
_THIN = 1.0  # millimetres: a bar so thin is a line


def reading_of_ofd(name: str, data: bytes) -> Reading:
    """The text that the file's pages draw, of all documents in it, and where its pages begin. Signatures aren't checked.

    Raises UnreadableTextError: encrypted, broken, pages of pictures, more than a document has.
    """
    package = Package(name, Archive(name, data))
    pages: list[Page] = []
    left = _MOST_GLYPHS
    for sheet in package.sheets():
        if len(pages) >= _MOST_PAGES:
            raise UnreadableTextError(f"{name}: more than {_MOST_PAGES:,} pages. Split the file.")
        drawing = drawing_of(sheet, left)
        left -= len(drawing.drawn)
        if left < 0:
            raise UnreadableTextError(
                f"{name}: more than {_MOST_GLYPHS:,} characters by page {len(pages) + 1}. Split it."
            )
        pages.append(page_of(drawing.box, drawing.drawn, drawing.outlines, _THIN))
    _check_words(name, pages)
    return reading_of_pages(pages)


def _check_words(name: str, pages: list[Page]) -> None:
    known = sum(not glyph.is_blank for page in pages for glyph in page.glyphs)
    unknown = sum(UNKNOWN in glyph.text for page in pages for glyph in page.glyphs)
    if unknown > _UNKNOWN * known:
        raise UnreadableTextError(
            f"{name}: {unknown:,} of {known:,} characters stand for nothing that is known. Export it again from the "
            "program that it was written in, or use that program's own file."
        )
    if known < _LEAST * max(1, len(pages)):
        raise UnreadableTextError(
            f"{name}: {len(pages):,} pages with {known:,} characters of text: pictures of pages, as of a scan. Have its "
            "text recognised (OCR), check it, and use that."
        )
