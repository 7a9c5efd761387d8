"""Ending without losing anyone: what is under way is finished, what comes new is told to go elsewhere."""

from __future__ import annotations

import asyncio
import queue
import signal
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType
from typing import Any

GRACE = 20.0  # seconds that requests under way are given
ARRIVING = 2.0  # and those that aren't all there yet
AFTER = 2.0  # seconds after the grace until the process ends, whatever still runs in it
_LOOK = 0.05
_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]


@dataclass
class Request:
    """`receive` is to be used in place of the one it was made of; `broken_off`: its sender went before it was whole."""

    receive: _Receive
    broken_off: bool = False


@dataclass
class Drain:
    """`under_way` counts requests that are all there and whose answer isn't out yet, `arriving` those whose body isn't
    all there; with `closing` no new one is begun.
    """

    under_way: int = 0
    arriving: int = 0
    closing: bool = False

    @contextmanager
    def counted(self, receive: _Receive, has_body: bool) -> Iterator[Request]:
        """Counts one request for as long as this is open."""
        whole = not has_body

        async def watched() -> MutableMapping[str, Any]:
            nonlocal whole
            message = await receive()
            if not whole and message["type"] == "http.disconnect":
                request.broken_off = True
            elif not whole and not message.get("more_body"):
                whole = True
                self.arriving, self.under_way = self.arriving - 1, self.under_way + 1
            return message

        request = Request(watched)
        self._count(whole, 1)
        try:
            yield request
        finally:
            self._count(whole, -1)

    def _count(self, whole: bool, by: int) -> None:
        if whole:
            self.under_way += by
        else:
            self.arriving += by

    @contextmanager
    def on_signals(
        self, give_up: Callable[[], None], end: Callable[[], None], grace: float = GRACE, after: float = AFTER
    ) -> Iterator[None]:
        """Puts itself in front of the server's own handlers: they are called once nothing is under way any more, or at
        the second signal; `give_up` ends what is under way then. `end`, which must end the process, is called in a
        thread when it still runs `after` seconds past that. Does nothing outside a process's main thread, where no
        signals arrive.
        """
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        loop, servers = asyncio.get_running_loop(), {one: signal.getsignal(one) for one in _SIGNALS}
        signals: queue.SimpleQueue[int] = queue.SimpleQueue()  # the one that a signal's handler may put into

        def hand_over(number: int, frame: FrameType | None) -> None:
            give_up()
            handler = servers[signal.Signals(number)]
            if callable(handler):
                handler(number, frame)

        async def finish(number: int, frame: FrameType | None) -> None:
            begin = loop.time()
            while (self.under_way and loop.time() < begin + grace) or (
                self.arriving and loop.time() < begin + min(ARRIVING, grace)
            ):
                await asyncio.sleep(_LOOK)
            hand_over(number, frame)

        def asked_to_end(number: int, frame: FrameType | None) -> None:
            signals.put(number)
            if self.closing:
                hand_over(number, frame)
                return
            self.closing = True
            loop.call_soon_threadsafe(lambda: tasks.append(loop.create_task(finish(number, frame))))

        def end_at_last() -> None:
            if not signals.get():
                return
            with suppress(queue.Empty):
                signals.get(timeout=grace)
            time.sleep(after)
            end()

        tasks: list[asyncio.Task[None]] = []
        for one in _SIGNALS:
            signal.signal(one, asked_to_end)
        threading.Thread(target=end_at_last, name="end at last", daemon=True).start()
        try:
            yield
        finally:
            if not self.closing:
                signals.put(0)
            for one, handler in servers.items():
                signal.signal(one, handler)
