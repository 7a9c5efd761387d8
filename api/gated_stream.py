"""Server-sent events that hold one of the gate's places until the last of them, or until the client has left."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from sse_starlette import EventSourceResponse

from api.limits import Gate
from api.wire import Receive, Scope, Send

_PING = 15  # seconds


class GatedStream(EventSourceResponse):
    """The gate has been entered before this is made; sending it leaves the gate, whatever happens."""

    def __init__(self, gate: Gate, events: AsyncIterator[dict[str, Any]], sep: str | None = None) -> None:
        super().__init__(events, ping=_PING, sep=sep, headers={"x-accel-buffering": "no"})
        self._gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._gate.leave()
