"""An answer as it comes about: status, citations, delta, verify, done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any, Literal

from rag.deadline import Deadline
from rag.errors import AnswerCancelledError
from rag.types import Answer

_THREADS = ThreadPoolExecutor(64, "stream")  # streams that wait for a model at the same time
EventKind = Literal["status", "citations", "delta", "verify", "done"]


@dataclass(frozen=True)
class Event:
    """`status`: {stage}. `citations`: {citations}, those used so far. `delta`: {text}. `verify`: {ok, start, end,
    problems?}, about that stretch of the text put together from the deltas; not ok takes it back. `done`: {answer}.
    """

    kind: EventKind
    data: Mapping[str, Any]


class AnswerStream:
    """Iterates over the events. `close`, from any thread, ends the model's request too, and other work at its next stage."""

    def __init__(self, events: Callable[[list[Any]], Iterator[Event]], deadline: Deadline) -> None:
        """`events` puts whatever must be closed into the list it is given; `deadline` is what its stages look at."""
        self._requests: list[Any] = []
        self._closed = False
        self._deadline = deadline
        self._events = events(self._requests)

    def __iter__(self) -> Iterator[Event]:
        return self

    def __next__(self) -> Event:
        if self._closed:
            raise StopIteration
        return next(self._events)

    def answer(self) -> Answer:
        """The answer object, once it is there. Raises UnfinishedError."""
        for event in self:
            if event.kind == "done":
                answer: Answer = event.data["answer"]
                return answer
        raise AnswerCancelledError

    def close(self) -> None:
        self._closed = True
        self._deadline.cancel()
        for request in list(self._requests):
            request.close()


async def as_async(stream: AnswerStream) -> AsyncIterator[Event]:
    """The events without blocking the loop; leaving the iteration closes the stream."""
    try:
        loop, context = asyncio.get_running_loop(), copy_context()
        while (event := await loop.run_in_executor(_THREADS, lambda: context.run(next, stream, None))) is not None:
            yield event
    finally:
        stream.close()
