"""Answers as the service gives them: a pinned one where there is one, and every question and answer kept."""

from __future__ import annotations

import logging
import re
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from typing import Any
from weakref import WeakSet

from corpus.today import today
from rag.deadline import Deadline
from rag.events import AnswerStream, Event
from rag.history import recent
from rag.live import LiveQa
from rag.types import NO_FILTERS, Answer, Filters, Turn
from rag.wire import citation_json
from records.exchanges import Exchanges
from records.pins import PinBoard

LOG = logging.getLogger("policyqa.records")
_PATIENCE = 2.0  # seconds that an answer waits to be on disk; a database that is away doesn't keep it from its asker
SECONDS = 5.0  # that finding what answers one question may take; a model's calls have limits of their own
_CONVERSATION = re.compile(r"[A-Za-z0-9_-]{8,64}")
Observe = Callable[[Event], None]


class RecordedAnswers:
    """Asks what is live now. Safe to share between threads."""

    def __init__(
        self,
        live: LiveQa,
        exchanges: Exchanges,
        pins: PinBoard,
        observe: Observe = lambda _event: None,
        seconds: float = SECONDS,
    ) -> None:
        """`observe` sees every event of every answer, to count them."""
        self._live, self._exchanges, self._pins, self._observe = live, exchanges, pins, observe
        self._seconds = seconds
        self._under_way: WeakSet[AnswerStream] = WeakSet()
        self._lock = threading.Lock()

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Filters = NO_FILTERS,
        as_of: date | None = None,
        channel: str = "api",
        conversation: str | None = None,
    ) -> Answer:
        """As `PolicyQa.ask`; kept when it returns. Raises UnfinishedError past the deadline or once all are closed."""
        return self.stream(question, history, filters, as_of, channel, conversation).answer()

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Filters = NO_FILTERS,
        as_of: date | None = None,
        channel: str = "api",
        conversation: str | None = None,
    ) -> AnswerStream:
        """As `PolicyQa.stream`; the last event comes once the answer is kept.

        What is no id of a conversation is kept under a fresh one: no word of an asker's keeps his question unrecorded.
        """
        qa, read, deadline = self._live.current, recent(history), Deadline(self._seconds)
        inner = qa.stream(question, read, filters, as_of, deadline)  # raises for what can't be asked
        identity = uuid.uuid4().hex
        kept_under = conversation_id(conversation)

        def events(requests: list[Any]) -> Iterator[Event]:
            requests.append(inner)
            self._exchanges.asked(identity, question, filters, channel, kept_under)
            pinned = None
            narrowed = filters.document_id or filters.department
            if self._pins.has_any and not narrowed and qa.stands_alone(question, read):
                pinned = self._pins.answer(question, qa, as_of or today(), filters.jurisdiction)
            for told in _told(pinned[0]) if pinned else inner:
                event = told
                if told.kind == "done":
                    answer = replace(told.data["answer"], trace_id=identity)
                    event = Event("done", {"answer": answer})
                    pin_id = pinned[1] if pinned else None
                    _wait(self._exchanges.answered(answer, question, read, qa.corpus, pin_id))
                self._observe(event)
                yield event

        stream = AnswerStream(events, deadline)
        with self._lock:
            self._under_way.add(stream)
        return stream

    def close_all(self) -> None:
        """Gives up every answer that is still being made: the service ends."""
        with self._lock:
            streams = list(self._under_way)
        for stream in streams:
            stream.close()


def conversation_id(given: str | None) -> str | None:
    """As it is, a fresh random one in its place, or none for a question that stands alone."""
    return given if given is None or _CONVERSATION.fullmatch(given) else uuid.uuid4().hex


def _told(answer: Answer) -> Iterator[Event]:
    yield Event("citations", {"citations": [citation_json(row) for row in answer.citations]})
    yield Event("delta", {"text": answer.answer})
    yield Event("done", {"answer": answer})


def _wait(kept: Future[None]) -> None:
    try:
        kept.result(_PATIENCE)
    except Exception as error:  # whatever keeps the record from being written, the asker has a right to the answer
        LOG.error("an answer went out before it was kept (%s)", type(error).__name__)
