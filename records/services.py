"""What the service's faces need, filled by the entry point; importing this loads no model."""

from __future__ import annotations

from dataclasses import dataclass

from rag.answer import PolicyQa
from rag.live import LiveQa
from records.answers import SECONDS, Observe, RecordedAnswers
from records.book import Records
from records.gate import Gate
from records.shelf import Shelf


@dataclass(frozen=True)
class Services:
    """`live.current` is what is answered from now; `answers` asks it and keeps what was said, as many at once as `gate`
    lets through. `shelf` is None where documents can't be changed while it runs.
    """

    live: LiveQa
    answers: RecordedAnswers
    records: Records
    gate: Gate
    shelf: Shelf | None = None
    retention_days: int = 0

    @property
    def qa(self) -> PolicyQa:
        return self.live.current


def services_of(
    live: LiveQa,
    records: Records,
    shelf: Shelf | None = None,
    retention_days: int = 0,
    observe: Observe = lambda _event: None,
    gate: Gate | None = None,
    seconds: float = SECONDS,
) -> Services:
    """`seconds` are those that finding what answers one question may take."""
    answers = RecordedAnswers(live, records.exchanges, records.pins, observe, seconds)
    return Services(live, answers, records, gate or Gate(), shelf, retention_days)
