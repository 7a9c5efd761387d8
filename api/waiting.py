"""Answers that somebody waits for: each holds one of the gate's places, and ends when its asker has gone."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from fastapi import Request
from sse_starlette import EventSourceResponse

from api.problems import problem_body
from api.wire import Receive, Scope, Send
from rag.errors import UnfinishedError
from rag.events import AnswerStream
from rag.types import Answer
from records.asker import asker_of
from records.gate import Gate

_PING = 15  # seconds
Events = AsyncIterator[dict[str, Any]]


async def answer_for(request: Request, gate: Gate, begin: Callable[[], AnswerStream]) -> Answer:
    """The answer that `begin`'s stream ends with, made in a thread. Raises BusyError, UnfinishedError and what `begin`
    raises.
    """
    async with gate.entered(asker_of(request.scope)):
        stream = begin()
        watching = asyncio.create_task(_close_when_gone(request, stream))
        try:
            return await gate.in_thread(stream.answer)
        finally:
            watching.cancel()


async def _close_when_gone(request: Request, stream: AnswerStream) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    stream.close()


class GatedStream(EventSourceResponse):
    """Server-sent events. The gate has been entered before this is made; sending it leaves the gate, whatever happens."""

    def __init__(self, gate: Gate, asker: str, events: Events, sep: str | None) -> None:
        super().__init__(events, ping=_PING, sep=sep, headers={"x-accel-buffering": "no"})
        self._gate, self._asker = gate, asker

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._gate.leave(self._asker)


async def events_for(
    request: Request,
    gate: Gate,
    begin: Callable[[], AnswerStream],
    shown: Callable[[AnswerStream], Events],
    sep: str | None = None,
) -> GatedStream:
    """The stream as `shown` writes it; one that is given up ends with the event `error`. Raises as `answer_for`."""
    asker = asker_of(request.scope)
    await gate.enter(asker)
    try:
        stream = begin()
    except BaseException:
        gate.leave(asker)
        raise
    return GatedStream(gate, asker, _or_error(shown(stream), request.url.path), sep)


async def _or_error(events: Events, path: str) -> Events:
    try:
        async for event in events:
            yield event
    except UnfinishedError as error:
        yield {"event": "error", "data": json.dumps(problem_body(path, 503, str(error)), ensure_ascii=False)}
