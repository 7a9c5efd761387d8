"""What one visitor may hold of the queue and of memory."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from records.keys import ANONYMOUS, Holder
from window.visitors import CrowdedError, StrangerError, Visitors


def a_scope(address: str = "198.51.100.7", caller: Holder = ANONYMOUS) -> dict[str, Any]:
    return {"type": "http", "client": (address, 1), "state": {"caller": caller}}


def blocks(pending: dict[str, set[str]] | None = None, finished: int = 0) -> Any:
    """A page whose sessions have these events under way; the first `finished` of each are over."""
    pending = {} if pending is None else pending
    alive = {event: None for events in pending.values() for event in sorted(events)[finished:]}
    queue = SimpleNamespace(pending_event_ids_session=pending, event_ids_to_events=alive)
    return SimpleNamespace(_queue=queue, state_holder=SimpleNamespace(session_data={}, time_last_used={}))


def events(session: str, count: int) -> set[str]:
    return {f"{session}-{number:03}" for number in range(count)}


def test_one_page_has_eight_events_under_way() -> None:
    Visitors(blocks({"a": events("a", 7)})).admit(a_scope(), "a")
    crowded = Visitors(blocks({"a": events("a", 8)}))
    with pytest.raises(CrowdedError):
        crowded.admit(a_scope(), "a")
    crowded.admit(a_scope(), "b")


def test_events_that_are_over_do_not_count_though_nobody_fetched_them() -> None:
    Visitors(blocks({"a": events("a", 50)}, finished=45)).admit(a_scope(), "a")


def test_all_pages_of_one_address_share_and_others_are_served() -> None:
    running = {f"p{number}": events(f"p{number}", 4) for number in range(16)}  # 16 * 4 = 64
    shared: dict[str, set[str]] = {}
    visitors = Visitors(page := blocks(shared))
    for session in running:
        visitors.admit(a_scope("2001:db8::1"), session)
    shared.update(running)
    page._queue.event_ids_to_events = {event: None for each in running.values() for event in each}
    with pytest.raises(CrowdedError):
        visitors.admit(a_scope("2001:db8::2"), "new")  # the same network of one customer
    visitors.admit(a_scope("2001:db8:0:1::1"), "other")
    visitors.admit(a_scope("2001:db8::1", Holder("staff", "k", "热线")), "withkey")


def test_too_many_pages_of_one_visitor_push_out_his_own() -> None:
    visitors = Visitors(page := blocks())
    page.state_holder.session_data = {"theirs": 1, "s0": 1, "s1": 1}
    visitors.admit(a_scope("198.51.100.8"), "theirs")
    for number in range(201):
        visitors.admit(a_scope(), f"s{number}")
    assert page.state_holder.session_data == {"theirs": 1, "s1": 1}
    assert not visitors.knows(a_scope(), "s0")
    assert visitors.knows(a_scope(), "s1")
    assert not visitors.knows(a_scope(), "theirs")


def test_open_streams_are_counted_and_given_back() -> None:
    visitors = Visitors(blocks())
    open_ones = [visitors.streaming(a_scope()) for _ in range(400)]
    for each in open_ones:
        each.__enter__()
    with pytest.raises(CrowdedError), visitors.streaming(a_scope()):
        pass
    with visitors.streaming(a_scope("198.51.100.8")):
        pass
    open_ones[0].__exit__(None, None, None)
    with visitors.streaming(a_scope()):
        pass


def test_a_page_stays_with_whoever_opened_it() -> None:
    key = Holder("staff", "k", "热线")
    visitors = Visitors(blocks())
    visitors.claim(a_scope(), "page")
    for stranger in (a_scope("198.51.100.8"), a_scope("198.51.100.8", key)):
        for named in (visitors.claim, visitors.admit):
            with pytest.raises(StrangerError):
                named(stranger, "page")
        assert not visitors.knows(stranger, "page")
    visitors.admit(a_scope(caller=key), "page")  # who signs in goes on with his page
    visitors.claim(a_scope(caller=key), "signed-in")
    visitors.admit(a_scope("198.51.100.8", key), "signed-in")  # and takes his key elsewhere
    visitors.admit(a_scope(), "signed-in")  # or signs out
    with pytest.raises(StrangerError):
        visitors.admit(a_scope("198.51.100.8"), "signed-in")


def test_nobody_ends_anothers_event() -> None:
    visitors = Visitors(page := blocks())
    visitors.claim(a_scope(), "page")
    page._queue.event_ids_to_events = {"e": SimpleNamespace(session_hash="page")}
    assert visitors.may_end(a_scope(), "e")
    assert not visitors.may_end(a_scope("198.51.100.8"), "e")
    assert visitors.may_end(a_scope("198.51.100.8"), "over")


def test_pages_that_only_beat_are_bounded_as_well() -> None:
    visitors = Visitors(blocks())
    for number in range(300):
        visitors.claim(a_scope(), f"s{number}")
    assert sum(visitors.knows(a_scope(), f"s{number}") for number in range(300)) == 200
