"""Every body that a text names, whatever it does there: who acts, who is applied to, who pays, who is only mentioned.

Read by a network like the one that reads who is responsible, fitted on clauses in which readers marked all names
(docs/model-card.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.tagger import tagged

MODEL_FILE = Path(__file__).parent / "models" / "mentions.npz"
_SURE = 0.6  # mean probability over a name from which on it counts


def mentions_in(text: str) -> Iterator[tuple[int, int]]:
    """Where the names stand, in reading order, none inside another."""
    for found in tagged(text, MODEL_FILE, _SURE):
        yield found.start, found.end
