"""Keys looked up for whoever shows one, and the bound on guessing them."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import TypeVar

from limits import parse
from limits.aio.strategies import MovingWindowRateLimiter
from limits.storage import storage_from_string
from starlette.exceptions import HTTPException

from api.errands import Errands
from api.settings import ServiceSettings
from api.wire import Scope
from records.asker import network_of
from records.errors import DatabaseError
from records.keys import KeyRing, key_id_in

UNCHECKED = "the key can't be checked just now."
_WRONG = parse("20/minute")
_WRONG_KEY = "the key is not valid or has been revoked. Leave it out to ask without one."
_TOO_MANY = "too many wrong keys of this kind from this address. Wait, and check the key."
_NONE = "none"  # stands for every id that no key has
_T = TypeVar("_T")


class KeyChecks:
    """Wrong keys count by address and by the id that they claim; those of ids that no key has count together.

    So whoever shares an address with somebody who guesses goes on with a key of his own, unless that very key is guessed at.
    """

    def __init__(self, settings: ServiceSettings, keys: KeyRing, errands: Errands) -> None:
        self._limiter = MovingWindowRateLimiter(storage_from_string(settings.rate_storage))
        self._keys, self._errands = keys, errands

    async def look(self, scope: Scope, key: str, look: Callable[[], _T | None]) -> _T:
        """What `look` gives for the key. Raises HTTPException: 401 for a wrong one, 429 for one too many, 503."""
        identity = key_id_in(key)
        if identity is not None:
            await self._hold_back(_counted(scope, identity))
            found = await self._asked(look)
            if found is not None:
                return found
        known = identity is not None and await self._asked(lambda: self._keys.has(identity))
        wrong = _counted(scope, identity if known and identity else _NONE)
        await self._hold_back(wrong)
        await self._limiter.hit(_WRONG, *wrong)
        raise HTTPException(401, _WRONG_KEY, {"www-authenticate": "Bearer"})

    async def _hold_back(self, counted: tuple[str, str, str]) -> None:
        if await self._limiter.test(_WRONG, *counted):
            return
        window = await self._limiter.get_window_stats(_WRONG, *counted)
        wait = max(1, math.ceil(window.reset_time - time.time()))
        raise HTTPException(429, _TOO_MANY, {"retry-after": str(wait)})

    async def _asked(self, work: Callable[[], _T]) -> _T:
        try:
            return await self._errands.run(work)
        except (DatabaseError, TimeoutError):
            raise HTTPException(503, UNCHECKED, {"retry-after": "5"}) from None


def _counted(scope: Scope, identity: str) -> tuple[str, str, str]:
    return "wrong-key", network_of(scope), identity
