"""A dead endpoint is left alone, then tried once."""

from __future__ import annotations

from rag.llm.breaker import CircuitBreaker


def test_it_opens_after_failures_in_a_row_and_tries_once_after_the_pause() -> None:
    now = [0.0]
    breaker = CircuitBreaker(failures=2, pause=10, clock=lambda: now[0])
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert breaker.allows()  # not in a row
    breaker.failed()
    assert breaker.is_open
    assert not breaker.allows()
    now[0] = 10.0
    assert breaker.allows()
    assert not breaker.allows()  # only one may try
    breaker.succeeded()
    assert breaker.allows()
