"""The service on a loopback port, over the committed policies and a database of its own."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

from api.settings import ServiceSettings
from corpus.types import Corpus
from rag.answer import PolicyQa
from rag.live import LiveQa
from records.book import Records, open_records
from records.gate import Gate
from records.services import Services, services_of
from server import Instruments, build_app
from tests.builders import an_index
from tests.rag.builders import PairEmbedder

MANY = "100000/minute"


@dataclass(frozen=True)
class Running:
    """A service that runs: its address, and what it was made of."""

    address: str
    app: FastAPI
    services: Services
    records: Records
    instruments: Instruments

    def client(self, key: str | None = None, **options: Any) -> httpx.Client:
        headers = {"authorization": f"Bearer {key}"} if key else {}
        return httpx.Client(base_url=self.address, timeout=20, headers=headers, **options)

    def key(self, role: Any = "staff") -> str:
        return self.records.keys.make(f"测试 {role}", role)[1]


@contextmanager
def running(qa: PolicyQa, url: str, reopen: Any = None, shelf: Any = None, **settings: Any) -> Iterator[Running]:
    """`settings` are ServiceSettings; limits are out of the way unless given."""
    records, instruments = open_records(url), Instruments()
    live = LiveQa(qa, reopen)
    chosen = ServiceSettings(
        **({"rate": MANY, "rate_with_key": MANY, "at_once_each": settings.get("at_once", 32)} | settings)
    )
    services = services_of(
        live, records, shelf(live) if shelf else None, observe=instruments.metrics.saw,
        gate=Gate(chosen.at_once, chosen.at_once_each), seconds=chosen.answer_seconds,
    )  # fmt: skip
    app = build_app(services, chosen, instruments)
    try:
        with on_loopback(app) as address:
            yield Running(address, app, services, records, instruments)
    finally:
        records.close()


@contextmanager
def on_loopback(app: Any) -> Iterator[str]:
    """The application's address on a free port."""
    with socket.socket(proto=socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", proxy_headers=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


def answers_of(corpus: Corpus) -> PolicyQa:
    return PolicyQa(corpus, an_index(corpus, PairEmbedder()))


def sqlite(folder: Path) -> str:
    return f"sqlite:///{folder / 'kept.db'}"
