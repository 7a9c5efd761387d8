"""The service on a loopback port, over the committed policies indexed without a model."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
import uvicorn

from api.services import services_of
from corpus.load import load_corpus
from corpus.types import Corpus
from index.settings import ROOT
from rag.answer import PolicyQa
from server import build_app
from tests.builders import an_index
from tests.rag.builders import PairEmbedder


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    corpus = load_corpus(ROOT / "corpus" / "policies", asked_as=ROOT / "corpus" / "asked_as")
    app = build_app(services_of(PolicyQa(corpus, an_index(corpus, PairEmbedder()))))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=20) as opened:
        yield opened


@pytest.fixture(scope="session")
def policies() -> Corpus:
    return load_corpus(ROOT / "corpus" / "policies", asked_as=ROOT / "corpus" / "asked_as")
