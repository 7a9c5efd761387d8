"""An OFD (GB/T 33190) with text -> its text."""

from __future__ import annotations

from corpus.readers.ofd_objects import page_found
from corpus.readers.ofd_package import Package
from corpus.readers.packages import Parts
from corpus.readers.paged import MAX_GLYPHS, reading_of_found
from corpus.readers.reading import Reading


def reading_of_ofd(name: str, data: bytes) -> Reading:
    """The text that the file's pages draw, of all documents in it, and where its pages begin. Signatures aren't checked.

    Raises UnreadableTextError: encrypted, broken, pages of pictures, more than a document has.
    """
    package = Package(name, Parts(name, data))
    return reading_of_found(name, (page_found(sheet, MAX_GLYPHS) for sheet in package.sheets()))
