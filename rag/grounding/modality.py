"""Strength, stretch by stretch: each stretch of a sentence beside the one of the clause that it repeats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.grounding import strength
from rag.grounding.pairs import pairs, share_of
from rag.grounding.rows import Row
from rag.grounding.types import Problem

_SAME_STRETCH = 0.5  # share of a stretch's pairs from which on it is said over again
_STRETCH = re.compile("[,，;；:：。]")


def wrong_strength(said: str, rows: Sequence[Row]) -> Iterator[Problem]:
    """Words of strength that are traded or dropped."""
    stretches = [(row.text, piece) for row in rows for piece in _STRETCH.split(row.text) if piece.strip()]
    whole = "\n".join(row.text for row in rows)
    for piece in _STRETCH.split(said):
        if not piece.strip():
            continue
        near = [(row, other) for row, other in stretches if _either(piece, other) >= _SAME_STRETCH]
        if not near:
            yield from (Problem("obligation", word) for word in strength.traded(piece, whole))
            continue
        row, other = max(near, key=lambda pair: _share(piece, pair[1]) + _share(pair[1], piece))
        before = row[: row.find(other) + len(other)]
        yield from (
            Problem("obligation", word)
            for word in strength.traded(
                piece, _governing(before, other) + ("" if strength.strengths_in(other) else _soft(row))
            )
        )
        if _share(other, piece) >= _SAME_STRETCH and not strength.strengths_in(said):
            yield from (Problem("obligation", word) for word in strength.dropped(piece, other))


def _share(said: str, row: str) -> float:
    return share_of(pairs(said), pairs(row))


def _either(one: str, other: str) -> float:
    return max(_share(one, other), _share(other, one))


def _soft(row: str) -> str:
    """The words of a row that encourage, try or allow, wherever in it they stand."""
    return "，".join(found[0] for name in ("encouraged", "may") for found in strength.STRENGTHS[name].finditer(row))


def _governing(before: str, stretch: str) -> str:
    """The stretch, with the nearest earlier stretch of its sentence that has a strength where it has none itself."""
    if strength.strengths_in(stretch):
        return stretch
    for piece in reversed(_STRETCH.split(before)[:-1]):
        if strength.strengths_in(piece):
            return piece + stretch
    return stretch
