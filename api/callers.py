"""Who a request comes from: an API key, a session that a key has opened, or nobody in particular."""

from __future__ import annotations

import http.cookies
from collections.abc import Callable

from fastapi import Request
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException

from api.errands import Errands
from api.origins import READING, from_here
from api.problems import problem_response
from api.rates import WrongKeys
from api.wire import App, Receive, Scope, Send
from records.errors import DatabaseError
from records.keys import ANONYMOUS, Holder, KeyRing, Role, looks_like_key
from records.sessions import SessionBook

COOKIE = "policyqa_session"
_BOUND = "__Host-"  # browsers take such a name only from the host itself, over https
_NAME = 80  # characters of a name in the log of actions
_WRONG_KEY = "the key is not valid or has been revoked. Leave it out to ask without one."
UNCHECKED = "the key can't be checked just now."
TOO_MANY_WRONG = "too many wrong keys from this address. Wait, and check the key."
_OTHER_SITE = "a session can only be used from this site's own pages. Use an API key."


class Callers:
    """ASGI middleware: leaves a Holder in the request's state, or turns a wrong key away.

    Where many wrong keys come from one address they aren't looked at any more.
    """

    def __init__(self, app: App, keys: KeyRing, sessions: SessionBook, errands: Errands, wrong: WrongKeys) -> None:
        self._app, self._keys, self._sessions = app, keys, sessions
        self._errands, self._wrong = errands, wrong

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        key, cookie = bearer(headers), session_cookie(scope)
        scope.setdefault("state", {})["caller"] = ANONYMOUS
        refusal = await self._checked_key(scope, key) if key else None
        if not key and cookie:
            refusal = await self._checked_session(scope, cookie)
        await (refusal or self._app)(scope, receive, send)

    async def _checked_key(self, scope: Scope, key: str) -> App | None:
        """Leaves the key's holder; a refusal for a wrong key."""
        path = scope["path"]
        if wait := await self._wrong.blocked(scope):
            return problem_response(path, 429, TOO_MANY_WRONG, {"retry-after": str(wait)})
        try:
            holder = await self._errands.run(lambda: self._keys.holder_of(key))
        except (DatabaseError, TimeoutError):
            return problem_response(path, 503, UNCHECKED, {"retry-after": "5"})
        if holder is None:
            await self._wrong.count(scope)
            return problem_response(path, 401, _WRONG_KEY, {"www-authenticate": "Bearer"})
        scope["state"]["caller"] = holder
        return None

    async def _checked_session(self, scope: Scope, cookie: str) -> App | None:
        """Leaves the session's holder; a refusal when another site uses it. One that can't be checked is nobody's."""
        try:
            holder = await self._errands.run(lambda: self._sessions.holder_of(cookie))
        except (DatabaseError, TimeoutError):
            scope["state"]["unchecked"] = True
            return None
        if holder is not None and scope["method"] not in READING and not from_here(scope):
            return problem_response(scope["path"], 403, _OTHER_SITE)
        scope["state"]["caller"] = holder or ANONYMOUS
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
        if holder.role == "anonymous":
            raise HTTPException(401, f"this needs a key with the role {role}.", {"www-authenticate": "Bearer"})
        raise HTTPException(403, f"this needs the role {role}; the key has {holder.role}.")

    return check


def actor(holder: Holder) -> str:
    """As the audit log names who did it."""
    return f"{holder.name[:_NAME]} ({holder.key_id})"
