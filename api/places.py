"""Who may hold a connection: so many in all and so many from one address, counted where connections are accepted."""

from __future__ import annotations

import errno
import ipaddress
import logging
import resource
import socket
from collections import Counter
from collections.abc import Sequence
from multiprocessing.reduction import DupFd
from typing import Any, Protocol

from records.asker import network_of

LOG = logging.getLogger("policyqa.connections")
_FILES = 65_536  # open files that the process asks for, where the system lets it
_OUT = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
_Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Waiting(Protocol):
    """A connection that waits for the rest of a request, or for the next one."""

    def give_way(self) -> None: ...


class Places:
    """The connections of one process. No more than half of the files that it may open, and of those a quarter from one
    address; a trusted proxy, through which everybody comes, may have all.
    """

    def __init__(self, in_all: int, each: int, files: int, trusted: Sequence[str] = ()) -> None:
        self.in_all = min(in_all, files // 2)
        self.each = min(each, max(1, self.in_all // 4))
        self._trusted: list[_Network] = [ipaddress.ip_network(one, strict=False) for one in trusted]
        self._held: Counter[str] = Counter()
        self._taken = 0
        self._waiting: dict[Waiting, None] = {}  # first the one that has been silent longest

    def take(self, whose: str) -> bool:
        """False: none left for this address. When there is none for anybody, whoever has kept one waiting longest gives
        way.
        """
        if self._held[whose] >= self.each and not self._is_trusted(whose):
            return False
        if self._taken >= self.in_all and not self._make_room():
            return False
        self._held[whose] += 1
        self._taken += 1
        return True

    def leave(self, whose: str) -> None:
        self._taken -= 1
        self._held[whose] -= 1
        if not self._held[whose]:
            del self._held[whose]

    def waits(self, connection: Waiting) -> None:
        """It was heard of now, and what it asks isn't there yet."""
        self._waiting.pop(connection, None)
        self._waiting[connection] = None

    def waits_no_more(self, connection: Waiting) -> None:
        self._waiting.pop(connection, None)

    @property
    def full(self) -> bool:
        return self._taken >= self.in_all

    def _make_room(self) -> bool:
        longest = next(iter(self._waiting), None)
        if longest is None:
            return False
        LOG.warning("all %d connections are taken: one without a request is closed for a new one", self.in_all)
        del self._waiting[longest]
        longest.give_way()
        return True

    def _is_trusted(self, whose: str) -> bool:
        """Of IPv6 the whole network of a trusted address is taken for it."""
        try:
            first = ipaddress.ip_network(whose)
        except ValueError:
            return False
        return any(first.version == one.version and first.overlaps(one) for one in self._trusted)


class Listening(socket.socket):
    """A listening socket that closes at once whom no place is left for. One a turn of the event loop: a flood of
    connections leaves the others their turns. Goes to another process together with the places it counts.
    """

    def __init__(self, places: Places, family: int, kind: int, protocol: int, fileno: int | None = None) -> None:
        super().__init__(family, kind, protocol, fileno)
        self._places = places
        self._pause = False

    def accept(self) -> tuple[socket.socket, Any]:
        """Raises BlockingIOError to let the event loop go on, as when nobody is there."""
        if self._pause:
            self._pause = False
            raise BlockingIOError
        try:
            accepted, address = super().accept()
        except OSError as error:
            self._pause = error.errno in _OUT  # asyncio stops listening for a second, but first it would try on
            raise
        whose = network_of({"client": address})
        self._pause = self._places.full  # whoever gives way is gone after this turn
        if not self._places.take(whose):
            accepted.close()
            LOG.warning("a connection was closed: its address has as many as it may, or all are taken")
            self._pause = False
            raise BlockingIOError
        return _Held(self._places, whose, accepted), address

    def __reduce__(self) -> tuple[Any, ...]:
        return _listening, (self._places, self.family, self.type, self.proto, DupFd(self.fileno()))


class _Held(socket.socket):
    """An accepted connection, which has a place until it is closed."""

    def __init__(self, places: Places, whose: str, accepted: socket.socket) -> None:
        super().__init__(accepted.family, accepted.type, accepted.proto, accepted.detach())
        self._places, self._whose = places, whose
        self._has_place = True

    def close(self) -> None:
        if self._has_place:
            self._has_place = False
            self._places.leave(self._whose)
        super().close()


def _listening(places: Places, family: int, kind: int, protocol: int, descriptor: Any) -> Listening:
    return Listening(places, family, kind, protocol, descriptor.detach())


def open_files() -> int:
    """How many files the process may open from now on: what the system allows at the most, within reason."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(hard, _FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return wanted if soft == resource.RLIM_INFINITY else soft
