"""How much one request may ask for, and how many may be answered at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

QUESTION = 4000  # characters
TURNS, TURN = 40, 8000  # of a history: how many, and characters of each
BODY, DOCUMENT = 512 * 1024, 16 * 1024 * 1024  # bytes of a request, and of one that brings a file
RESULTS = 50
_PATIENCE = 5.0  # seconds that a question waits for its turn
_T = TypeVar("_T")


class BusyError(Exception):
    """More is being answered than the service takes on."""


class Gate:
    """Lets so many answers be made at once, in threads of their own; the next waits a little and is then turned away.

    It is asked on the event loop, so that those who wait hold no thread that others need.
    """

    def __init__(self, at_once: int = 32, patience: float = _PATIENCE) -> None:
        self._slots = asyncio.Semaphore(at_once)
        self._threads = CapacityLimiter(at_once)
        self._patience = patience

    async def enter(self) -> None:
        """Raises BusyError when no slot came free in time; whoever enters must leave."""
        try:
            async with asyncio.timeout(self._patience):
                await self._slots.acquire()
        except TimeoutError:
            raise BusyError from None

    def leave(self) -> None:
        self._slots.release()

    @asynccontextmanager
    async def entered(self) -> AsyncIterator[None]:
        await self.enter()
        try:
            yield
        finally:
            self.leave()

    async def run(self, work: Callable[[], _T]) -> _T:
        """What `work` gives, in a thread. Raises BusyError."""
        async with self.entered():
            return await to_thread.run_sync(work, limiter=self._threads)
