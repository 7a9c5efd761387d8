"""Who may do what; pinned answers from wording to review."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from api.callers import COOKIE, PROOF
from corpus.types import Corpus
from tests.api.serving import Running, answers_of, running, sqlite
from tests.builders import a_corpus, a_document

STAFF = [
    ("GET", "/api/conversations"), ("GET", "/api/conversations/somebody-1"), ("DELETE", "/api/conversations/somebody-1"),
    ("GET", "/api/feedback"), ("POST", "/api/feedback/1/worked-off"), ("GET", "/api/pins"), ("POST", "/api/pins"),
    ("PUT", "/api/pins/1"), ("DELETE", "/api/pins/1"), ("GET", "/api/gaps"), ("DELETE", "/api/sessions"),
]  # fmt: skip
ADMIN = [
    ("GET", "/api/keys"), ("POST", "/api/keys"), ("DELETE", "/api/keys/1"), ("GET", "/api/audit"),
    ("GET", "/api/settings"), ("POST", "/api/reload"), ("PUT", "/api/documents/x"), ("DELETE", "/api/documents/x"),
    ("POST", "/api/documents"),
    ("DELETE", "/api/keys/1/sessions"),
]  # fmt: skip
BODIES: dict[str, Any] = {
    "/api/keys": {"name": "x", "role": "staff"},
    "/api/documents/x": {"text": "x"},
    "/api/pins": {"wordings": ["x"], "answer": "x[1]", "citations": [{"clause_id": "x"}]},
    "/api/pins/1": {"wordings": ["x"], "answer": "x[1]", "citations": [{"clause_id": "x"}]},
}
CLAUSE = "hongkou-2020#二/(二)/3"
PIN = {
    "wordings": ["虹口区在线金融服务由哪些部门负责？", "虹口在线支付谁来管？"],
    "answer": "虹口区在线金融服务由区金融工作局、区科委负责[1]。",
    "citations": [{"clause_id": CLAUSE, "quote": "鼓励开展生物识别支付"}],
}


def send(client: httpx.Client, method: str, path: str) -> httpx.Response:
    return client.request(method, path, json=BODIES.get(path) if method in ("POST", "PUT") else None)


@pytest.mark.parametrize(("method", "path"), STAFF + ADMIN)
def test_nothing_that_changes_or_shows_records_is_open(method: str, path: str, client: httpx.Client) -> None:
    response = send(client, method, path)
    assert (response.status_code, response.headers["content-type"]) == (401, "application/problem+json")
    assert response.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(("method", "path"), ADMIN)
def test_staff_are_no_administrators(method: str, path: str, staff: httpx.Client) -> None:
    assert send(staff, method, path).status_code == 403


def test_every_route_that_can_change_something_has_been_thought_of(service: Running) -> None:
    """Open to everyone: asking, a vote, signing in and out. All others are in the tables above."""
    everyone = {("POST", "/api/ask"), ("POST", "/api/ask/stream"), ("POST", "/api/feedback"), ("POST", "/api/session"),
                ("DELETE", "/api/session"), ("POST", "/v1/chat/completions")}  # fmt: skip
    paths = service.app.openapi()["paths"]
    changing = {(m.upper(), path) for path, methods in paths.items() for m in methods if m not in ("get", "head")}
    guarded = {(method, re.sub(r"{\w+}", "*", path)) for method, path in changing - everyone}
    tested = {(method, re.sub(r"/(?:1|x|somebody-1)(?=/|$)", "/*", path)) for method, path in STAFF + ADMIN}
    assert guarded <= tested


def test_a_key_is_shown_once_and_ends_when_revoked(service: Running, admin: httpx.Client) -> None:
    made = admin.post("/api/keys", json={"name": "热线一组", "role": "staff"})
    identity, key = made.json()["id"], made.json()["key"]
    assert made.status_code == 201
    with service.client(key) as hotline:
        assert hotline.get("/api/pins").status_code == 200
        listed = admin.get("/api/keys").text
        assert identity in listed
        assert key.split("_", 2)[2] not in listed
        assert admin.delete(f"/api/keys/{identity}").status_code == 200
        for path in ("/api/pins", "/api/documents"):  # a wrong key is no anonymous caller
            refused = hotline.get(path)
            assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize("key", ["pq_", "pq_0123456789ab_" + "x" * 43, "pq_" + "a" * 500])
def test_a_key_that_was_never_made_opens_nothing(key: str, service: Running) -> None:
    with service.client(key) as client:
        assert client.get("/api/pins").status_code == 401


def test_what_an_openai_client_must_send_is_no_key(service: Running) -> None:
    with service.client("sk-anything") as client:
        assert client.get("/api/documents").status_code == 200
        assert client.get("/api/pins").status_code == 401


def test_a_session_lasts_as_long_as_its_key(service: Running, client: httpx.Client) -> None:
    identity, key = service.records.keys.make("窗口", "staff")
    assert client.post("/api/session", json={"key": "pq_wrong"}).status_code == 401
    signed = client.post("/api/session", json={"key": key})
    assert (signed.json()["role"], signed.json()["name"]) == ("staff", "窗口")
    client.headers[PROOF] = signed.json()["proof"]
    cookie = signed.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert client.get("/api/session").json()["role"] == "staff"
    assert client.get("/api/pins").status_code == 200
    service.records.keys.revoke(identity)
    assert client.get("/api/session").json()["role"] == "anonymous"
    assert client.get("/api/pins").status_code == 401


def test_a_forged_session_is_nobodys(service: Running) -> None:
    with service.client(cookies={COOKIE: "ImFkbWluIg.aaaa.bbbb"}) as client:
        assert client.get("/api/session").json()["role"] == "anonymous"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site", "origin": "https://elsewhere.example"}, 403),
        ({"origin": "https://elsewhere.example"}, 403),
        ({}, 403),
        ({"sec-fetch-site": "same-origin"}, 404),
    ],
)
def test_a_session_changes_nothing_for_another_site(headers: dict[str, str], status: int, service: Running) -> None:
    with service.client() as client:
        client.headers[PROOF] = client.post("/api/session", json={"key": service.key()}).json()["proof"]
        assert client.delete("/api/pins/999999", headers=headers).status_code == status


def test_a_pinned_answer_is_given_marked_as_reviewed(policies: Corpus, tmp_path: Any) -> None:
    with running(answers_of(policies), sqlite(tmp_path)) as started, started.client() as client:
        with started.client(started.key()) as staff:
            identity = staff.post("/api/pins", json=PIN).json()["id"]
        for question in (
            "虹口区在线金融服务由哪些部门负责?",
            "虹口在线支付，谁来管",
            "请问虹口区在线金融服务由哪个部门负责呀",
        ):
            answer = client.post("/api/ask", json={"question": question}).json()
            assert answer["answer"] == PIN["answer"]
            assert answer["reviewed"]["pin"] == identity
            (citation,) = answer["citations"]
            assert (citation["clause_id"], citation["quote"]) == (CLAUSE, "鼓励开展生物识别支付")
            assert citation["text"][citation["quote_start"] - citation["start"] :].startswith(citation["quote"])
            assert [row["name"] for row in answer["departments"]] == ["区金融工作局", "区科委"]
        for other in (
            "虹口区在线教育由哪些部门负责？",
            "长宁区在线金融服务由哪些部门负责？",
            "虹口区在线金融服务要达到什么目标？",
        ):
            assert client.post("/api/ask", json={"question": other}).json()["reviewed"] is None
        elsewhere = {"question": PIN["wordings"][0], "filters": {"jurisdiction": "长宁区"}}
        assert client.post("/api/ask", json=elsewhere).json()["reviewed"] is None


def test_a_pinned_answer_whose_clause_changes_goes_back_for_review(tmp_path: Any) -> None:
    old = a_corpus(a_document())
    question = "示例区在线教育由哪些部门负责？"
    pin = {"wordings": [question], "answer": "由区教育局负责[1]。", "citations": [{"clause_id": "demo-2020#一"}]}
    with running(answers_of(old), sqlite(tmp_path)) as started, started.client() as client:
        with started.client(started.key()) as staff:
            identity = staff.post("/api/pins", json=pin).json()["id"]
            started.services.live.current = answers_of(
                a_corpus(a_document(old.documents[0].text.replace("空中课堂", "网上课堂")))
            )
            assert client.post("/api/ask", json={"question": question}).json()["reviewed"] is None
            (row,) = staff.get("/api/pins").json()["pins"]
            assert (row["id"], row["state"], row["why"]) == (identity, "needs_review", "所引条款已修改：demo-2020#一")
            assert staff.put(f"/api/pins/{identity}", json=pin).status_code == 200
            assert client.post("/api/ask", json={"question": question}).json()["reviewed"]["pin"] == identity
            assert staff.delete(f"/api/pins/{identity}").status_code == 200
        assert client.post("/api/ask", json={"question": question}).json()["reviewed"] is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"answer": "没有编号。"}, "[1]"),
        ({"answer": "两处[1][2]。"}, "[2]"),
        ({"citations": [{"clause_id": "hongkou-2020#九"}]}, "hongkou-2020#九"),
        ({"citations": [{"clause_id": CLAUSE, "quote": "补贴一百万元"}]}, "补贴一百万元"),
        ({"wordings": ["  "]}, "wordings"),
        ({"wordings": []}, "wordings"),
    ],
)
def test_a_pinned_answer_that_its_clauses_do_not_carry_is_not_kept(
    change: dict[str, Any], words: str, staff: httpx.Client
) -> None:
    response = staff.post("/api/pins", json=PIN | change)
    assert response.status_code == 422
    assert words in response.json()["detail"]


def test_in_a_conversation_only_a_question_that_stands_alone_gets_a_pinned_answer(
    policies: Corpus, tmp_path: Any
) -> None:
    pin = PIN | {"wordings": ["那牵头部门呢？", "虹口区在线金融服务由哪些部门负责？"]}
    history = [{"role": "user", "content": "长宁区在线教育由哪些部门负责？"}, {"role": "assistant", "content": "……"}]
    with running(answers_of(policies), sqlite(tmp_path)) as started, started.client() as client:
        with started.client(started.key()) as staff:
            staff.post("/api/pins", json=pin)
        leaning = client.post("/api/ask", json={"question": "那牵头部门呢？", "history": history}).json()
        whole = client.post("/api/ask", json={"question": pin["wordings"][1], "history": history}).json()
    assert leaning["reviewed"] is None
    assert whole["reviewed"] is not None


def test_many_wrong_keys_from_one_address_are_no_longer_looked_at_and_a_right_one_is(
    policies: Corpus, tmp_path: Any
) -> None:
    """Behind one address there are many people."""
    with running(answers_of(policies), sqlite(tmp_path)) as started:
        right = started.key()
        with started.client("pq_wrong") as guessing:
            answers = [guessing.get("/api/documents") for _ in range(22)]
        with started.client(right) as staff:
            assert staff.get("/api/pins").status_code == 200
    assert [answer.status_code for answer in answers] == [401] * 20 + [429] * 2
    assert int(answers[-1].headers["retry-after"]) > 0


def test_what_staff_do_is_in_the_audit_log(service: Running, admin: httpx.Client) -> None:
    identity = admin.post("/api/keys", json={"name": "审计", "role": "staff"}).json()["id"]
    entry = admin.get("/api/audit").json()["entries"][0]
    assert (entry["action"], entry["target"], entry["detail"]) == ("make key", identity, {"role": "staff"})
    assert entry["actor"].startswith("测试 admin (")
    assert service.records.database.name in admin.get("/api/settings").text
