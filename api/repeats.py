"""A log that can't be made to grow: what one place in the code complains of again and again is counted instead."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass

_FIRST = 5  # records of one place that are all written
_SECONDS = 60.0  # then one in so many
_PLACES = 1000


@dataclass
class _Said:
    since: float
    written: int = 0
    left_out: int = 0


class Repeats(logging.Filter):
    """Of warnings and worse, the first few of each place in the code and minute; the next that is written says in
    `left_out` how many weren't. Requests and other news all pass.
    """

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[tuple[str, int, type[BaseException] | None], _Said] = {}
        self._lock = threading.Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING:
            return True
        kind = record.exc_info[0] if record.exc_info else None
        now = time.monotonic()
        with self._lock:
            if len(self._said) > _PLACES:
                self._said.clear()
            said = self._said.setdefault((record.pathname, record.lineno, kind), _Said(now))
            if now - said.since >= _SECONDS:  # a place that was quiet may say its first few again
                said.since, said.written = now, _FIRST - 1 if said.left_out else 0
            if said.written >= _FIRST:
                said.left_out += 1
                return False
            said.written += 1
            left_out, said.left_out = said.left_out, 0
        if left_out:
            record.left_out = left_out
        return True
