"""The bodies that the page sends to its framework: read, checked, and written anew with nothing else in them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from window.uploads import Uploads

BODY = 64 * 1024  # bytes
_TEXT = 8000  # characters of one input
_MOST = 2**31  # of a number that names a component
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
class Input:
    """One input of a function. `nothing`: what the page keeps on the server. A choice is one of `choices`, where they
    stay the same, and otherwise any text, which the function knows or doesn't; with `may_lack` it need not be made.
    """

    kind: Literal["text", "choice", "file", "nothing"]
    choices: frozenset[str] | None = None
    may_lack: bool = True


@dataclass(frozen=True)
class Function:
    """One of the page's."""

    queued: bool
    inputs: tuple[Input, ...]


@dataclass(frozen=True)
class Caller:
    """What may be in a call: the page's functions, and files, for who may bring them."""

    functions: Mapping[int, Function]
    uploads: Uploads | None


def session_in(value: Any) -> str:
    """Raises CallError."""
    if not isinstance(value, str) or not _SESSION.fullmatch(value):
        raise CallError
    return value


def event(raw: bytes, caller: Caller, queued: bool) -> dict[str, Any]:
    """An event of the page: as many inputs as the function has, each of its kind; a file where `caller` may bring one.

    The framework itself would take any path and any address for a file, and read it. Raises CallError.
    """
    read = _object(raw)
    number, values, trigger = read.get("fn_index"), read.get("data"), read.get("trigger_id")
    function = caller.functions.get(number) if type(number) is int else None
    if function is None or function.queued is not queued:
        raise CallError
    if not isinstance(values, list) or len(values) != len(function.inputs):
        raise CallError
    return {
        "data": [_taken(value, wanted, caller.uploads) for value, wanted in zip(values, function.inputs, strict=True)],
        "fn_index": number,
        "session_hash": session_in(read.get("session_hash")),
        "trigger_id": trigger if type(trigger) is int and 0 <= trigger < _MOST else None,
    }


def ended(raw: bytes) -> dict[str, Any]:
    """The end of an event, which the page tells when it is cancelled. Raises CallError."""
    read = _object(raw)
    if not isinstance(event_id := read.get("event_id"), str) or not _EVENT.fullmatch(event_id):
        raise CallError
    if "session_hash" not in read:
        return {"event_id": event_id}
    function = read.get("fn_index")
    if type(function) is not int or not 0 <= function < _MOST:
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


def _taken(value: Any, wanted: Input, uploads: Uploads | None) -> Any:
    if value is None and wanted.kind != "text" and wanted.may_lack:
        return None
    if wanted.kind == "file":
        return _file(value, uploads)
    if wanted.kind == "nothing" or not isinstance(value, str) or len(value) > _TEXT:
        raise CallError
    if wanted.choices is not None and value not in wanted.choices:
        raise CallError
    return value.encode("utf-8", "replace").decode()  # a half of a character can't be sent back


def _file(value: Any, uploads: Uploads | None) -> dict[str, Any]:
    if not isinstance(value, dict) or not isinstance(path := value.get("path"), str):
        raise CallError
    if uploads is None or not uploads.holds(path):
        raise CallError(403, _NOT_YOURS)
    return {"path": path, "orig_name": Path(path).name, "meta": {"_type": "gradio.FileData"}}
