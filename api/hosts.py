"""Under which names the service is served; a request for another, or one that hides its own, goes no further."""

from __future__ import annotations

from collections.abc import Iterable

from api.host_names import LOOPBACK, name_in
from api.problems import problem_response
from api.wire import App, Receive, Scope, Send

# what proxies and frameworks let decide about a request beside its Host; the peer's address and the scheme have been
# taken from the first two before, where the peer is trusted
_NOT_BELIEVED = ("x-forwarded-", "forwarded", "x-real-ip", "x-original-", "x-rewrite-url", "x-host", "x-gradio-server")
_MALFORMED = "the request names no host, several, or one that is none."
_TARGET = "the request's target must be a path that begins with /."
_NOT_OURS = "nothing is served under the name {name!r} here. The service's names are in POLICYQA_ALLOWED_HOSTS."


class Hosts:
    """ASGI middleware: answers to `allowed` names and this machine's own; 421 for others, 400 for what is no name.

    Behind it no header but Host says where a request came to.
    """

    def __init__(self, app: App, allowed: Iterable[str]) -> None:
        names = {*LOOPBACK, *allowed}
        self._app = app
        self._names = frozenset(name for name in names if not name.startswith("*"))
        self._suffixes = tuple(name[1:] for name in names if name.startswith("*"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        believed = [row for row in scope["headers"] if not row[0].decode("latin-1").startswith(_NOT_BELIEVED)]
        if len(believed) < len(scope["headers"]):
            scope.setdefault("state", {})["handed_on"] = (
                True  # whoever looks like this machine may be behind a proxy on it
            )
        scope["headers"] = believed
        name = name_in(given[0]) if len(given) == 1 else None
        if name is None:
            refusal: App = problem_response(scope["path"], 400, _MALFORMED)
        elif not scope["path"].startswith("/"):
            refusal = problem_response(scope["path"], 400, _TARGET)
        elif not self._has(name):
            refusal = problem_response(scope["path"], 421, _NOT_OURS.format(name=name))
        else:
            refusal = self._app
        await refusal(scope, receive, send)

    def _has(self, name: str) -> bool:
        return name in self._names or any(
            name.endswith(suffix) and len(name) > len(suffix) for suffix in self._suffixes
        )
