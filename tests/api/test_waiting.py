"""An answer ends with its time, with its asker, and with the service; and one asker's answers leave room for others'."""

from __future__ import annotations

import json
import threading
import time
from typing import Any

import httpx
import pytest

from corpus.types import Corpus
from rag.answer import PolicyQa
from tests.api.serving import Running, running, sqlite
from tests.builders import an_index
from tests.rag.builders import SlowSearch

SEVERAL_SEARCHES = {"question": "虹口、嘉定、长宁和上海市在线教育分别由哪些部门负责？"}
CHAT = {"messages": [{"role": "user", "content": SEVERAL_SEARCHES["question"]}]}


def slowly(policies: Corpus, seconds: float) -> tuple[PolicyQa, SlowSearch]:
    slow = SlowSearch(an_index(policies), seconds)
    return PolicyQa(policies, slow), slow


def until(holds: Any, seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize(("route", "body"), [("/api/ask", SEVERAL_SEARCHES), ("/v1/chat/completions", CHAT)])
def test_past_its_time_an_answer_is_a_503_that_says_so(route: str, body: Any, policies: Corpus, tmp_path: Any) -> None:
    qa, _ = slowly(policies, 0.4)
    with running(qa, sqlite(tmp_path), answer_seconds=0.5) as started, started.client() as client:
        response = client.post(route, json=body)
    assert (response.status_code, response.headers["retry-after"]) == (503, "2")
    assert "took too long" in response.json()["detail"]


@pytest.mark.parametrize(
    ("route", "body"), [("/api/ask/stream", SEVERAL_SEARCHES), ("/v1/chat/completions", CHAT | {"stream": True})]
)
def test_past_its_time_a_stream_ends_with_an_error(route: str, body: Any, policies: Corpus, tmp_path: Any) -> None:
    qa, _ = slowly(policies, 0.4)
    with running(qa, sqlite(tmp_path), answer_seconds=0.5) as started, started.client() as client:
        events = client.post(route, json=body).text.replace("\r", "").strip().split("\n\n")
    assert "event: error" in events[-1]
    problem = json.loads(events[-1].partition("data: ")[2])
    assert (problem["status"], problem["instance"]) == (503, route)


@pytest.mark.parametrize("route", ["/api/ask", "/api/ask/stream"])
def test_when_the_asker_leaves_the_work_ends(route: str, policies: Corpus, tmp_path: Any) -> None:
    qa, slow = slowly(policies, 0.3)
    with running(qa, sqlite(tmp_path)) as started:
        with started.client() as client, pytest.raises(httpx.ReadTimeout):
            client.post(route, json=SEVERAL_SEARCHES, timeout=0.5)
        assert until(lambda: started.instruments.drain.under_way == 0)
        searched = slow.searches
        time.sleep(0.8)
        assert slow.searches == searched


def test_a_service_that_ends_gives_up_what_is_under_way(policies: Corpus, tmp_path: Any) -> None:
    qa, _ = slowly(policies, 0.3)
    with running(qa, sqlite(tmp_path)) as started:
        answers: list[httpx.Response] = []
        asking = threading.Thread(target=lambda: answers.append(asked(started)))
        asking.start()
        assert until(lambda: started.instruments.drain.under_way == 1)
        time.sleep(0.1)
        started.services.answers.close_all()
        asking.join(5)
    assert answers[0].status_code == 503
    assert "given up" in answers[0].json()["detail"]


def test_32_slow_answers_of_one_asker_leave_the_others_served(policies: Corpus, tmp_path: Any) -> None:
    qa, slow = slowly(policies, 1.0)
    with running(qa, sqlite(tmp_path), at_once=32, at_once_each=8) as started:
        greedy = started.key()
        threads = [threading.Thread(target=asked, args=(started, greedy)) for _ in range(32)]
        for thread in threads:
            thread.start()
        assert until(lambda: started.instruments.drain.under_way >= 32)
        slow.seconds = 0.0
        took = time.monotonic()
        assert asked(started).status_code == 200
        assert time.monotonic() - took < 1
        for thread in threads:
            thread.join(20)


def asked(service: Running, key: str | None = None) -> httpx.Response:
    with service.client(key) as client:
        return client.post("/api/ask", json=SEVERAL_SEARCHES)
