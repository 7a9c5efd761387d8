"""Stops asking an endpoint that keeps failing, and tries it again after a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

FAILURES = 3  # in a row
PAUSE = 60.0  # seconds


class CircuitBreaker:
    """Closed while the endpoint answers; open for `pause` seconds after `failures` in a row; then one try."""

    def __init__(
        self, failures: int = FAILURES, pause: float = PAUSE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._lock = threading.Lock()
        self._limit, self._pause, self._clock = failures, pause, clock
        self._failed = 0
        self._open_until = 0.0

    @property
    def is_open(self) -> bool:
        with self._lock:
            return self._failed >= self._limit and self._clock() < self._open_until

    def allows(self) -> bool:
        """Whether a request may go out; after the pause only one may, until it has succeeded."""
        with self._lock:
            if self._failed < self._limit:
                return True
            if self._clock() < self._open_until:
                return False
            self._open_until = self._clock() + self._pause
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failed = 0

    def failed(self) -> None:
        with self._lock:
            self._failed += 1
            if self._failed >= self._limit:
                self._open_until = self._clock() + self._pause
