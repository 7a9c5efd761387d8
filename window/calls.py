"""The bodies that the page sends to its framework: read, checked, and written anew with nothing else in them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from window.uploads import Uploads

BODY = 64 * 1024  # bytes
_INPUTS, _TEXT = 8, 8000  # of one event, and characters of one
_SESSION = re.compile("[a-z0-9]{1,32}")
_EVENT = re.compile("[a-f0-9]{32}")
_UNREADABLE = "the request can't be read. Load the page again."
_NOT_YOURS = "only files that were brought here can be used."


class CallError(Exception):
    """A body that the page wouldn't send, with the status to answer."""

    def __init__(self, status: int = 422, detail: str = _UNREADABLE) -> None:
        super().__init__(detail)
        self.status = status


@dataclass(frozen=True)
class Caller:
    """What may be in a call: the page's functions with whether each is queued, and files, for who may bring them."""

    functions: Mapping[int, bool]
    uploads: Uploads | None


def session_in(value: Any) -> str:
    """Raises CallError."""
    if not isinstance(value, str) or not _SESSION.fullmatch(value):
        raise CallError
    return value


def event(raw: bytes, caller: Caller, queued: bool) -> dict[str, Any]:
    """An event of the page. Its inputs are texts, numbers or nothing; a file only where `caller` may bring one.

    The framework itself would take any path and any address for a file, and read it. Raises CallError.
    """
    read = _object(raw)
    function, inputs = read.get("fn_index"), read.get("data")
    if type(function) is not int or caller.functions.get(function) is not queued:
        raise CallError
    if not isinstance(inputs, list) or len(inputs) > _INPUTS:
        raise CallError
    trigger = read.get("trigger_id")
    return {
        "data": [_input(value, caller.uploads) for value in inputs],
        "fn_index": function,
        "session_hash": session_in(read.get("session_hash")),
        "trigger_id": trigger if type(trigger) is int else None,
    }


def ended(raw: bytes) -> dict[str, Any]:
    """The end of an event, which the page tells when it is cancelled. Raises CallError."""
    read = _object(raw)
    if not isinstance(event_id := read.get("event_id"), str) or not _EVENT.fullmatch(event_id):
        raise CallError
    if "session_hash" not in read:
        return {"event_id": event_id}
    if type(function := read.get("fn_index")) is not int:
        raise CallError
    return {"event_id": event_id, "session_hash": session_in(read["session_hash"]), "fn_index": function}


def _object(raw: bytes) -> dict[str, Any]:
    try:
        read = json.loads(raw)
    except (ValueError, RecursionError):
        raise CallError from None
    if not isinstance(read, dict):
        raise CallError
    return read


def _input(value: Any, uploads: Uploads | None) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str) and len(value) <= _TEXT:
        return value.encode("utf-8", "replace").decode()  # a half of a character can't be sent back
    if isinstance(value, dict) and isinstance(path := value.get("path"), str):
        if uploads is None or not uploads.holds(path):
            raise CallError(403, _NOT_YOURS)
        return {"path": path, "orig_name": Path(path).name, "meta": {"_type": "gradio.FileData"}}
    raise CallError
