"""What holds for every request: an id, security headers, a bound on its size, and its count and time."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from api.limits import BODY

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "content-security-policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; frame-ancestors 'self'",
}
_TOO_LARGE = f"the request is larger than {BODY} bytes."
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class Envelope:
    """ASGI middleware around the whole application."""

    def __init__(self, app: App, registry: CollectorRegistry) -> None:
        self._app = app
        self._requests = Counter("policyqa_requests", "requests", ("method", "route", "status"), registry=registry)
        self._seconds = Histogram(
            "policyqa_request_seconds", "time to the end of the answer", ("route",), registry=registry
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        identity = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        started, status = time.perf_counter(), 500

        async def marked(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                out = MutableHeaders(scope=message)
                out["x-request-id"] = identity
                for name, value in _HEADERS.items():
                    out.setdefault(name, value)
            await send(message)

        try:
            if _too_large(headers):
                await _too_large_answer(scope)(scope, receive, marked)
            else:
                await self._app(scope, _bounded(receive), marked)
        finally:
            route = getattr(scope.get("route"), "path", "other")
            self._requests.labels(scope["method"], route, status).inc()
            self._seconds.labels(route).observe(time.perf_counter() - started)


def _too_large(headers: Headers) -> bool:
    length = headers.get("content-length", "0")
    return length.isdigit() and int(length) > BODY


def _too_large_answer(scope: Scope) -> JSONResponse:
    body = {
        "type": "about:blank", "title": HTTPStatus(413).phrase, "status": 413,
        "detail": _TOO_LARGE, "instance": scope["path"],
    }  # fmt: skip
    return JSONResponse(body, 413, media_type="application/problem+json")


def _bounded(receive: Receive) -> Receive:
    """Ends a body that is sent in pieces and goes on past the bound."""
    size = 0

    async def bounded() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > BODY:
            raise HTTPException(413, _TOO_LARGE)
        return message

    return bounded
