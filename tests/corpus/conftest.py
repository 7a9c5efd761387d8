"""The committed policies, parsed once."""

from __future__ import annotations

from pathlib import Path

import pytest

import corpus
from corpus.load import load_corpus
from corpus.types import Corpus


@pytest.fixture(scope="session")
def folder() -> Path:
    """Where the committed policies are."""
    return Path(corpus.__file__).parent / "policies"


@pytest.fixture(scope="session")
def policies(folder: Path) -> Corpus:
    return load_corpus(folder)
