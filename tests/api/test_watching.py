"""Metrics, log lines and traces: what is counted, and that nothing in them is anybody's."""

from __future__ import annotations

import io
import json
import logging
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from api.logs import log_as_json
from api.settings import ServiceSettings
from api.traces import Tracer, tracer_from_environment
from corpus.types import Corpus
from rag.answer import PolicyQa
from rag.live import LiveQa
from rag.llm.settings import LlmSettings
from records.book import open_records
from records.services import services_of
from server import Instruments, build_app
from tests.api.serving import Running, answers_of, on_loopback, running, sqlite
from tests.builders import an_index
from tests.rag.llm.scripted import fails, serving

SECRET = "我的手机13800138000"
QUESTION = "虹口区在线金融服务由哪些部门负责？"


def test_answers_refusals_and_stages_are_counted(policies: Corpus, tmp_path: Any) -> None:
    with running(answers_of(policies), sqlite(tmp_path)) as started, started.client() as client:
        for question in (QUESTION, "杨浦区有哪些补贴？"):
            client.post("/api/ask", json={"question": question})
        text = client.get("/metrics").text
    assert 'policyqa_answers_total{mode="extractive",status="answered"} 1.0' in text
    assert 'policyqa_refusals_total{reason="not_in_corpus"} 1.0' in text
    assert 'policyqa_stage_seconds_count{stage="understand"} 2.0' in text
    assert f'policyqa_corpus_info{{corpus_version="{policies.digest[:12]}"}} 1.0' in text


def test_a_failing_model_is_counted_and_told_by_readiness(policies: Corpus, tmp_path: Any) -> None:
    from rag.llm.open import open_model

    with serving(fails(500)) as script:
        model = open_model(LlmSettings(llm="openai:scripted", llm_base_url=script.url, llm_api_key="x"))
        qa = PolicyQa(policies, an_index(policies), model)
        with running(qa, sqlite(tmp_path)) as started, started.client() as client:
            assert client.get("/readyz").json()["model"]["state"] == "ready"
            for topic in ("在线医疗", "在线教育", "在线展览", "在线文娱"):
                answer = client.post("/api/ask", json={"question": f"上海市的{topic}怎么发展？"}).json()
                assert answer["mode"] == "extractive"
            ready = client.get("/readyz")
            text = client.get("/metrics").text
    assert (ready.status_code, ready.json()["model"]["state"]) == (200, "failing")
    assert 'policyqa_model_failures_total{reason="server_error"} 3.0' in text
    assert 'policyqa_model_failures_total{reason="circuit_open"}' in text


def test_a_log_line_names_the_route_and_nobodys_words(service: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr("sys.stderr", out)
    restore = log_as_json()
    try:
        with service.client() as client:
            client.post("/api/ask", json={"question": SECRET}, headers={"x-request-id": "office-13800138000"})
            client.get("/api/search", params={"q": SECRET})
            client.get(f"/api/documents/{SECRET}")
        try:
            raise ValueError(SECRET)
        except ValueError:
            logging.getLogger("policyqa.api").exception("broken")
        for _ in range(500):  # a request's line comes after its answer
            if out.getvalue().count('"policyqa.requests"') == 3:
                break
            time.sleep(0.01)
    finally:
        for step in reversed(restore):
            step()
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    rows = [row for row in lines if row["logger"] == "policyqa.requests"]
    assert [(row["route"], row["status"]) for row in rows] == [
        ("/api/ask", 200), ("/api/search", 200), ("/api/documents/{document_id}", 404),
    ]  # fmt: skip
    assert [len(row["request_id"]) for row in rows] == [32] * 3
    assert "office" not in out.getvalue()
    assert [row["exc_info"].partition("\n")[0] for row in lines if "exc_info" in row] == ["ValueError"]
    assert "13800138000" not in out.getvalue()
    assert "127.0.0.1" not in out.getvalue()


def test_what_breaks_is_logged_without_words_and_answered_with_an_id(policies: Corpus, tmp_path: Any) -> None:
    exporter = InMemorySpanExporter()
    instruments = Instruments(tracer=Tracer(SimpleSpanProcessor(exporter)))
    records = open_records(sqlite(tmp_path))
    broken = answers_of(policies)
    broken.search = lambda *_arguments: {}[SECRET]  # type: ignore[method-assign, index]
    app = build_app(services_of(LiveQa(broken), records), None, instruments)
    with on_loopback(app) as address:
        response = httpx.get(f"{address}/api/search", params={"q": "x"})
        httpx.request("BREW", f"{address}/api/search")
        metrics = httpx.get(f"{address}/metrics").text
    records.close()
    assert (response.status_code, response.headers["content-type"]) == (500, "application/problem+json")
    assert len(response.headers["x-request-id"]) == 32
    assert response.headers["x-content-type-options"] == "nosniff"
    assert SECRET not in response.text
    assert SECRET not in str(
        [(span.attributes, span.events, span.status.description) for span in exporter.get_finished_spans()]
    )
    assert "BREW" not in metrics


def test_traces_go_to_the_collector_that_is_named(
    policies: Corpus, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over HTTP to a collector on loopback, in OpenTelemetry's own protocol; the caller's trace goes on."""
    received: list[bytes] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Nothing on stderr."""

    server = HTTPServer(("127.0.0.1", 0), Collector)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{server.server_address[1]}")
    instruments = Instruments(tracer=tracer_from_environment())
    records = open_records(sqlite(tmp_path))
    app = build_app(
        services_of(LiveQa(answers_of(policies)), records, observe=instruments.tracer.saw),
        ServiceSettings(trusted_proxies="127.0.0.0/8"),
        instruments,
    )
    caller = "4bf92f3577b34da6a3ce929d0e0e4736"
    with on_loopback(app) as address:
        headers = {"traceparent": f"00-{caller}-00f067aa0ba902b7-01", "tracestate": "office=13800138000"}
        httpx.post(f"{address}/api/ask", json={"question": QUESTION + SECRET}, headers=headers)
    instruments.tracer.close()
    records.close()
    server.shutdown()
    server.server_close()
    spans = [
        span
        for data in received
        for resource in ExportTraceServiceRequest.FromString(data).resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
    ]
    assert {span.name for span in spans} == {"POST /api/ask", "understand", "answer", "write", "assemble"}
    assert {span.trace_id.hex() for span in spans} == {caller}
    assert not [words for words in (SECRET.encode(), b"13800138000") if words in b"".join(received)]
