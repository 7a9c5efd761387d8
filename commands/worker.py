"""One serving process: answers from what is on disk, and takes up a new index while it runs."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext

from fastapi import FastAPI

from api.settings import ServiceSettings
from api.traces import tracer_from_environment
from app_ui import window_app
from commands.environment import llm_settings, open_configured, open_corpus, read_settings, settings_from
from corpus.errors import CorpusError
from eval.benchmark import Benchmark
from index.errors import IndexStoreError
from index.search import open_index
from index.settings import IndexSettings
from index.store import read_manifest
from rag.answer import PolicyQa
from rag.events import Event
from rag.live import LiveQa
from rag.talk import TalkSettings
from records.book import open_records
from records.gate import Gate
from records.services import Services, services_of
from records.settings import RecordSettings
from records.shelf import Shelf
from server import Instruments, build_app

LOG = logging.getLogger("policyqa.service")
_AGAIN = 30.0  # seconds before an index that could not be used is tried again
_STOP = 0.5  # seconds for a chore to end by itself: the thread ends with the process
_LOOK, _FORGET = 2.0, 3600.0  # seconds between two looks at the index, and at what is old enough to be forgotten


def app_from_environment(with_window: bool) -> FastAPI:
    """The whole service from `POLICYQA_*`; the log has been set up, the database has been brought up to date and the index built before."""
    settings, kept = settings_from(), read_settings(RecordSettings)
    chosen, handover = llm_settings(), read_settings(TalkSettings).handover
    model = open_configured(chosen)

    def reopen() -> PolicyQa:
        corpus = open_corpus(settings, LOG.warning)
        return PolicyQa(corpus, open_index(corpus, settings), model, chosen.limits, handover)

    instruments = Instruments(tracer=tracer_from_environment())

    def observe(event: Event) -> None:
        instruments.metrics.saw(event)
        instruments.tracer.saw(event)

    live = LiveQa(reopen(), reopen)
    records = open_records(kept.url, migrate=False)
    limits = read_settings(ServiceSettings)
    gate = Gate(limits.at_once, limits.at_once_each)
    services = services_of(
        live, records, Shelf(settings, live), kept.retention_days, observe, gate, limits.answer_seconds
    )
    chores = Chores(services, settings, instruments)
    window = window_app(services, Benchmark(live, settings), limits.evaluate_here) if with_window else None

    def end_now() -> None:
        """Without waiting for threads that are still busy; what was answered is on disk by then."""
        try:
            records.close()
        finally:
            LOG.warning("the process ends with work still under way")
            for handler in logging.getLogger().handlers:
                handler.flush()
            os._exit(0)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        chores.start()
        async with window.router.lifespan_context(window) if window else nullcontext():
            with instruments.drain.on_signals(services.answers.close_all, end_now, limits.grace_seconds):
                yield
        chores.stop()
        records.close()
        instruments.tracer.close()

    return build_app(services, limits, instruments, lifespan, window)


class Chores:
    """What is done beside answering: a new index is taken up, what is too old is forgotten."""

    def __init__(self, services: Services, settings: IndexSettings, instruments: Instruments) -> None:
        self._services, self._settings, self._instruments = services, settings, instruments
        self._stopped = threading.Event()
        self._again_at = 0.0
        self._folder = read_manifest(settings.store).folder
        self._thread = threading.Thread(target=self._run, name="chores", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join(_STOP)

    def _run(self) -> None:
        forget_at = 0.0
        while not self._stopped.is_set():
            if time.monotonic() >= forget_at:
                forget_at = time.monotonic() + _FORGET
                self._tried("forgetting", self._forget)
            self._tried("reload", self._reload)
            self._stopped.wait(_LOOK)

    def _tried(self, what: str, chore: Callable[[], None]) -> None:
        try:
            chore()
        except Exception as error:  # a chore that fails is tried again, and never ends the service
            LOG.error("%s failed (%s)", what, type(error).__name__)

    def _forget(self) -> None:
        gone = self._services.records.exchanges.forget_older_than(self._services.retention_days)
        if gone:
            LOG.info("forgot %d questions older than %d days", gone, self._services.retention_days)
        self._services.records.sessions.forget_ended()
        self._services.records.pins.check(self._services.qa.corpus)

    def _reload(self) -> None:
        folder = read_manifest(self._settings.store).folder
        if folder == self._folder or time.monotonic() < self._again_at:
            return
        try:
            self._services.live.reload()
        except (CorpusError, IndexStoreError) as error:
            self._instruments.metrics.reloaded("failed")
            LOG.error("the new index can't be used, the old one goes on: %s", error)
            self._again_at = time.monotonic() + _AGAIN
            return
        self._folder = folder
        self._instruments.metrics.reloaded("done")
        LOG.info("answering from corpus %s", self._services.qa.corpus.digest[:12])
        self._services.records.pins.check(self._services.qa.corpus)


def threads_beside(workers: int) -> None:
    """Several processes on a few cores: none of them may take all cores for one question."""
    if workers > 1:
        os.environ.setdefault("OMP_NUM_THREADS", "1")
