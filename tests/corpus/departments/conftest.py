"""The rules alone: what the network adds is tested where it is."""

from __future__ import annotations

import pytest

from corpus.departments import sentences


@pytest.fixture(autouse=True)
def without_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentences, "tagged", lambda _text: iter(()))
