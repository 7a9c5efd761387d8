"""Until when an answer is worth making. Stages look here before they begin; none of them is interrupted."""

from __future__ import annotations

import threading
import time

from rag.errors import AnswerCancelledError, AnswerTimeoutError


class Deadline:
    """`seconds` from now, or no end; `cancel`, from any thread, ends the work at the next stage."""

    def __init__(self, seconds: float | None = None) -> None:
        self._end = None if seconds is None else time.monotonic() + seconds
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        self._cancelled.set()

    def check(self) -> None:
        """Raises AnswerCancelledError or AnswerTimeoutError."""
        if self._cancelled.is_set():
            raise AnswerCancelledError
        if self._end is not None and time.monotonic() > self._end:
            raise AnswerTimeoutError

    def without_end(self) -> Deadline:
        """Cancelled with this one, and bounded by nothing else: a model's calls have limits of their own."""
        lifted = Deadline()
        lifted._cancelled = self._cancelled
        return lifted
