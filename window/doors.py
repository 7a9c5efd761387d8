"""What of the framework's endpoints is open: what the page asks for, each with its checks. Everything else is closed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any
from urllib.parse import parse_qs, quote, urlencode

from anyio import to_thread
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from records.asker import asker_of
from window import calls
from window.calls import Caller, CallError, Function
from window.evaluators import SIGN_IN, Evaluators
from window.uploads import FILE, UploadError, Uploads
from window.visitors import CrowdedError, StrangerError, Visitors

_PART = r"[\w-][\w.-]*"
_JOIN, _RUN = "/gradio_api/queue/join", "/gradio_api/run/predict"
_DATA, _UPLOAD, _FILE = "/gradio_api/queue/data", "/gradio_api/upload", "/gradio_api/file="
_BEAT = "/gradio_api/heartbeat/"
_ENDED = ("/gradio_api/cancel", "/gradio_api/reset")
_PROGRESS = "/gradio_api/upload_progress"
DOORS = tuple(
    (methods.split(), re.compile(pattern, re.ASCII | re.DOTALL))
    for methods, pattern in (
        ("GET HEAD", "/"),
        ("GET", rf"/scripts/{_PART}"),
        ("GET", rf"/assets/(?:{_PART}/)*{_PART}"),
        ("GET", r"/static/js/iframeResizer\.contentWindow\.min\.js"),
        ("GET", r"/theme\.css"),
        ("GET", r"/favicon\.ico"),
        ("GET", r"/gradio_api/app_id"),
        ("GET", rf"{_BEAT}[a-z0-9]{{1,32}}"),
        ("POST", _JOIN),
        ("GET", _DATA),
        ("POST", _RUN),
        ("POST", "|".join(_ENDED)),
        ("POST", _UPLOAD),
        ("GET", _PROGRESS),
        ("GET", f"{_FILE}/.+"),
    )
)
_OVERHEAD = 64 * 1024  # bytes of a form around its file
_CLOSED = "there is nothing here."
_CROWDED = "too many requests from one visitor are under way. Wait until one has ended."


def is_open(method: str, path: str) -> bool:
    return any(method in methods and pattern.fullmatch(path) for methods, pattern in DOORS)


class Doors:
    """ASGI middleware. `functions`: the page's."""

    def __init__(
        self,
        app: ASGIApp,
        functions: Mapping[int, Function],
        uploads: Uploads,
        visitors: Visitors,
        evaluators: Evaluators,
    ) -> None:
        self._app, self._functions, self._uploads, self._visitors = app, functions, uploads, visitors
        self._evaluators = evaluators

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            try:
                await self._through(scope, receive, send)
            except (CallError, UploadError) as error:
                await _refusal(error.status, str(error))(scope, receive, send)
            except StrangerError:
                await _refusal(404, _CLOSED)(scope, receive, send)
            except CrowdedError:
                await _refusal(429, _CROWDED, {"retry-after": "2"})(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _through(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, evaluator = scope["path"], self._evaluators.include(scope)
        if not is_open(scope["method"], path) or not _written_plainly(scope):
            raise CallError(404, _CLOSED)
        if path == _UPLOAD:
            await JSONResponse([await self._taken(scope, receive, evaluator)])(scope, receive, send)
            return
        if path == _PROGRESS:  # by then the file is there: it is small
            await Response('data: {"msg": "done"}\n\n', media_type="text/event-stream")(scope, receive, send)
            return
        if path.startswith(_FILE) and not (evaluator and self._uploads.holds(path.removeprefix(_FILE))):
            raise CallError(404, _CLOSED)
        query = b""
        if path == _DATA:
            session = calls.session_in(_asked(scope, "session_hash"))
            if not self._visitors.knows(scope, session):
                raise CallError(404, _CLOSED)
            query = urlencode({"session_hash": session}).encode()
        elif path in (_JOIN, _RUN):
            caller = Caller(self._functions, self._uploads if evaluator else None)
            call = calls.event(await _body(receive, calls.BODY), caller, queued=path == _JOIN)
            self._visitors.admit(scope, call["session_hash"])
            receive = _again(call, receive)
        elif path in _ENDED:
            end = calls.ended(await _body(receive, calls.BODY))
            if not self._is_own(scope, end):
                raise CallError(404, _CLOSED)
            receive = _again(end, receive)
        elif path.startswith(_BEAT):
            self._visitors.claim(scope, path.removeprefix(_BEAT))
        stays_open = path == _DATA or path.startswith(_BEAT)
        with self._visitors.streaming(scope) if stays_open else nullcontext():
            # the framework's page takes further words in its query (deep_link, page), of which it needs none
            await self._app({**scope, "query_string": query}, receive, send)

    def _is_own(self, scope: Scope, end: Mapping[str, Any]) -> bool:
        session = end.get("session_hash")
        known = session is None or self._visitors.knows(scope, session)
        return known and self._visitors.may_end(scope, end["event_id"])

    async def _taken(self, scope: Scope, receive: Receive, evaluator: bool) -> str:
        """The path of the one file that the form holds."""
        if not evaluator:
            raise CallError(403, SIGN_IN)
        request = Request(scope, _bounded(receive, FILE + _OVERHEAD))
        try:
            async with request.form(max_files=1, max_fields=0) as form:
                files = [value for value in form.values() if isinstance(value, UploadFile)]
                if len(files) != 1:
                    raise UploadError(400, "bring one file.")
                content = await files[0].read(FILE + 1)
                name = files[0].filename or ""
        except (MultiPartException, HTTPException):
            raise UploadError(400, "bring one file, as a form.") from None
        return str(await to_thread.run_sync(self._uploads.keep, name, content, asker_of(scope)))


def _written_plainly(scope: Scope) -> bool:
    """Whether the path stands in the request as it is meant: nothing hidden in it by encoding but a file's own name."""
    path, raw = scope["path"], scope.get("raw_path") or quote(scope["path"]).encode()
    if path.startswith(_FILE):
        return "//" not in path and b"%2f" not in raw.lower() and "/." not in path
    return bool(raw == path.encode())


def _asked(scope: Scope, name: str) -> str:
    values = parse_qs(scope["query_string"].decode("latin-1")).get(name, [])
    return values[0] if len(values) == 1 else ""


def _bounded(receive: Receive, most: int) -> Receive:
    size = 0

    async def bounded() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > most:
            raise UploadError(413, f"a request of this kind has at most {most} bytes.")
        return message

    return bounded


async def _body(receive: Receive, most: int) -> bytes:
    bounded, parts = _bounded(receive, most), []
    while True:
        message = await bounded()
        if message["type"] == "http.disconnect":
            raise CallError
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


def _again(call: dict[str, Any], receive: Receive) -> Receive:
    """Gives the framework this body, then whatever else comes."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": json.dumps(call).encode(), "more_body": False}

    return again


def _refusal(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    return JSONResponse({"status": status, "detail": detail}, status, headers, media_type="application/problem+json")
