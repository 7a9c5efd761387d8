"""Standard error of a service holds its log and nothing else: one JSON object a line, without anybody's words.

What a library prints, a traceback above all, may hold what somebody asked. Whatever comes past the log is counted, and said
to have come; of an exception the log has the kind and the frames.
"""

from __future__ import annotations

import io
import logging
import os
import sys
import threading
import time
import warnings
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import TextIO

from api.logs import log_as_json, place

LOG = logging.getLogger("policyqa.streams")
_PAST = "a library wrote past the log"
_NATIVE = "compiled code wrote past the log"
_QUIET = 1.0  # seconds in which the same writer is mentioned once
_MACHINERY = (__name__, "traceback", "logging", "contextlib")  # what writers go through
_PIECE = 65536


class Counted(io.TextIOBase):
    """In place of `sys.stderr` and `sys.stdout`: keeps no word, logs who wrote and the exception that it was about."""

    encoding = "utf-8"

    def __init__(self, name: str, number: int) -> None:
        self._name, self._number = name, number
        self._said: dict[tuple[str, type[BaseException] | None], float] = {}
        self._logging = threading.local()

    def write(self, text: str) -> int:
        if text.strip() and not getattr(self._logging, "now", False):
            self._logging.now = True  # the log's own complaints come this way too
            try:
                self._say()
            finally:
                self._logging.now = False
        return len(text)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._number

    def _say(self) -> None:
        error, where = sys.exception(), _writer()
        writer = (where, type(error) if error else None)
        before, now = self._said.get(writer, -_QUIET), time.monotonic()
        if now - before < _QUIET:
            return
        if len(self._said) > 1000:
            self._said.clear()
        self._said[writer] = now
        LOG.log(
            logging.ERROR if error else logging.WARNING, _PAST, exc_info=error,
            extra={"stream": self._name, "where": where},
        )  # fmt: skip


def take_streams(native: bool) -> Callable[[], None]:
    """From now on the process's log goes to standard error and nothing else does; what it gives puts all back.

    With `native` also what C code writes to the descriptors, and what programs started from here write: not for a process
    whose children log by themselves, for they inherit the descriptors.
    """
    out = os.fdopen(os.dup(2), "w", encoding="utf-8", errors="backslashreplace", buffering=1)
    restore = [out.close, *log_as_json(out), _take_hooks(), _take_python()]
    if native:
        restore += [_take_descriptor(1, "stdout"), _take_descriptor(2, "stderr")]

    def give_back() -> None:
        for step in reversed(restore):
            step()

    return give_back


def _take_python() -> Callable[[], None]:
    before = sys.stdout, sys.stderr
    for stream in before:
        stream.flush()
    sys.stdout, sys.stderr = Counted("stdout", 1), Counted("stderr", 2)

    def give_back() -> None:
        sys.stdout, sys.stderr = before

    return give_back


def _take_hooks() -> Callable[[], None]:
    """Where exceptions end that nobody catches, and warnings."""
    before = sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning

    def ended(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        LOG.critical("the process ends by an exception", exc_info=(kind, error, trace))

    def thread_ended(told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None and not isinstance(told.exc_value, SystemExit):
            LOG.error("a thread ended by an exception", exc_info=told.exc_value)

    def unraisable(told: sys.UnraisableHookArgs) -> None:
        LOG.error("an exception where none can be raised", exc_info=told.exc_value)

    def warned(
        message: Warning | str,  # noqa: ARG001 - the hook's form
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,  # noqa: ARG001
        line: str | None = None,  # noqa: ARG001
    ) -> None:
        LOG.warning("a warning", extra={"kind": category.__name__, "where": place(filename, lineno)})

    sys.excepthook, threading.excepthook, sys.unraisablehook = ended, thread_ended, unraisable
    warnings.showwarning = warned

    def give_back() -> None:
        sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning = before

    return give_back


def _take_descriptor(number: int, name: str) -> Callable[[], None]:
    """What is written to the descriptor is read by a thread that counts it."""
    before = os.dup(number)
    reading, writing = os.pipe()
    os.set_blocking(
        writing, False
    )  # who writes more than is read loses it: waiting with Python's lock would be for ever
    os.dup2(writing, number)
    os.close(writing)

    def count() -> None:
        while piece := os.read(reading, _PIECE):
            LOG.warning(_NATIVE, extra={"stream": name, "bytes": len(piece)})
            time.sleep(_QUIET)
        os.close(reading)

    threading.Thread(target=count, name=f"count {name}", daemon=True).start()

    def give_back() -> None:
        os.dup2(before, number)
        os.close(before)

    return give_back


def _writer() -> str:
    """The place in the code that wrote."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_globals.get("__name__", "").startswith(_MACHINERY):
        frame = frame.f_back
    return place(frame.f_code.co_filename, frame.f_lineno) if frame else "unknown"
