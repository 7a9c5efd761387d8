"""The window in a real Chromium, over a service on loopback; pictures go to build/screenshots."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from api.settings import ServiceSettings
from app_ui import window_app
from corpus.load import load_corpus
from eval.benchmark import Benchmark
from index.settings import ROOT, IndexSettings
from rag.answer import PolicyQa
from rag.live import LiveQa
from records.book import Records, open_records
from records.services import Services, services_of
from server import Instruments, build_app
from tests.api.serving import MANY, answers_of, on_loopback, sqlite

SCREENSHOTS = ROOT / "build" / "screenshots"
SIZES = {"desk": (1280, 900), "phone": (360, 740)}


@dataclass(frozen=True)
class Window:
    address: str
    records: Records
    runs: Path
    services: Services


@contextmanager
def serving_window(qa: PolicyQa, folder: Path, evaluate_here: bool = True, **settings: Any) -> Iterator[Window]:
    """The whole service with its window; runs of the benchmark go to `folder`. `settings` are ServiceSettings."""
    records, instruments, live = open_records(sqlite(folder)), Instruments(), LiveQa(qa)
    services = services_of(live, records, observe=instruments.metrics.saw)
    window = window_app(services, Benchmark(live, IndexSettings(embedder="none"), folder / "runs"), evaluate_here)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> Any:
        async with window.router.lifespan_context(window):
            yield

    told = {"rate": MANY, "rate_with_key": MANY, "trusted_proxies": "127.0.0.1"}  # who comes `away` comes through one
    chosen = ServiceSettings(**(told | settings))
    app = build_app(services, chosen, instruments, lifespan, window)
    try:
        with on_loopback(app) as address:
            yield Window(address, records, folder / "runs", services)
    finally:
        records.close()


@pytest.fixture(scope="session")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    corpus = load_corpus(ROOT / "corpus" / "policies", ROOT / "corpus" / "asked_as")
    with serving_window(answers_of(corpus), tmp_path_factory.mktemp("window")) as started:
        yield started


@pytest.fixture(scope="module")  # while it is open no other test could run an event loop
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("Chromium isn't installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield launched
        launched.close()


@dataclass
class Visit:
    """A page that is looked at, with everything that went wrong on it."""

    page: Page
    size: str
    faults: list[str] = field(default_factory=list)

    def picture(self, name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}-{self.size}.png")

    def tab(self, name: str) -> None:
        self.page.get_by_role("tab", name=name, exact=True).click()
        self.page.wait_for_timeout(300)

    def serious(self) -> list[str]:
        """What axe finds that would keep somebody out."""
        found = Axe().run(self.page).response["violations"]
        return [
            f"{row['id']}: {row['nodes'][0]['html'][:160]}" for row in found if row["impact"] in ("serious", "critical")
        ]

    def overflow(self) -> int:
        """Pixels that the page is wider than the screen."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


Open = Callable[..., Visit]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Opens the window at `address`, `before` run ahead of its scripts; at the end nothing may have gone wrong on the page or been asked of another host."""
    contexts: list[BrowserContext] = []
    visits: list[Visit] = []

    def open_window(address: str, size: str = "desk", before: str = "") -> Visit:
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        contexts.append(context)
        opened = Visit(context.new_page(), size)
        visits.append(opened)
        page = opened.page
        page.on("pageerror", lambda error: opened.faults.append(f"script: {error}"))
        page.on("console", lambda m: opened.faults.append(f"console: {m.text}") if m.type == "error" else None)
        page.on("dialog", lambda dialog: (opened.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on(
            "request",
            lambda r: (
                None if r.url.startswith((address, "data:", "blob:")) else opened.faults.append(f"elsewhere: {r.url}")
            ),
        )
        if before:
            page.add_init_script(before)
        page.goto(address)
        page.wait_for_selector("#question textarea", timeout=30_000)
        return opened

    yield open_window
    for context in contexts:
        context.close()
    assert [fault for opened in visits for fault in opened.faults] == []
