"""What pages of other sites may do: read from the origins that are allowed, change nothing from any other."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import Headers

from api.problems import problem_response
from api.wire import App, Message, Receive, Scope, Send

READING = ("GET", "HEAD", "OPTIONS")
_FROM_HERE = ("same-origin", "none")  # none: typed or bookmarked
_ANSWERS = b"access-control-"
_REFUSED = (
    "a page of another site can't do this: it came to the Host {host!r} from a page of the Origin {origin!r}, and the browser "
    "calls that {site!r}. A proxy must pass Host on as it came; other origins that may are in POLICYQA_CORS_ORIGINS."
)
_SHOWN = 200  # characters of a header that an error repeats


class Origins:
    """ASGI middleware: 403 for a change that another site's page asks for, whatever the route.

    What the routes behind it say about other origins is dropped: the window's framework allows every one.
    """

    def __init__(self, app: App, allowed: Iterable[str]) -> None:
        self._app, self._allowed = app, frozenset(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] not in READING and not self._may_change(scope):
            await problem_response(scope["path"], 403, _refused(scope))(scope, receive, send)
            return

        async def closed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [row for row in message["headers"] if not row[0].lower().startswith(_ANSWERS)]
            await send(message)

        await self._app(scope, receive, closed)

    def _may_change(self, scope: Scope) -> bool:
        """Programs that are no browser send neither header, and bring no cookie that they don't mean to."""
        headers = Headers(scope=scope)
        origins = headers.getlist("origin")
        if len(origins) == 1 and origins[0] in self._allowed:
            return True
        if headers.get("sec-fetch-site", "none") not in _FROM_HERE:
            return False
        return not origins or (len(origins) == 1 and is_own(scope, origins[0]))


def _refused(scope: Scope) -> str:
    headers = Headers(scope=scope)
    host, origin = headers.get("host", "")[:_SHOWN], ", ".join(headers.getlist("origin"))[:_SHOWN]
    return _REFUSED.format(host=host, origin=origin, site=headers.get("sec-fetch-site", "")[:_SHOWN])


def is_own(scope: Scope, origin: str) -> bool:
    """Whether it is the origin that this request came to. Where TLS ends in front of us and nobody says so, http is https."""
    host = Headers(scope=scope).get("host", "").lower()
    schemes = ("https",) if scope.get("scheme") == "https" else ("http", "https")
    return origin.lower() in [f"{scheme}://{host}" for scheme in schemes]


def from_here(scope: Scope) -> bool:
    """Whether a browser sent it from one of our own pages."""
    headers = Headers(scope=scope)
    if site := headers.get("sec-fetch-site"):
        return site == "same-origin"
    return is_own(scope, headers.get("origin", ""))
