"""What one visitor may hold of the framework's queue and of its memory."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from starlette.types import Scope

from records.asker import asker_of, network_of

SESSIONS = 1000  # kept in all; the framework itself forgets the one that wasn't used for longest
_SESSIONS, _STREAMS = 200, 400  # of one visitor: pages that are remembered, and streams that are open
_WAITING, _WAITING_IN_ALL = 8, 64  # events that one page, and all pages of one visitor, may have under way
_VISITORS = 10_000


class CrowdedError(Exception):
    """One visitor asks for more than his share."""


class StrangerError(Exception):
    """A page is named that another visitor has opened."""


class Visitors:
    """A visitor is a key or an address. `blocks` is the page as Gradio runs it: it knows what is under way.

    Whoever first names a page has it, under the key and the address that he came with: either of them will do later, for
    one who signs in or out on the page, or takes his key elsewhere.
    """

    def __init__(self, blocks: Any) -> None:
        self._blocks = blocks
        self._pages: OrderedDict[str, OrderedDict[str, None]] = OrderedDict()
        self._owners: dict[str, tuple[str, str]] = {}
        self._streams: Counter[str] = Counter()

    def claim(self, scope: Scope, session: str) -> None:
        """The page is this visitor's from now on. Raises StrangerError; the oldest of too many pages is forgotten."""
        owner = self._owners.setdefault(session, _names_of(scope))
        if not self.knows(scope, session):
            raise StrangerError
        pages = self._pages.setdefault(owner[0], OrderedDict())
        self._pages.move_to_end(owner[0])
        pages[session] = None
        pages.move_to_end(session)
        while len(pages) > _SESSIONS:
            self._forget(pages.popitem(last=False)[0])
        while len(self._pages) > _VISITORS:
            for forgotten in self._pages.popitem(last=False)[1]:
                self._forget(forgotten)

    def admit(self, scope: Scope, session: str) -> None:
        """Takes up an event of this page. Raises CrowdedError, StrangerError."""
        self.claim(scope, session)
        pages = self._pages[self._owners[session][0]]
        if self._waiting(session) >= _WAITING or sum(map(self._waiting, pages)) >= _WAITING_IN_ALL:
            raise CrowdedError

    def knows(self, scope: Scope, session: str) -> bool:
        """Whether this page is one of this visitor's."""
        return bool(set(self._owners.get(session, ())) & set(_names_of(scope)))

    def may_end(self, scope: Scope, event: str) -> bool:
        """Whether this event is of one of this visitor's pages, or of none any more."""
        under_way = self._blocks._queue.event_ids_to_events.get(event)
        return under_way is None or self.knows(scope, under_way.session_hash)

    @contextmanager
    def streaming(self, scope: Scope) -> Iterator[None]:
        """While a response is open. Raises CrowdedError."""
        who = asker_of(scope)
        if self._streams[who] >= _STREAMS:
            raise CrowdedError
        self._streams[who] += 1
        try:
            yield
        finally:
            self._streams[who] -= 1
            if not self._streams[who]:
                del self._streams[who]

    def _waiting(self, session: str) -> int:
        queue = self._blocks._queue
        return sum(event in queue.event_ids_to_events for event in queue.pending_event_ids_session.get(session, ()))

    def _forget(self, session: str) -> None:
        self._owners.pop(session, None)
        self._blocks._queue.pending_event_ids_session.pop(session, None)
        self._blocks.state_holder.session_data.pop(session, None)
        self._blocks.state_holder.time_last_used.pop(session, None)


def _names_of(scope: Scope) -> tuple[str, str]:
    return asker_of(scope), f"address:{network_of(scope)}"
