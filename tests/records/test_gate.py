"""Who is let in: so many at once, so many of one asker, and whoever has fewest under way comes first."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from records.gate import BusyError, Gate


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


def test_past_the_number_at_once_the_next_is_turned_away() -> None:
    async def work() -> None:
        gate = Gate(at_once=2, each=2, patience=0.05)
        await gate.enter("a")
        await gate.enter("b")
        with pytest.raises(BusyError):
            await gate.enter("c")
        gate.leave("a")
        await gate.enter("c")

    run(work())


def test_one_asker_leaves_places_to_the_others() -> None:
    async def work() -> None:
        gate = Gate(at_once=32, each=8, patience=0.05)
        for _ in range(8):
            await gate.enter("greedy")
        with pytest.raises(BusyError):
            await gate.enter("greedy")
        for number in range(24):
            await gate.enter(f"other {number}")

    run(work())


def test_a_free_place_goes_to_whoever_has_fewest_under_way() -> None:
    async def work() -> None:
        gate, came = Gate(at_once=3, each=3, patience=5), []

        async def wait(who: str) -> None:
            await gate.enter(who)
            came.append(who)

        for who in ("a", "a", "b"):
            await gate.enter(who)
        waiting = [asyncio.create_task(wait(who)) for who in ("a", "b", "c")]
        await asyncio.sleep(0)
        gate.leave("a")  # now a: 1, b: 1, c: 0
        await asyncio.sleep(0.01)
        assert came == ["c"]
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    run(work())


def test_whoever_gives_up_waiting_takes_no_place() -> None:
    async def work() -> None:
        gate = Gate(at_once=1, each=1, patience=5)
        await gate.enter("a")
        task = asyncio.create_task(gate.enter("b"))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        gate.leave("a")
        await asyncio.wait_for(gate.enter("c"), 1)

    run(work())


def test_a_place_that_comes_as_the_wait_is_given_up_is_given_back() -> None:
    async def work() -> None:
        gate = Gate(at_once=1, each=1, patience=5)
        await gate.enter("a")
        task = asyncio.create_task(gate.enter("b"))
        await asyncio.sleep(0)
        gate.leave("a")  # the place is b's now
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await asyncio.wait_for(gate.enter("c"), 1)

    run(work())
