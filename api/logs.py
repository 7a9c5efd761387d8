"""Log lines as JSON, each with its request's id; nothing in them that people typed, nor where they asked from."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

from pythonjsonlogger.json import JsonFormatter

from api.wire import REQUEST_ID

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Formatter(JsonFormatter):
    """Of an exception its kind and its frames: its message may hold what somebody asked."""

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 - logging's name
        kind, _, trace = ei
        return f"{kind.__name__ if kind else 'error'}\n" + "".join(traceback.format_tb(trace))


class _WithRequest(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if identity := REQUEST_ID.get():
            record.request_id = identity
        return True


def log_as_json(level: int = logging.INFO) -> None:
    """The product's log on standard error, one object a line."""
    handler = logging.StreamHandler()
    handler.setFormatter(
        Formatter(
            "%(asctime)s %(levelname)s %(name)s %(message)s",
            rename_fields={"asctime": "time", "levelname": "level", "name": "logger"},
            json_ensure_ascii=False,
        )
    )
    handler.addFilter(_WithRequest())
    for name in ("policyqa", "uvicorn"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
    logging.getLogger("policyqa").setLevel(level)
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
