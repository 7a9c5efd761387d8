"""How many answers are made at once, and a fair share of them for each key and address."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

AT_ONCE, EACH = 32, 8
_PATIENCE = 5.0  # seconds that a question waits for its turn
_T = TypeVar("_T")


class BusyError(Exception):
    """More is being answered than the service takes on."""


class Gate:
    """Lets `at_once` answers be made at once, in threads of their own, and `each` of one asker; the next waits a little
    and is then turned away. A free place goes to whoever has fewest under way.

    It is asked on the event loop, so that those who wait hold no thread that others need.
    """

    def __init__(self, at_once: int = AT_ONCE, each: int = EACH, patience: float = _PATIENCE) -> None:
        self._at_once, self._each, self._patience = at_once, each, patience
        self._under_way: Counter[str] = Counter()
        self._waiting: list[tuple[str, asyncio.Future[None]]] = []
        self._threads = CapacityLimiter(at_once)

    async def enter(self, who: str) -> None:
        """Raises BusyError when no place came free in time; whoever enters must leave."""
        if self._has_room(who):
            self._under_way[who] += 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((who, turn))
        try:
            async with asyncio.timeout(self._patience):
                await turn
        except BaseException as error:
            self._waiting = [row for row in self._waiting if row[1] is not turn]
            if turn.done() and not turn.cancelled():
                self.leave(who)  # the place came in the moment in which it was given up
            if isinstance(error, TimeoutError):
                raise BusyError from None
            raise

    def leave(self, who: str) -> None:
        self._under_way[who] -= 1
        self._under_way += Counter()  # whoever has nothing under way is forgotten
        able = [row for row in self._waiting if not row[1].done() and self._has_room(row[0])]
        if able:
            next_one, turn = min(able, key=lambda row: self._under_way[row[0]])
            self._under_way[next_one] += 1
            turn.set_result(None)

    @asynccontextmanager
    async def entered(self, who: str) -> AsyncIterator[None]:
        await self.enter(who)
        try:
            yield
        finally:
            self.leave(who)

    async def run(self, who: str, work: Callable[[], _T]) -> _T:
        """What `work` gives, in a thread. Raises BusyError."""
        async with self.entered(who):
            return await self.in_thread(work)

    async def in_thread(self, work: Callable[[], _T]) -> _T:
        """What `work` gives, in one of the gate's own threads, for whoever has entered."""
        return await to_thread.run_sync(work, limiter=self._threads)

    def _has_room(self, who: str) -> bool:
        return self._under_way.total() < self._at_once and self._under_way[who] < self._each
