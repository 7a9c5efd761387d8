"""One event loop in a thread of its own, so that a request can be ended from any thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any


class BackgroundLoop:
    """Starts with the first task; ends with the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self, work: Coroutine[Any, Any, None]) -> Future[None]:
        """Runs `work`; cancelling the future ends it at its next await."""
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="policyqa-model", daemon=True).start()
        return asyncio.run_coroutine_threadsafe(work, self._loop)
