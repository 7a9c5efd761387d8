"""The answer object over HTTP, whole and as a stream."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from tests.rag.contract import STATUSES

QUESTION = "虹口区在线金融服务由哪些部门负责？"
CLAUSE = "hongkou-2020#二/(二)/3"


def ask(client: httpx.Client, question: str = QUESTION, **fields: Any) -> httpx.Response:
    return client.post("/api/ask", json={"question": question, **fields})


def test_the_answer_is_the_contracts_object(client: httpx.Client) -> None:
    answer = ask(client).json()
    assert answer["status"] in STATUSES
    assert [citation["clause_id"] for citation in answer["citations"]] == [CLAUSE]
    assert [row["name"] for row in answer["departments"]] == ["区金融工作局", "区科委"]


def test_a_refusal_is_an_answer(client: httpx.Client) -> None:
    response = ask(client, "青浦区有什么政策？")
    assert (response.status_code, response.json()["reason"]) == (200, "not_in_corpus")


def test_history_filters_and_the_day_are_taken(client: httpx.Client) -> None:
    history = [{"role": "user", "content": QUESTION}, {"role": "assistant", "content": "……"}]
    follow_up = ask(client, "那在线教育呢？", history=history).json()
    assert follow_up["rewritten_question"]
    assert follow_up["citations"][0]["clause_id"] == "hongkou-2020#二/(二)/6"
    narrowed = ask(client, "在线教育谁负责？", filters={"jurisdiction": "上海市"}, as_of="2021-06-01").json()
    assert narrowed["as_of"] == "2021-06-01"
    assert {citation["jurisdiction"] for citation in narrowed["citations"]} == {"上海市"}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "question"),
        ({"question": ""}, "question"),
        ({"question": "  \n "}, "blank"),
        ({"question": "问" * 4001}, "question"),
        ({"question": QUESTION, "histroy": []}, "histroy"),
        ({"question": QUESTION, "history": [{"role": "system", "content": "x"}]}, "history.0.role"),
        ({"question": QUESTION, "history": [{"role": "user", "content": "x"}] * 41}, "history"),
        ({"question": QUESTION, "filters": {"jurisdiction": "月球"}}, "月球"),
        ({"question": QUESTION, "as_of": "昨天"}, "as_of"),
    ],
)
@pytest.mark.parametrize("route", ["/api/ask", "/api/ask/stream"])
def test_what_cannot_be_used_is_named_as_a_problem(
    route: str, body: dict[str, Any], words: str, client: httpx.Client
) -> None:
    response = client.post(route, json=body)
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    problem = response.json()
    assert problem["status"] == 422
    assert words in problem["detail"]


def test_json_that_is_none_is_a_problem(client: httpx.Client) -> None:
    response = client.post("/api/ask", content=b"{", headers={"content-type": "application/json"})
    assert (response.status_code, response.json()["title"]) == (422, "Unprocessable Entity")


@pytest.mark.parametrize("sized", [True, False], ids=["with its length", "in pieces"])
def test_a_request_that_is_too_large_is_turned_away(sized: bool, client: httpx.Client) -> None:
    body = json.dumps({"question": "问" * 300_000}).encode()
    pieces = (body[i : i + 65536] for i in range(0, len(body), 65536))
    response = client.post("/api/ask", content=body if sized else pieces)
    assert (response.status_code, response.headers["content-type"]) == (413, "application/problem+json")


def test_the_stream_ends_with_the_same_object(client: httpx.Client) -> None:
    with client.stream("POST", "/api/ask/stream", json={"question": QUESTION}) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        assert response.headers["x-accel-buffering"] == "no"
        events = read_events(response)
    assert [event["event"] for event in events] == ["status", "citations", "delta", "done"]
    assert [event["id"] for event in events] == ["0", "1", "2", "3"]
    done, plain = json.loads(events[-1]["data"]), ask(client).json()
    for field in ("answer", "citations", "departments", "status", "warnings"):
        assert done[field] == plain[field]


def read_events(response: httpx.Response) -> list[dict[str, str]]:
    blocks = "".join(response.iter_text()).replace("\r\n", "\n").split("\n\n")
    lines = [[line.split(": ", 1) for line in block.split("\n") if not line.startswith(":")] for block in blocks]
    return [{name: value for name, value in rows} for block in lines if (rows := [r for r in block if len(r) == 2])]  # noqa: C416


def test_search_ranks_clauses_without_an_answer(client: httpx.Client) -> None:
    found = client.get("/api/search", params={"q": "无人工厂", "k": 3}).json()["results"]
    assert found[0]["clause_id"] == "shanghai-2020#二/1"
    assert len(found) == 3
    assert [row["score"] for row in found] == sorted((row["score"] for row in found), reverse=True)


@pytest.mark.parametrize(
    "params", [{}, {"q": ""}, {"q": "x", "k": 0}, {"q": "x", "k": 51}, {"q": "x", "department": "无此局"}]
)
def test_a_search_that_cannot_be_made_is_a_problem(params: dict[str, Any], client: httpx.Client) -> None:
    response = client.get("/api/search", params=params)
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
