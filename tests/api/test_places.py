"""Places for connections, and a log that counts what repeats."""

from __future__ import annotations

import errno
import logging
import socket
from typing import Any

import pytest

from api import repeats
from api.places import Listening, Places
from api.repeats import Repeats


class Idle:
    def __init__(self) -> None:
        self.gone = False

    def give_way(self) -> None:
        self.gone = True


def test_an_address_has_its_share_and_a_trusted_proxy_all() -> None:
    places = Places(in_all=100, each=2, files=1000, trusted=["10.0.0.0/8"])
    assert [places.take("192.0.2.1") for _ in range(3)] == [True, True, False]
    assert places.take("192.0.2.2")
    assert all(places.take("10.1.2.3") for _ in range(50))
    places.leave("192.0.2.1")
    assert places.take("192.0.2.1")


def test_no_more_than_half_of_the_files_are_connections() -> None:
    places = Places(in_all=2048, each=256, files=1024)
    assert (places.in_all, places.each) == (512, 128)


def test_whoever_was_silent_longest_gives_way_and_whoever_is_answered_does_not() -> None:
    places = Places(in_all=4, each=4, files=100, trusted=["192.0.2.1/32"])
    assert all(places.take("192.0.2.1") for _ in range(4))
    assert not places.take("192.0.2.2")  # all are being answered
    first, second = Idle(), Idle()
    places.waits(first)
    places.waits(second)
    places.waits(first)  # was heard of again
    assert places.take("192.0.2.2")
    assert (first.gone, second.gone) == (False, True)


def test_without_free_files_the_event_loop_is_let_go_on_after_one_complaint(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_free(_self: socket.socket) -> Any:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(socket.socket, "accept", none_free)
    with Listening(Places(10, 10, 100), socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        with pytest.raises(OSError, match="Too many open files"):
            listening.accept()
        with pytest.raises(BlockingIOError):
            listening.accept()


def test_a_complaint_that_repeats_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(repeats.time, "monotonic", lambda: now[0])
    kept = Repeats()

    def written(line: int, level: int = logging.WARNING) -> logging.LogRecord | None:
        record = logging.LogRecord("asyncio", level, "base_events.py", line, "said", None, None)
        return record if kept.filter(record) else None

    assert [bool(written(1)) for _ in range(7)] == [True] * 5 + [False] * 2
    assert written(2) is not None
    assert all(written(3, logging.INFO) for _ in range(20))
    now[0] = 61.0
    record = written(1)
    assert record is not None
    assert record.__dict__["left_out"] == 2
    assert written(1) is None
