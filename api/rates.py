"""How often one key or one address may ask, counted by the limits library."""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, parse_many
from limits.aio.strategies import MovingWindowRateLimiter
from limits.storage import storage_from_string
from starlette.datastructures import MutableHeaders

from api.problems import problem_response
from api.settings import ServiceSettings
from api.wire import App, Message, Receive, Scope, Send
from records.asker import asker_of
from records.keys import ANONYMOUS, Holder

COUNTED = ("/api/", "/v1/", "/d/")
_WINDOW = "/gradio_api/"  # of the window's requests those that make it work


class Rates:
    """ASGI middleware: RateLimit headers on what is counted, 429 with Retry-After past the limit."""

    def __init__(self, app: App, settings: ServiceSettings) -> None:
        self._app = app
        self._limiter = MovingWindowRateLimiter(storage_from_string(settings.rate_storage))
        self._anonymous, self._with_key = parse_many(settings.rate), parse_many(settings.rate_with_key)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _counts(scope):
            await self._app(scope, receive, send)
            return
        holder: Holder = scope.get("state", {}).get("caller", ANONYMOUS)
        items = self._with_key if holder.key_id else self._anonymous
        who = asker_of(scope)
        allowed = all([await self._limiter.hit(item, who) for item in items])
        headers, wait = await self._described(items, who)
        if not allowed:
            detail = f"more than {items[0]} from one {who.partition(':')[0]}. Ask again in {wait} s, or with a key."
            await problem_response(scope["path"], 429, detail, headers | {"retry-after": str(wait)})(
                scope, receive, send
            )
            return

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(headers)
            await send(message)

        await self._app(scope, receive, counted)

    async def _described(self, items: list[RateLimitItem], who: str) -> tuple[dict[str, str], int]:
        """The headers of draft-ietf-httpapi-ratelimit-headers for the limit that is nearest, and seconds until more."""
        rows = [(item, await self._limiter.get_window_stats(item, who)) for item in items]
        item, window = min(rows, key=lambda row: row[1].remaining)
        wait = max(1, math.ceil(window.reset_time - time.time()))
        policy = f'"default";q={item.amount};w={item.get_expiry()}'
        return {"ratelimit-policy": policy, "ratelimit": f'"default";r={max(0, window.remaining)};t={wait}'}, wait


def _counts(scope: Scope) -> bool:
    path = scope["path"]
    return path.startswith(COUNTED) or (path.startswith(_WINDOW) and scope["method"] not in ("GET", "HEAD"))
