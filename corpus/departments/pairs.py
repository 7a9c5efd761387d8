"""Where brackets open and close: in any width and form, over line breaks, in linear time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.script import fold

OPEN, CLOSE = "(", ")"
LONGEST = 1_000  # characters of a bracket that can state roles
_BRACKET = re.compile("[()]")
_ROUND = str.maketrans("[]", "()")
_DEEPEST = 3  # brackets inside one another that a list of names has


@dataclass(frozen=True)
class Pair:
    """A bracket with its signs: `text[start:end]`."""

    start: int
    end: int


def folded_round(text: str) -> str:
    """Folded for matching, square brackets taken for round ones; same length."""
    return fold(text).translate(_ROUND)


def pairs_in(folded: str) -> list[Pair]:
    """Every bracket that closes and isn't too long or too deep to state roles, by where it opens."""
    rows: list[Pair] = []
    open_at: list[int] = []
    depth: list[int] = []  # of what each open bracket holds
    for found in _BRACKET.finditer(folded):
        if found[0] == OPEN:
            open_at.append(found.start())
            depth.append(0)
        elif open_at:
            start, inner = open_at.pop(), depth.pop()
            if depth:
                depth[-1] = max(depth[-1], inner + 1)
            if inner < _DEEPEST and found.end() - start <= LONGEST:
                rows.append(Pair(start, found.end()))
    return sorted(rows, key=lambda pair: pair.start)


def last_pair(folded: str) -> Pair | None:
    """The bracket that ends the text, whatever stop comes after it."""
    end = len(folded.rstrip())
    while end and folded[end - 1] in "。;.":
        end -= 1
    if not end or folded[end - 1] != CLOSE:
        return None
    depth = 0
    for start in range(end - 1, max(-1, end - 1 - LONGEST), -1):
        depth += (folded[start] == CLOSE) - (folded[start] == OPEN)
        if depth == 0:
            return Pair(start, end)
    return None
