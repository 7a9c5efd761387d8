"""What is counted, in Prometheus's terms."""

from __future__ import annotations

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from rag.events import Event
from rag.live import LiveQa
from rag.types import Answer

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 90)


class Metrics:
    """The service's counters. With PROMETHEUS_MULTIPROC_DIR set, those of all workers together."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self.requests = Counter("policyqa_requests", "requests", ("method", "route", "status"), registry=registry)
        self.seconds = Histogram(
            "policyqa_request_seconds", "time to the end of the answer", ("route",), buckets=_BUCKETS, registry=registry
        )
        self._stages = Histogram(
            "policyqa_stage_seconds", "time of one stage of an answer", ("stage",), buckets=_BUCKETS, registry=registry
        )
        self._answers = Counter("policyqa_answers", "answers by status", ("status", "mode"), registry=registry)
        self._refusals = Counter("policyqa_refusals", "refusals by reason", ("reason",), registry=registry)
        self._failures = Counter(
            "policyqa_model_failures", "model requests that failed", ("reason",), registry=registry
        )
        self._tokens = Counter("policyqa_model_tokens", "tokens of models' requests", ("part",), registry=registry)
        self._model_requests = Counter("policyqa_model_requests", "requests to models", registry=registry)
        self._fell_back = Counter(
            "policyqa_model_steps_without", "steps that went on without a model", ("step",), registry=registry
        )
        self._corpus = Gauge(
            "policyqa_corpus_info", "the texts that are answered from", ("corpus_version",),
            multiprocess_mode="livemax", registry=registry,
        )  # fmt: skip
        self._reloads = Counter("policyqa_reloads", "reloads of the index", ("outcome",), registry=registry)

    def saw(self, event: Event) -> None:
        """Counts one event of an answer."""
        if event.kind == "status" and event.data.get("stage") == "model_failed":
            self._failures.labels(event.data["reason"]).inc()
        if event.kind == "done":
            answer: Answer = event.data["answer"]
            self._answers.labels(answer.status, "reviewed" if answer.reviewed else answer.mode).inc()
            if answer.status == "refused":
                self._refusals.labels(answer.reason or "none").inc()
            for part in ("prompt", "completion"):
                self._tokens.labels(part).inc((answer.tokens or {}).get(part, 0))
            self._model_requests.inc((answer.tokens or {}).get("requests", 0))
            for step in (answer.plan or {}).get("fell_back", ()):
                self._fell_back.labels(step).inc()
            for stage, took in answer.timings_ms.items():
                self._stages.labels(stage).observe(took / 1000)

    def reloaded(self, outcome: str) -> None:
        self._reloads.labels(outcome).inc()

    def text(self, live: LiveQa) -> bytes:
        """All of it in Prometheus's text format."""
        if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
            self._corpus.clear()
        self._corpus.labels(live.current.corpus.digest[:12]).set(1)
        if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
            return generate_latest(self._registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return generate_latest(together)
