"""Log lines as JSON, each with its request's id; nothing in them that people typed, nor where they asked from."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterator
from pathlib import PurePath
from types import TracebackType
from typing import TextIO

from pythonjsonlogger.json import JsonFormatter

from api.repeats import Repeats
from api.wire import REQUEST_ID

OURS = "policyqa"
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
_LEFT_OUT = "a library's words are left out"
_CAUSES = 5


class Formatter(JsonFormatter):
    """Of an exception its kind and its frames, of a library's record the place in its code: their messages may hold what
    somebody asked. Only our own messages are ours to know.
    """

    def format(self, record: logging.LogRecord) -> str:
        if record.name != OURS and not record.name.startswith(f"{OURS}."):
            record = _without_words(record)
        return super().format(record)

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 - logging's name
        _, error, trace = ei
        kinds = " from ".join(type(each).__name__ for each in _with_causes(error))
        return f"{kinds or 'error'}\n" + "".join(traceback.format_tb(trace))


class _WithRequest(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if identity := REQUEST_ID.get():
            record.request_id = identity
        return True


def log_as_json(stream: TextIO | None = None, level: int = logging.INFO) -> list[Callable[[], None]]:
    """Every logger's records, one object a line: ours from `level`, libraries' warnings. What it gives puts all back.

    Without a stream they go to standard error as it is now.
    """
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        Formatter(
            "%(asctime)s %(levelname)s %(name)s %(message)s",
            rename_fields={"asctime": "time", "levelname": "level", "name": "logger"},
            json_ensure_ascii=False,
        )
    )
    handler.addFilter(_WithRequest())
    handler.addFilter(Repeats())
    root, ours = logging.getLogger(), logging.getLogger(OURS)
    others = [each for each in logging.Logger.manager.loggerDict.values() if isinstance(each, logging.Logger)]
    restore = [_reset(each) for each in (root, ours, *others)]
    for each in others:  # a library's own handlers would write past ours
        each.handlers, each.propagate = [], True
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    ours.setLevel(level)
    return restore


def _reset(logger: logging.Logger) -> Callable[[], None]:
    handlers, propagate, level = list(logger.handlers), logger.propagate, logger.level

    def back() -> None:
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)

    return back


def _without_words(record: logging.LogRecord) -> logging.LogRecord:
    bare = logging.LogRecord(
        record.name, record.levelno, record.pathname, record.lineno, _LEFT_OUT, None, record.exc_info
    )
    bare.created, bare.msecs = record.created, record.msecs
    bare.where = place(record.pathname, record.lineno)
    if identity := getattr(record, "request_id", None):
        bare.request_id = identity
    return bare


def place(filename: str, line: int) -> str:
    """A line of code, as the log names it."""
    return f"{'/'.join(PurePath(filename).parts[-2:])}:{line}"


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(_CAUSES):
        if error is None:
            return
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
