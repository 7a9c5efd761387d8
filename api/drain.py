"""Ending without losing anyone: what is under way is finished, what comes new is told to go elsewhere."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

GRACE = 20.0  # seconds that requests under way are given
_LOOK = 0.05
_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@dataclass
class Drain:
    """`under_way` counts requests whose answer isn't out yet; with `closing` no new one is begun."""

    under_way: int = 0
    closing: bool = False

    @contextmanager
    def on_signals(self, give_up: Callable[[], None], grace: float = GRACE) -> Iterator[None]:
        """Puts itself in front of the server's own handlers: they are called once nothing is under way any more, or at
        the second signal; `give_up` ends what is under way then. Does nothing outside a process's main thread, where no
        signals arrive.
        """
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        loop, servers = asyncio.get_running_loop(), {one: signal.getsignal(one) for one in _SIGNALS}

        def hand_over(number: int, frame: FrameType | None) -> None:
            give_up()
            handler = servers[signal.Signals(number)]
            if callable(handler):
                handler(number, frame)

        async def finish(number: int, frame: FrameType | None) -> None:
            end = loop.time() + grace
            while self.under_way and loop.time() < end:
                await asyncio.sleep(_LOOK)
            hand_over(number, frame)

        def asked_to_end(number: int, frame: FrameType | None) -> None:
            if self.closing:
                hand_over(number, frame)
                return
            self.closing = True
            loop.call_soon_threadsafe(lambda: tasks.append(loop.create_task(finish(number, frame))))

        tasks: list[asyncio.Task[None]] = []
        for one in _SIGNALS:
            signal.signal(one, asked_to_end)
        try:
            yield
        finally:
            for one, handler in servers.items():
                signal.signal(one, handler)
