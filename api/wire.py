"""What holds for every request: an id, security headers, a bound on its size, its count and time, and its log line."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import nullcontext
from contextvars import ContextVar
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException

from api.drain import Drain, Request
from api.limits import BODY, DOCUMENT
from api.metrics import Metrics
from api.problems import problem_response
from api.proxies import Proxies
from api.traces import Tracer
from records.keys import ANONYMOUS, Holder

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOG = logging.getLogger("policyqa.requests")
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    # a page of ours has no script, and what a browser takes for a page must have none; the window has its own policy
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'",
}
_TOO_LARGE = "the request is larger than {bound} bytes."
_BROKEN = "something broke on our side; it has been logged under the request's id."
_CLOSING = "the service is being restarted. Ask again in a moment."
_TWO_LENGTHS = "the request says its length twice, by Content-Length and by Transfer-Encoding. Leave one of them out."
_REQUEST_ID = re.compile(r"[0-9a-f]{32}")  # words have no room in it
_NOT_LOGGED = ("/healthz", "/readyz", "/metrics")
_BRING_FILES = ("/api/documents", "/gradio_api/upload")
_API = ("/api/", "/v1/", "/d/")
_OURS = (*_NOT_LOGGED, "/openapi.json")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_FILES = ("/assets/", "/static/", "/svelte/", "/favicon.ico")  # the same for everybody
_NAMED_BY_CONTENT = "/scripts/"
_OPEN_AS_LONG_AS_THE_PAGE = "/heartbeat/"


def is_windows(path: str) -> bool:
    """Whether the route is the window's: what isn't the API's."""
    return not path.startswith(_API) and path not in _OURS


class Beside:
    """ASGI middleware: what isn't the API's goes to the window."""

    def __init__(self, app: App, window: App) -> None:
        self._app, self._window = app, window

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and is_windows(scope["path"]):
            scope["state"]["window"] = True
            await self._window(scope, receive, send)
        else:
            await self._app(scope, receive, send)


class Envelope:
    """ASGI middleware around the whole application. What ties a request to others is taken from proxies alone."""

    def __init__(self, app: App, metrics: Metrics, drain: Drain, tracer: Tracer, proxies: Proxies) -> None:
        self._app, self._metrics, self._drain, self._tracer = app, metrics, drain, tracer
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        from_proxy = headers if self._proxies.sent(scope) else Headers({})
        given = from_proxy.get("x-request-id", "")
        identity = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        REQUEST_ID.set(identity)
        scope.setdefault("state", {})
        started, status = time.perf_counter(), 500
        bound = DOCUMENT if scope["path"].startswith(_BRING_FILES) else BODY

        async def marked(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                out = MutableHeaders(scope=message)
                out["x-request-id"] = identity
                if self._drain.closing:
                    out["connection"] = "close"
                if scope["path"].startswith(_NAMED_BY_CONTENT):
                    pass  # such a file says itself how long it may be kept
                elif not scope["path"].startswith(_FILES):
                    out["cache-control"] = "no-store"
                elif status == 200:
                    out["cache-control"] = "public, max-age=3600"
                for name, value in _HEADERS.items():
                    out.setdefault(name, value)
            await send(message)

        has_body = _length(headers) > 0 or "transfer-encoding" in headers
        counting = (
            nullcontext(Request(receive))
            if _OPEN_AS_LONG_AS_THE_PAGE in scope["path"]
            else self._drain.counted(receive, has_body)
        )
        broken_off = False
        try:
            with counting as request, self._tracer.request(scope, from_proxy, identity) as span:
                if self._drain.closing and scope["path"] != "/metrics":
                    await problem_response(scope["path"], 503, _CLOSING, {"retry-after": "5"})(scope, receive, marked)
                elif "transfer-encoding" in headers and "content-length" in headers:
                    closed = {"connection": "close"}  # where it ends is anybody's guess
                    await problem_response(scope["path"], 400, _TWO_LENGTHS, closed)(scope, receive, marked)
                elif _length(headers) > bound:
                    detail = _TOO_LARGE.format(bound=bound)
                    await problem_response(scope["path"], 413, detail)(scope, receive, marked)
                else:
                    await self._guarded(scope, _bounded(request.receive, bound), marked)
                broken_off = request.broken_off
                span(route_of(scope), status)
        finally:
            took = time.perf_counter() - started
            route = route_of(scope)
            method = scope["method"] if scope["method"] in _METHODS else "other"
            self._metrics.requests.labels(method, route, status).inc()
            self._metrics.seconds.labels(route).observe(took)
            if route not in _NOT_LOGGED and not broken_off:  # half a request costs its sender nothing: no line for it
                caller: Holder = scope["state"].get("caller", ANONYMOUS)
                LOG.info(
                    "request",
                    extra={"method": method, "route": route, "status": status, "ms": round(took * 1000, 1),
                           "role": caller.role, "key": caller.key_id},
                )  # fmt: skip

    async def _guarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What breaks is logged under the request's id; the client gets that id and no trace of it."""
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            LOG.error("%s broke: %s", route_of(scope), type(error).__name__, exc_info=error)
            if begun:
                raise
            await problem_response(scope["path"], 500, _BROKEN)(scope, receive, send)


def route_of(scope: Scope) -> str:
    """The route's pattern: addresses and searches themselves may hold what people asked."""
    if scope["state"].get("window"):
        return "window"
    path = getattr(scope.get("route"), "path", None)
    return str(path) if path else "other"


def _length(headers: Headers) -> int:
    length = headers.get("content-length", "0")
    return int(length) if length.isdigit() else 0


def _bounded(receive: Receive, bound: int) -> Receive:
    """Ends a body that is sent in pieces and goes on past the bound."""
    size = 0

    async def bounded() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > bound:
            raise HTTPException(413, _TOO_LARGE.format(bound=bound))
        return message

    return bounded
