"""What a page holds, as its reader finds it: characters and ruled lines, each with its place.

Lengths are in the file's own unit, downwards and to the right from a page's upper left corner.
"""

from __future__ import annotations

from typing import NamedTuple


class Glyph(NamedTuple):
    """A character as it is drawn. `base` is where it stands, `size` the height of its type."""

    text: str
    left: float
    right: float
    base: float
    size: float

    @property
    def is_blank(self) -> bool:
        return self.text.isspace()


class Rule(NamedTuple):
    """A straight line that is drawn across or down; no thicker than a line is."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_across(self) -> bool:
        return self.right - self.left >= self.bottom - self.top


class Page(NamedTuple):
    """`glyphs` and `rules` in any order; all text runs from left to right."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...] = ()
