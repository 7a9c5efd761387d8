"""Signing in and out: what a browser gets, and what a copy of it is worth afterwards."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from api.callers import COOKIE
from corpus.types import Corpus
from tests.api.serving import Running, answers_of, running, sqlite

HERE = {"sec-fetch-site": "same-origin"}
SECURE = {"x-forwarded-proto": "https"}


def signed_in(client: httpx.Client, key: str, **headers: str) -> str:
    """The cookie's value."""
    answer = client.post("/api/session", json={"key": key}, headers=headers)
    assert answer.status_code == 201
    return answer.headers["set-cookie"].partition("=")[2].partition(";")[0]


def role(service: Running, cookie: str) -> str:
    with service.client(cookies={COOKIE: cookie}) as thief:
        return str(thief.get("/api/session").json()["role"])


def test_a_stolen_cookie_is_worth_nothing_after_signing_out(service: Running) -> None:
    with service.client() as browser:
        stolen = signed_in(browser, service.key("admin"))
        assert role(service, stolen) == "admin"
        assert browser.delete("/api/session", headers=HERE).status_code == 200
    assert role(service, stolen) == "anonymous"
    actions = [row["action"] for row in service.records.audit.listed(2)]
    assert actions == ["sign out", "sign in"]


def test_signing_out_everywhere_ends_the_other_browsers_too(service: Running) -> None:
    key, other = service.key("staff"), service.key("staff")
    with service.client() as home, service.client() as office, service.client() as neighbour:
        at_home, theirs = signed_in(home, key), signed_in(neighbour, other)
        signed_in(office, key)
        assert office.delete("/api/sessions", headers=HERE).status_code == 200
    assert (role(service, at_home), role(service, theirs)) == ("anonymous", "staff")


def test_an_administrator_ends_the_sessions_of_a_key_that_stays_valid(service: Running, admin: httpx.Client) -> None:
    identity, key = service.records.keys.make("窗口", "staff")
    with service.client() as browser:
        cookie = signed_in(browser, key)
    assert admin.delete(f"/api/keys/{identity}/sessions").json() == {"sessions": 1}
    assert role(service, cookie) == "anonymous"
    with service.client(key) as client:
        assert client.get("/api/pins").status_code == 200


def test_signing_in_again_ends_the_session_before(service: Running) -> None:
    with service.client() as browser:
        first = signed_in(browser, service.key())
        second = signed_in(browser, service.key("admin"), **HERE)
    assert (role(service, first), role(service, second)) == ("anonymous", "admin")


def test_over_https_the_cookie_is_the_hosts_own_and_no_other_counts(service: Running) -> None:
    with service.client() as browser:
        answer = browser.post("/api/session", json={"key": service.key()}, headers=SECURE)
        name, _, rest = answer.headers["set-cookie"].partition("=")
        value, *attributes = rest.split("; ")
        assert name == f"__Host-{COOKIE}"
        assert {"HttpOnly", "Secure", "SameSite=strict", "Path=/"} <= set(attributes)
        assert not [row for row in attributes if row.startswith("Domain")]
    for sent, expected in ((f"__Host-{COOKIE}", "staff"), (COOKIE, "anonymous")):
        seen = httpx.get(f"{service.address}/api/session", headers=SECURE | {"cookie": f"{sent}={value}"})
        assert seen.json()["role"] == expected


@pytest.mark.parametrize("key", ["pq_wrong", "pq_0123456789ab_" + "x" * 43])
def test_guessing_keys_at_the_door_counts_like_guessing_them_in_a_header(
    key: str, policies: Corpus, tmp_path: Any
) -> None:
    with running(answers_of(policies), sqlite(tmp_path)) as started, started.client() as client:
        statuses = [client.post("/api/session", json={"key": key}).status_code for _ in range(21)]
        assert statuses == [401] * 20 + [429]
        right = client.post("/api/session", json={"key": started.key()})
        assert (right.status_code, int(right.headers["retry-after"]) > 0) == (429, True)
        with started.client("pq_wrong") as header:
            assert header.get("/api/session").status_code == 429


def test_the_service_in_use_keeps_nothing_that_others_can_read(policies: Corpus, tmp_path: Any) -> None:
    with running(answers_of(policies), sqlite(tmp_path)) as started, started.client() as client:
        signed_in(client, started.key("admin"))
        wide = [path.name for path in tmp_path.iterdir() if path.stat().st_mode & 0o077]
    assert wide == []
