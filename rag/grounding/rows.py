"""The sentences of the cited clauses as a sentence is held against them, the nearest first to be found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.grounding.pairs import pairs, share_of
from rag.grounding.types import Source

_ALIGNED = 0.12  # share of a sentence's pairs from which on a sentence of the clause carries part of it
_ITEM = re.compile(r"\s*(?:[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、]|[一二三四五六七八九十]是|[①-⑳])")
_HEAD = 60  # characters of a heading or a lead-in that is read with what stands under it


@dataclass(frozen=True)
class Row:
    """One sentence of a clause, folded. `above` is what it stands under; `lead` the words that announce it: 下列…："""

    text: str
    above: str
    share: float
    lead: str = ""


def rows_of(said: str, sources: Sequence[Source]) -> list[Row]:
    """All sentences in order, each with the share of the pairs of `said` that it has."""
    wanted = pairs(said)
    rows = []
    for source in sources:
        above, lead = source.heading, ""
        for text in source.sentences:
            if lead and not _ITEM.match(text):
                lead = ""
            rows.append(Row(text, f"{above}，{lead}", share_of(wanted, pairs(text)), lead))
            if text.rstrip().endswith((":", "：")):
                lead = text[-_HEAD:]
    return rows


def carrying(rows: Sequence[Row]) -> list[Row]:
    """Those that have a part of what is said, or the best."""
    best = max((row.share for row in rows), default=0.0)
    return [row for row in rows if row.share >= _ALIGNED or row.share == best]
