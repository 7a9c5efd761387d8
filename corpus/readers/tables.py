"""The one form that a table's row has in a text, whatever file it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SPACES = re.compile(r"\s+")


def row_line(cells: Iterable[str]) -> str:
    """One line a row, its cells joined by tabs, empty ones as well; the header is the first row. No cell breaks the line.

    A cell that is merged over rows says its words in each of them, so that a row can be quoted alone; one that is merged
    over columns in each column of the header, elsewhere in the first. A row of one cell is a line without tabs.
    """
    words = [_SPACES.sub(" ", cell).strip() for cell in cells]
    said = [word for word in words if word]
    return said[0] if len(said) == 1 and words[0] else "\t".join(words) if said else ""
