"""Traces by OpenTelemetry, when OTEL_EXPORTER_OTLP_ENDPOINT is set; otherwise nothing at all."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import Any

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.propagate import extract
from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from index.version import VERSION
from rag.events import Event
from rag.types import Answer

CONFIGURED = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")


class Tracer:
    """A span a request and, below it, one a stage of the answer. No span holds what was asked or who asked."""

    def __init__(self, processor: SpanProcessor | None) -> None:
        resource = Resource.create({SERVICE_NAME: "policyqa", SERVICE_VERSION: VERSION})
        self._provider = TracerProvider(resource=resource) if processor else None
        if self._provider and processor:
            self._provider.add_span_processor(processor)
        self._tracer = trace.get_tracer("policyqa", tracer_provider=self._provider or trace.NoOpTracerProvider())

    @contextmanager
    def request(
        self, scope: MutableMapping[str, Any], headers: Mapping[str, str], identity: str
    ) -> Iterator[Callable[[str, int], None]]:
        """What it yields names the span once route and status are known. `headers` may name the trace that it belongs to."""
        if self._provider is None:
            yield lambda _route, _status: None
            return
        with self._tracer.start_as_current_span(
            scope["method"],
            context=extract({"traceparent": headers.get("traceparent", "")}),  # the only header of it without words
            kind=trace.SpanKind.SERVER,
            attributes={"request.id": identity},
            record_exception=False,
            set_status_on_exception=False,  # an exception's words may be somebody's
        ) as span:

            def ended(route: str, status: int) -> None:
                span.update_name(f"{scope['method']} {route}")
                span.set_attributes({"http.route": route, "http.response.status_code": status})

            yield ended

    def saw(self, event: Event) -> None:
        """The stages of an answer that has just been finished."""
        if self._provider is None or event.kind != "done":
            return
        answer: Answer = event.data["answer"]
        total = sum(answer.timings_ms.values())
        at = time.time_ns() - int(total * 1e6)
        for stage, took in answer.timings_ms.items():
            span = self._tracer.start_span(stage, start_time=at, attributes={"answer.status": answer.status})
            at += int(took * 1e6)
            span.end(at)

    def close(self) -> None:
        if self._provider:
            self._provider.shutdown()


def tracer_from_environment() -> Tracer:
    """Sends to the collector that the standard OTEL_* variables name."""
    if not any(os.environ.get(name) for name in CONFIGURED):
        return Tracer(None)
    return Tracer(BatchSpanProcessor(OTLPSpanExporter()))
