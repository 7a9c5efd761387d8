"""What the browser lets the window's page do."""

from __future__ import annotations

import secrets

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Scripts are files of this host, or marked with the nonce of this one response. 'unsafe-eval' stays because Gradio makes
# functions from text: of the template of each HTML component, and of each event's js=. Both are ours and constant.
# Styles stay 'unsafe-inline' because Gradio's elements carry style attributes and its themes are written into the page.
_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; manifest-src 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)


class Policy:
    """ASGI middleware: a nonce in the request's state for the page's template, the policy that names it on the response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(18)
        scope.setdefault("state", {})["nonce"] = nonce

        async def ruled(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["content-security-policy"] = _POLICY.format(nonce=nonce)
            await send(message)

        await self._app(scope, receive, ruled)
