"""What of a conversation is read: the end of it, for a follow-up leans on what was said last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.shortened import shortened
from rag.types import Turn

TURNS, TURN = 12, 400  # turns that are read, and characters of each: of a longer one the beginning and the end


def recent(history: Sequence[Turn]) -> tuple[Turn, ...]:
    """The last turns, shortened. What an answer costs doesn't grow with the length of its conversation."""
    return tuple(replace(turn, content=shortened(turn.content, TURN)) for turn in history[-TURNS:])
