"""Pages that a reader found -> the document's reading, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from corpus.bounds import MAX_CHARACTERS
from corpus.errors import UnreadableTextError
from corpus.readers.layout import Page, reading_of_pages
from corpus.readers.layout.drawing import UNKNOWN
from corpus.readers.reading import Reading
from corpus.types import Notice

MAX_PAGES = 2_000
MAX_GLYPHS = 2 * MAX_CHARACTERS  # blanks, and what is printed around the text, included
_UNKNOWN = 0.02  # share of the characters that a font may leave unnamed
_LEAST = 10  # characters of a page: with fewer it holds no text
_PICTURE = "page {} is a picture without text: nothing of it was read"


class Found(NamedTuple):
    """A page; `is_picture` where an image covers most of it."""

    page: Page
    is_picture: bool


def reading_of_found(name: str, found: Iterable[Found]) -> Reading:
    """The text, with a notice for each page that is only a picture.

    Raises UnreadableTextError: a scan, characters without names, more than a document has.
    """
    pages: list[Found] = []
    left = MAX_GLYPHS
    for one in found:
        pages.append(one)
        left -= len(one.page.glyphs)
        if len(pages) > MAX_PAGES or left < 0:
            raise UnreadableTextError(
                f"{name}: more than {MAX_PAGES:,} pages, or than {MAX_GLYPHS:,} characters by page {len(pages)}. Split it."
            )
    _check_names(name, pages)
    pictures = [number for number, one in enumerate(pages) if one.is_picture and _characters(one) < _LEAST]
    _check_text(name, pages, pictures)
    reading = reading_of_pages([one.page for one in pages])
    lines = (1 + reading.text.count("\n", 0, reading.pages[number]) for number in pictures)
    notices = (Notice(line, _PICTURE.format(number + 1)) for line, number in zip(lines, pictures, strict=True))
    return Reading(reading.text, reading.pages, notices=tuple(notices))


def _characters(found: Found) -> int:
    return sum(not glyph.is_blank for glyph in found.page.glyphs)


def _check_names(name: str, pages: Sequence[Found]) -> None:
    known = sum(map(_characters, pages))
    unknown = sum(UNKNOWN in glyph.text for found in pages for glyph in found.page.glyphs)
    if unknown > _UNKNOWN * known:
        raise UnreadableTextError(
            f"{name}: its fonts don't say which characters they draw ({unknown:,} of {known:,}). Export it again from "
            "the program that it was written in, or use that program's own file."
        )


def _check_text(name: str, pages: Sequence[Found], pictures: Sequence[int]) -> None:
    known = sum(map(_characters, pages))
    if known < _LEAST or 2 * len(pictures) > len(pages):
        raise UnreadableTextError(
            f"{name}: {len(pages):,} pages with {known:,} characters of text, {len(pictures):,} of them pictures: a scan. "
            "Have its text recognised (OCR), check it, and use that."
        )
