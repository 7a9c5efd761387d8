"""Work on the database that must not hold anybody up: in threads of its own, and given up after a while."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, fail_after, to_thread

_SECONDS, _AT_ONCE = 5.0, 8
_T = TypeVar("_T")


class Errands:
    """A few threads for short look-ups; one that the database keeps too long is left to itself."""

    def __init__(self) -> None:
        self._threads = CapacityLimiter(_AT_ONCE)

    async def run(self, work: Callable[[], _T]) -> _T:
        """What `work` gives. Raises TimeoutError."""
        with fail_after(_SECONDS):
            return await to_thread.run_sync(work, limiter=self._threads, abandon_on_cancel=True)
