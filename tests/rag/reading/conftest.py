"""The names of the committed policies, ready to be found in questions."""

from __future__ import annotations

import pytest

from corpus.types import Corpus
from rag.reading.gazetteer import Gazetteer


@pytest.fixture(scope="session")
def gazetteer(policies: Corpus) -> Gazetteer:
    return Gazetteer(policies)
