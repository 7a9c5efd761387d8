"""Who a request comes from: an API key, a signed session that a key has opened, or nobody in particular."""

from __future__ import annotations

import http.cookies
from collections.abc import Callable
from urllib.parse import urlsplit

from fastapi import Request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException

from api.problems import problem_response
from api.wire import App, Receive, Scope, Send
from records.errors import DatabaseError
from records.keys import ANONYMOUS, Holder, KeyRing, Role, looks_like_key

COOKIE = "policyqa_session"
SESSION = 8 * 3600  # seconds
_READING = ("GET", "HEAD", "OPTIONS")
_WRONG_KEY = "the key is not valid or has been revoked. Leave it out to ask without one."
_OTHER_SITE = "a session can only be used from this site's own pages. Use an API key."


class Sessions:
    """Signed session values; a session ends with its key."""

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys
        self._signer: URLSafeTimedSerializer | None = None

    def value_for(self, holder: Holder) -> str:
        return self._signed().dumps(holder.key_id)

    def holder_of(self, value: str) -> Holder | None:
        """None for one that is forged, too old, or whose key has been revoked."""
        try:
            identity = self._signed().loads(value, max_age=SESSION)
        except BadSignature:
            return None
        return self._keys.holder_by_id(identity) if isinstance(identity, str) else None

    def _signed(self) -> URLSafeTimedSerializer:
        if self._signer is None:
            self._signer = URLSafeTimedSerializer(self._keys.signing_secret(), salt="session")
        return self._signer


class Callers:
    """ASGI middleware: leaves a Holder in the request's state, or turns a wrong key away."""

    def __init__(self, app: App, keys: KeyRing, sessions: Sessions) -> None:
        self._app, self._keys, self._sessions = app, keys, sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        key, cookie = bearer(headers), session_cookie(headers)
        holder: Holder | None = ANONYMOUS
        try:
            if key:
                holder = await run_in_threadpool(self._keys.holder_of, key)
                if holder is None:
                    refusal = problem_response(scope["path"], 401, _WRONG_KEY, {"www-authenticate": "Bearer"})
                    await refusal(scope, receive, send)
                    return
            elif cookie:
                holder = await run_in_threadpool(self._sessions.holder_of, cookie) or ANONYMOUS
                if holder is not ANONYMOUS and scope["method"] not in _READING and not from_here(headers):
                    await problem_response(scope["path"], 403, _OTHER_SITE)(scope, receive, send)
                    return
        except DatabaseError:
            if key:
                refusal = problem_response(
                    scope["path"], 503, "the key can't be checked just now.", {"retry-after": "5"}
                )
                await refusal(scope, receive, send)
                return
            holder = ANONYMOUS
        scope.setdefault("state", {})["caller"] = holder
        await self._app(scope, receive, send)


def bearer(headers: Headers) -> str:
    """One of our keys in the Authorization header; what OpenAI clients must send but we don't know is no key."""
    kind, _, value = headers.get("authorization", "").partition(" ")
    value = value.strip()
    return value if kind.lower() == "bearer" and looks_like_key(value) else ""


def session_cookie(headers: Headers) -> str:
    try:
        cookies = http.cookies.SimpleCookie(headers.get("cookie", ""))
    except http.cookies.CookieError:
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""


def from_here(headers: Headers) -> bool:
    """Whether a browser sent it from one of our own pages."""
    if site := headers.get("sec-fetch-site"):
        return site == "same-origin"
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == headers.get("host")


def caller_of(request: Request) -> Holder:
    found = getattr(request.state, "caller", ANONYMOUS)
    return found if isinstance(found, Holder) else ANONYMOUS


def at_least(role: Role) -> Callable[[Request], Holder]:
    """A dependency that gives the caller, or answers 401 to anonymous ones and 403 to those who may not."""

    def check(request: Request) -> Holder:
        holder = caller_of(request)
        if holder.may(role):
            return holder
        if holder.role == "anonymous":
            raise HTTPException(401, f"this needs a key with the role {role}.", {"www-authenticate": "Bearer"})
        raise HTTPException(403, f"this needs the role {role}; the key has {holder.role}.")

    return check


def actor(holder: Holder) -> str:
    """As the audit log names who did it."""
    return f"{holder.name} ({holder.key_id})"
