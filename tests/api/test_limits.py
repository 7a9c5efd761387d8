"""Past each bound the answer is 413, 422, 429 or 503, at once, and says when to come back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from corpus.types import Corpus
from rag.answer import PolicyQa
from rag.llm.open import open_model
from rag.llm.settings import LlmSettings
from records.asker import network_of
from tests.api.serving import Running, answers_of, running, sqlite
from tests.builders import an_index
from tests.rag.builders import SlowSearch
from tests.rag.llm.scripted import serving, stalls_after

QUESTION = {"question": "虹口区在线金融服务由哪些部门负责？"}


@pytest.fixture
def strict(policies: Corpus, tmp_path: Any) -> Iterator[Running]:
    """Three requests a minute from one address, five with a key."""
    rates = {"rate": "3/minute", "rate_with_key": "5/minute"}
    with running(answers_of(policies), sqlite(tmp_path), trusted_proxies="127.0.0.1", **rates) as started:
        yield started


def test_an_address_is_counted_and_told_what_is_left(strict: Running) -> None:
    with strict.client() as client:
        left = [client.get("/api/documents").headers["ratelimit"] for _ in range(3)]
        refused = client.post("/api/ask", json=QUESTION)
    assert [row.split(";")[1] for row in left] == ["r=2", "r=1", "r=0"]
    assert refused.headers["ratelimit-policy"] == '"default";q=3;w=60'
    assert (refused.status_code, refused.headers["content-type"]) == (429, "application/problem+json")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert "3 per 1 minute" in refused.json()["detail"]


def test_a_key_is_counted_by_itself(strict: Running) -> None:
    with strict.client() as anonymous, strict.client(strict.key()) as staff:
        assert [anonymous.get("/api/documents").status_code for _ in range(4)] == [200, 200, 200, 429]
        assert [staff.get("/api/documents").status_code for _ in range(6)] == [200] * 5 + [429]


def test_health_is_never_counted(strict: Running) -> None:
    with strict.client() as client:
        assert {client.get("/healthz").status_code for _ in range(10)} == {200}


def test_behind_a_trusted_proxy_the_client_is_counted(strict: Running) -> None:
    def status(address: str) -> int:
        return client.get("/api/documents", headers={"x-forwarded-for": address}).status_code

    with strict.client() as client:
        assert [status("198.51.100.1") for _ in range(4)] == [200, 200, 200, 429]
        assert status("198.51.100.2") == 200
        assert status("203.0.113.9, 198.51.100.1") == 429  # what a client wrote in front counts for nothing


def test_a_trusted_proxy_names_a_request_by_an_id_without_words(strict: Running) -> None:
    with strict.client() as client:
        named = [
            client.get("/healthz", headers={"x-request-id": i}).headers["x-request-id"]
            for i in ("a" * 32, "office-12345678")
        ]
    assert (named[0], len(named[1])) == ("a" * 32, 32)


def test_from_anyone_else_the_header_counts_for_nothing(policies: Corpus, tmp_path: Any) -> None:
    rates = {"rate": "2/minute", "trusted_proxies": "192.0.2.1"}
    with running(answers_of(policies), sqlite(tmp_path), **rates) as started, started.client() as client:
        statuses = [
            client.get("/api/documents", headers={"x-forwarded-for": f"198.51.100.{i}"}).status_code for i in range(3)
        ]
    assert statuses == [200, 200, 429]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("unix", "unix"),
    ],
)
def test_an_ipv6_customer_is_one_network(address: str, network: str) -> None:
    assert network_of({"client": (address, 1)}) == network


def test_more_at_once_than_there_is_room_for_is_told_to_come_back(policies: Corpus, tmp_path: Any) -> None:
    go, slow = threading.Event(), SlowSearch(an_index(policies), 0)
    slow.before_search = lambda: bool(go.wait(30))
    statuses: list[httpx.Response] = []
    with (
        running(PolicyQa(policies, slow), sqlite(tmp_path), at_once=2, answer_seconds=60) as started,
        started.client() as client,
    ):

        def ask() -> None:
            with started.client() as own:
                statuses.append(own.post("/api/ask", json=QUESTION))

        threads = [threading.Thread(target=ask) for _ in range(2)]
        for thread in threads:
            thread.start()
        while started.instruments.drain.under_way < 2:
            pass
        turned_away = client.post("/api/ask", json=QUESTION)
        assert (turned_away.status_code, turned_away.headers["retry-after"]) == (503, "2")
        assert client.get("/healthz").status_code == 200
        go.set()
        for thread in threads:
            thread.join()
    assert [response.status_code for response in statuses] == [200, 200]


def test_a_stream_takes_a_place_like_any_answer_and_gives_it_back(policies: Corpus, tmp_path: Any) -> None:
    with serving(stalls_after("在线教育由")) as script:
        model = open_model(LlmSettings(llm="openai:scripted", llm_base_url=script.url, llm_api_key="x"))
        qa = PolicyQa(policies, an_index(policies), model)
        with running(qa, sqlite(tmp_path), at_once=1) as started, started.client() as client:
            for route, body in (
                ("/api/ask/stream", {"question": "上海市的在线教育怎么发展？"}),
                (
                    "/v1/chat/completions",
                    {"stream": True, "messages": [{"role": "user", "content": "上海市的在线医疗怎么发展？"}]},
                ),
            ):
                with client.stream("POST", route, json=body) as response:
                    lines = response.iter_lines()
                    next(lines)
                    with started.client() as other:
                        turned_away = other.get("/api/search", params={"q": "x"})
                        assert (turned_away.status_code, other.get("/healthz").status_code) == (503, 200)
                for _ in range(100):
                    if client.get("/api/search", params={"q": "在线"}).status_code == 200:
                        break
                else:
                    pytest.fail("the place wasn't given back")


def test_a_blank_question_is_no_stream(client: httpx.Client) -> None:
    body = {"stream": True, "messages": [{"role": "user", "content": "  "}]}
    assert client.post("/v1/chat/completions", json=body).status_code == 422


def test_cors_is_closed_unless_an_origin_is_named(policies: Corpus, tmp_path: Any, client: httpx.Client) -> None:
    asked = {"origin": "https://www.example.org", "access-control-request-method": "POST"}
    assert "access-control-allow-origin" not in client.options("/api/ask", headers=asked).headers
    origins = {"cors_origins": "https://www.example.org"}
    with running(answers_of(policies), sqlite(tmp_path), **origins) as started, started.client() as opened:
        allowed = opened.options("/api/ask", headers=asked)
        other = opened.options("/api/ask", headers=asked | {"origin": "https://elsewhere.example"})
    assert allowed.headers["access-control-allow-origin"] == "https://www.example.org"
    assert "access-control-allow-origin" not in other.headers
