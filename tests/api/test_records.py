"""What is kept of an answer, and what is said of it later."""

from __future__ import annotations

import json
import threading
import time
from typing import Any

import httpx
import pytest
from sqlalchemy.orm import Session

from corpus.types import Corpus
from tests.api.serving import answers_of, running, sqlite
from tests.builders import a_corpus, a_document

QUESTION = "虹口区在线金融服务由哪些部门负责？"


def ask(client: httpx.Client, question: str = QUESTION, **fields: Any) -> dict[str, Any]:
    return dict(client.post("/api/ask", json={"question": question, **fields}).json())


def test_an_answer_is_read_again_by_its_id(client: httpx.Client) -> None:
    given = ask(client)
    kept = client.get(f"/api/answers/{given['trace_id']}").json()
    states = [citation.pop("state") for citation in kept["citations"]]
    assert (kept, states) == (given, [None])


def test_personal_data_is_kept_nowhere(client: httpx.Client, staff: httpx.Client) -> None:
    question = "我的手机13800138000，身份证31010519900307721X，虹口区在线金融服务由哪些部门负责？"
    history = [{"role": "user", "content": "我是wang@example.com"}, {"role": "assistant", "content": "您好"}]
    given = ask(client, question, conversation_id="personal-1", history=history)
    assert given["question"] == question  # the asker sees his own words
    kept = staff.get("/api/conversations/personal-1").text
    assert "〔手机号〕" in kept
    assert "〔身份证号〕" in kept
    for secret in ("13800138000", "31010519900307721X", "wang@example.com"):
        assert secret not in kept


def test_the_last_vote_on_an_answer_counts(client: httpx.Client, staff: httpx.Client) -> None:
    identity = ask(client)["trace_id"]
    for vote in ({"vote": "up"}, {"vote": "down", "reason": "部门错误", "comment": "电话13800138000"}):
        assert client.post("/api/feedback", json={"answer_id": identity, **vote}).status_code == 201
    rows = [row for row in staff.get("/api/feedback").json()["feedback"] if row["answer_id"] == identity]
    assert [(row["vote"], row["reason"], row["comment"], row["question"]) for row in rows] == [
        ("down", "部门错误", "电话〔手机号〕", QUESTION)
    ]
    assert staff.post(f"/api/feedback/{rows[0]['id']}/worked-off").status_code == 200
    assert identity not in staff.get("/api/feedback").text
    assert identity in staff.get("/api/feedback", params={"open_only": "false"}).text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"answer_id": "0" * 32, "vote": "up"}, 404),
        ({"answer_id": "short", "vote": "up"}, 422),
        ({"answer_id": "0" * 32, "vote": "sideways"}, 422),
        ({"answer_id": "0" * 32, "vote": "down", "reason": "不好看"}, 422),
        ({"answer_id": "0" * 32, "vote": "up", "reason": "其他"}, 422),
        ({"answer_id": "0" * 32, "vote": "down", "comment": "长" * 1001}, 422),
    ],
)
def test_feedback_that_cannot_be_kept_is_named(body: dict[str, Any], status: int, client: httpx.Client) -> None:
    response = client.post("/api/feedback", json=body)
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")


def test_every_channel_is_kept(client: httpx.Client) -> None:
    chat = {"model": "policyqa", "messages": [{"role": "user", "content": "长宁区的短板有哪些？"}]}
    identity = client.post("/v1/chat/completions", json=chat).json()["policyqa"]["trace_id"]
    assert client.get(f"/api/answers/{identity}").status_code == 200
    with client.stream("POST", "/api/ask/stream", json={"question": QUESTION}) as response:
        events = "".join(response.iter_text())
    done = json.loads(events.split("event: done\r\ndata: ")[1].split("\r\n")[0])
    assert client.get(f"/api/answers/{done['trace_id']}").json()["answer"] == done["answer"]


def test_what_no_database_takes_is_kept_all_the_same(client: httpx.Client, staff: httpx.Client) -> None:
    given = client.post(
        "/api/ask", content=b'{"question": "a\\u0000 \\u5728\\u7ebf", "conversation_id": "ugly-0001"}',
        headers={"content-type": "application/json"},
    )  # fmt: skip
    assert given.status_code == 200
    assert staff.get("/api/conversations/ugly-0001").json()["turns"][0]["answer"] is not None


def test_conversations_are_listed_and_forgotten(client: httpx.Client, staff: httpx.Client) -> None:
    for question in (QUESTION, "那在线教育呢？"):
        ask(client, question, conversation_id="forget-me")
    rows = {row["id"]: row["questions"] for row in staff.get("/api/conversations").json()["conversations"]}
    assert rows["forget-me"] == 2
    assert staff.delete("/api/conversations/forget-me").json() == {"questions": 2}
    assert staff.get("/api/conversations/forget-me").status_code == 404


def test_a_clause_that_has_gone_is_said_to_have_gone(tmp_path: Any) -> None:
    """Not another text under its number: the answer keeps the words that it rested on."""
    old = a_corpus(a_document())
    text = old.documents[0].text
    changed = a_corpus(a_document(text.replace("空中课堂", "网上课堂")))
    without = a_corpus(a_document("\n".join(text.splitlines()[1:]) + "\n"))
    with running(answers_of(old), sqlite(tmp_path)) as started, started.client() as client:
        given = ask(client, "示例区在线教育由哪些部门负责？")
        for corpus, state in ((old, None), (changed, "已修改"), (without, "已移除")):
            started.services.live.current = answers_of(corpus)
            kept = client.get(f"/api/answers/{given['trace_id']}").json()
            (citation,) = kept["citations"]
            assert (citation["state"], citation["text"]) == (state, given["citations"][0]["text"])


def test_questions_that_ask_alike_stand_together_in_the_gap_report(policies: Corpus, tmp_path: Any) -> None:
    with running(answers_of(policies), sqlite(tmp_path)) as started, started.client() as client:
        for question in (
            "杨浦区有哪些网上订餐的补贴？",
            "杨浦区有哪些网上订餐补贴",
            "青浦区什么时候办咖啡文化节？",
        ):
            assert ask(client, question)["status"] == "refused"
        voted = ask(client)
        client.post("/api/feedback", json={"answer_id": voted["trace_id"], "vote": "down", "reason": "已过期"})
        with started.client(started.key()) as staff:
            gaps = staff.get("/api/gaps").json()["gaps"]
            table = staff.get("/api/gaps", params={"format": "csv"})
    assert [gap["count"] for gap in gaps] == [2, 1, 1]
    assert gaps[0]["places"] == {"杨浦区": 2}
    assert gaps[0]["outcomes"] == {"拒答 not_in_corpus": 2}
    assert {"👎 已过期": 1} in [gap["outcomes"] for gap in gaps]
    assert next(gap for gap in gaps if "👎 已过期" in gap["outcomes"])["departments"] == {
        "区金融工作局": 1,
        "区科委": 1,
    }
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert table.text.startswith("\ufeffquestion,count,")
    assert len(table.text.strip().splitlines()) >= 4


def test_a_database_that_falls_silent_holds_nobody_up(policies: Corpus, tmp_path: Any, monkeypatch: Any) -> None:
    """It accepts what it is asked and never answers: an answer comes all the same, and the rest says so in time."""
    thawed = threading.Event()
    with running(answers_of(policies), sqlite(tmp_path)) as started, started.client() as client:
        key = started.key()
        ask(client)
        open_session = Session.__init__

        def frozen(self: Session, *arguments: Any, **options: Any) -> None:
            thawed.wait(60)
            open_session(self, *arguments, **options)

        monkeypatch.setattr(Session, "__init__", frozen)
        monkeypatch.setattr(started.records.database, "is_reachable", lambda: thawed.wait(60))
        began = time.monotonic()
        assert ask(client)["status"] == "answered"
        assert time.monotonic() - began < 4
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 503
        with started.client(key) as staff:
            assert staff.get("/api/pins").status_code == 503
        thawed.set()


def test_a_database_that_goes_away_keeps_nobody_from_an_answer(policies: Corpus, tmp_path: Any) -> None:
    with running(answers_of(policies), sqlite(tmp_path)) as started, started.client() as client:
        identity = ask(client)["trace_id"]
        started.records.database.engine.dispose()
        (tmp_path / "kept.db").rename(tmp_path / "away.db")
        for rest in ("kept.db-wal", "kept.db-shm"):
            (tmp_path / rest).unlink(missing_ok=True)
        (tmp_path / "kept.db").mkdir()
        assert client.get("/readyz").status_code == 503
        assert client.post("/api/feedback", json={"answer_id": identity, "vote": "up"}).status_code == 503
        answer = client.post("/api/ask", json={"question": QUESTION})
        assert (answer.status_code, answer.json()["status"]) == (200, "answered")
        (tmp_path / "kept.db").rmdir()
        (tmp_path / "away.db").rename(tmp_path / "kept.db")
        for _ in range(100):
            if client.get(f"/api/answers/{answer.json()['trace_id']}").status_code == 200:
                break
            time.sleep(0.1)
        else:
            pytest.fail("what waited was not written")
        assert client.get("/readyz").status_code == 200
