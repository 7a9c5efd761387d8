"""One service for most tests, whose database fills up as they go."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from corpus.load import load_corpus
from corpus.types import Corpus
from index.settings import ROOT
from tests.api.serving import Running, answers_of, running, sqlite


@pytest.fixture(scope="session")
def policies() -> Corpus:
    return load_corpus(ROOT / "corpus" / "policies", asked_as=ROOT / "corpus" / "asked_as")


@pytest.fixture(scope="session")
def service(policies: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(answers_of(policies), sqlite(tmp_path_factory.mktemp("kept"))) as started:
        yield started


@pytest.fixture
def client(service: Running) -> Iterator[httpx.Client]:
    with service.client() as opened:
        yield opened


@pytest.fixture
def staff(service: Running) -> Iterator[httpx.Client]:
    with service.client(service.key("staff")) as opened:
        yield opened


@pytest.fixture
def admin(service: Running) -> Iterator[httpx.Client]:
    with service.client(service.key("admin")) as opened:
        yield opened
