"""Who a request comes from: an API key, a session that a key has opened, or nobody in particular."""

from __future__ import annotations

import http.cookies
from collections.abc import Callable

from fastapi import Request
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException

from api.errands import Errands
from api.key_checks import UNCHECKED, KeyChecks
from api.origins import READING, from_here
from api.problems import problem_response
from api.wire import App, Receive, Scope, Send, is_windows
from records.errors import DatabaseError
from records.keys import ANONYMOUS, Holder, KeyRing, Role, looks_like_key
from records.sessions import SessionBook

COOKIE, PROOF = "policyqa_session", "x-policyqa-proof"
_BOUND = "__Host-"  # browsers take such a name only from the host itself, over https
_NAME = 80  # characters of a name in the log of actions
_SIGN_IN_AGAIN = f"the session's cookie came without its proof (the header {PROOF}). Sign in again on this page."
_OTHER_SITE = "a session can only be used from this site's own pages. Use an API key."


class Callers:
    """ASGI middleware: leaves a Holder in the request's state, or turns a wrong key away.

    A cookie goes to every port of its host, whoever listens there: for the API it counts with its proof alone, which only
    our own page has. The window's routes, which give the benchmark and no more, take the cookie by itself.
    """

    def __init__(self, app: App, checks: KeyChecks, keys: KeyRing, sessions: SessionBook, errands: Errands) -> None:
        self._app, self._checks, self._keys, self._sessions, self._errands = app, checks, keys, sessions, errands

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        key, cookie = bearer(headers), session_cookie(scope)
        scope.setdefault("state", {})["caller"] = ANONYMOUS
        refusal = await self._checked_key(scope, key) if key else None
        if not key and cookie:
            refusal = await self._checked_session(scope, cookie, headers.get(PROOF, ""))
        await (refusal or self._app)(scope, receive, send)

    async def _checked_key(self, scope: Scope, key: str) -> App | None:
        """Leaves the key's holder; a refusal for a wrong key."""
        try:
            scope["state"]["caller"] = await self._checks.look(scope, key, lambda: self._keys.holder_of(key))
        except HTTPException as refused:
            return problem_response(scope["path"], refused.status_code, refused.detail, refused.headers)
        return None

    async def _checked_session(self, scope: Scope, cookie: str, proof: str) -> App | None:
        """Leaves the session's holder; a refusal when another site uses it. One that can't be checked is nobody's."""
        try:
            session = await self._errands.run(lambda: self._sessions.find(cookie))
        except (DatabaseError, TimeoutError):
            scope["state"]["unchecked"] = True
            return None
        if session is None:
            return None
        if scope["method"] not in READING and not from_here(scope):
            return problem_response(scope["path"], 403, _OTHER_SITE)
        if is_windows(scope["path"]) or session.is_proven_by(proof):
            scope["state"]["caller"] = session.holder
        else:
            scope["state"]["unproven"] = True
        return None


def bearer(headers: Headers) -> str:
    """One of our keys in the Authorization header; what OpenAI clients must send but we don't know is no key."""
    kind, _, value = headers.get("authorization", "").partition(" ")
    value = value.strip()
    return value if kind.lower() == "bearer" and looks_like_key(value) else ""


def cookie_name(scope: Scope) -> str:
    """Over https a neighbour on another name of the domain can't set it."""
    return _BOUND + COOKIE if scope["scheme"] == "https" else COOKIE


def session_cookie(scope: Scope) -> str:
    """The session's token, or nothing."""
    try:
        cookies = http.cookies.SimpleCookie(Headers(scope=scope).get("cookie", ""))
    except http.cookies.CookieError:
        return ""
    found = cookies.get(cookie_name(scope))
    return found.value if found else ""


def caller_of(request: Request) -> Holder:
    found = getattr(request.state, "caller", ANONYMOUS)
    return found if isinstance(found, Holder) else ANONYMOUS


def at_least(role: Role) -> Callable[[Request], Holder]:
    """A dependency that gives the caller, or answers 401 to anonymous ones and 403 to those who may not."""

    def check(request: Request) -> Holder:
        holder = caller_of(request)
        if holder.may(role):
            return holder
        if getattr(request.state, "unchecked", False):
            raise HTTPException(503, UNCHECKED, {"retry-after": "5"})
        if getattr(request.state, "unproven", False):
            raise HTTPException(401, _SIGN_IN_AGAIN, {"www-authenticate": "Bearer"})
        if holder.role == "anonymous":
            raise HTTPException(401, f"this needs a key with the role {role}.", {"www-authenticate": "Bearer"})
        raise HTTPException(403, f"this needs the role {role}; the key has {holder.role}.")

    return check


def actor(holder: Holder) -> str:
    """As the audit log names who did it."""
    return f"{holder.name[:_NAME]} ({holder.key_id})"
