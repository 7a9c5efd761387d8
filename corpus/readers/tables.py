"""The one form that a table's row has in a text, whatever file it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SPACES = re.compile(r"\s+")


def row_line(cells: Iterable[str]) -> str:
    """One line a row, its cells joined by tabs; the header is the first row. No cell breaks the line or holds a tab.

    A cell that is merged over rows says its words in each of them; one that is merged over columns says them in the
    first. Empty where no cell has words.
    """
    return "\t".join(_SPACES.sub(" ", cell).strip() for cell in cells).rstrip("\t")
