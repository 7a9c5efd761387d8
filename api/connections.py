"""HTTP connections with deadlines: a request is there in time, an answer is taken, or the connection ends."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.places import Places

HEAD = 10.0  # seconds until a request's head is complete, from the connection's beginning or the answer before it
BODY = 10.0  # seconds until its body is, and more for what has come:
RATE = 16 * 1024  # bytes of a body for another second
STALLED = 30.0  # seconds in which somebody who is answered takes something
_LATER = 1.0  # seconds until a body that isn't read just now is looked at again
_TOO_LATE = b"the request didn't arrive in time.\n"
_TIMEOUT = (
    b"HTTP/1.1 408 Request Timeout\r\ncontent-type: text/plain; charset=utf-8\r\nconnection: close\r\n"
    b"content-length: %d\r\n\r\n%s" % (len(_TOO_LATE), _TOO_LATE)
)


class Connection(H11Protocol):
    """uvicorn's own, which by itself waits for ever for the rest of a head or a body, and for an answer to be taken."""

    def __init__(self, places: Places, **uvicorns: Any) -> None:
        super().__init__(**uvicorns)
        self._places = places
        self._waits_for: tuple[Any, Any] | None = None  # the client's state in h11, and the request before
        self._since = 0.0
        self._got = 0  # bytes, of what is waited for
        self._deadline: asyncio.TimerHandle | None = None
        self._taking: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._look()

    def data_received(self, data: bytes) -> None:
        self._got += len(data)
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        self._stop_timer("_taking")
        self._unset_keepalive_if_required()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch_taking()

    def resume_writing(self) -> None:
        super().resume_writing()
        if not self.transport.is_closing():
            self._stop_timer("_taking")

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        self._watch_taking()

    def shutdown(self) -> None:
        """The service ends: half a request isn't waited for."""
        if self._is_half_sent():
            self.transport.close()
        else:
            super().shutdown()
        if self.transport.is_closing():
            self._stop_waiting()
            self._watch_taking()

    def give_way(self) -> None:
        """All places are taken, and this one has no request."""
        self._stop_waiting()
        self.transport.abort()

    def _look(self) -> None:
        """Is something waited for, and is it what was waited for before?"""
        state = self.conn.their_state
        if self.transport.is_closing() or state not in (h11.IDLE, h11.SEND_BODY):
            self._stop_waiting()
            return
        self._places.waits(self)
        if self._waits_for != (state, self.cycle):
            self._waits_for = (state, self.cycle)
            self._since, self._got = self.loop.time(), 0
            self._stop_timer("_deadline")
            self._deadline = self.loop.call_later(HEAD if state is h11.IDLE else BODY, self._late)

    def _late(self) -> None:
        if self.conn.their_state is h11.SEND_BODY:
            if self.flow.read_paused:  # then it is we who are slow
                self._since = max(self._since, self.loop.time() + _LATER - BODY - self._got / RATE)
            due = self._since + BODY + self._got / RATE
            if due > self.loop.time():
                self._deadline = self.loop.call_at(due, self._late)
                return
        if self._is_half_sent() or (self.conn.their_state is h11.IDLE and self._got):
            self.transport.write(_TIMEOUT)
        self._stop_waiting()
        self.transport.close()
        self._watch_taking()

    def _is_half_sent(self) -> bool:
        """A head is there, the body isn't, and nothing has been answered."""
        return self.conn.their_state is h11.SEND_BODY and self.cycle is not None and not self.cycle.response_started

    def _stop_waiting(self) -> None:
        self._waits_for = None
        self._places.waits_no_more(self)
        self._stop_timer("_deadline")

    def _watch_taking(self, before: float = float("inf")) -> None:
        """Ends the connection if what is to be sent has become no less when it is looked at again."""
        self._stop_timer("_taking")
        left = self.transport.get_write_buffer_size()
        if left >= before:
            self.transport.abort()
        elif left:
            self._taking = self.loop.call_later(STALLED, self._watch_taking, left)

    def _stop_timer(self, name: str) -> None:
        timer: asyncio.TimerHandle | None = getattr(self, name)
        if timer is not None:
            timer.cancel()
            setattr(self, name, None)
