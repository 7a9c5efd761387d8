"""How much one request may ask for, and how many may be answered at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore

QUESTION = 4000  # characters
TURNS, TURN = 40, 8000  # of a history: how many, and characters of each
BODY, DOCUMENT = 512 * 1024, 16 * 1024 * 1024  # bytes of a request, and of one that brings a document
RESULTS = 50


class BusyError(Exception):
    """More is being answered than the service takes on."""


@dataclass(frozen=True)
class Gate:
    """Lets so many answers be made at once; the next is turned away at once rather than kept waiting for ever."""

    slots: BoundedSemaphore
    patience: float = 5.0  # seconds

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Raises BusyError when no slot came free in time."""
        if not self.slots.acquire(timeout=self.patience):
            raise BusyError
        try:
            yield
        finally:
            self.slots.release()


def gate(at_once: int = 32) -> Gate:
    return Gate(BoundedSemaphore(at_once))
