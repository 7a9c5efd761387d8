"""Signing in and out: what a browser gets, and what a copy of it is worth afterwards."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from api.callers import COOKIE, PROOF
from corpus.types import Corpus
from records.sessions import Opened
from tests.api.serving import Running, answers_of, running, sqlite

HERE = {"sec-fetch-site": "same-origin"}
SECURE = {"x-forwarded-proto": "https"}


def signed_in(client: httpx.Client, key: str, **headers: str) -> Opened:
    """What the browser has now; the client goes on with the proof, as the page does."""
    answer = client.post("/api/session", json={"key": key}, headers=headers)
    assert answer.status_code == 201
    client.headers[PROOF] = answer.json()["proof"]
    return Opened(answer.headers["set-cookie"].partition("=")[2].partition(";")[0], answer.json()["proof"])


def role(service: Running, stolen: Opened) -> str:
    with service.client(cookies={COOKIE: stolen.token}) as thief:
        return str(thief.get("/api/session", headers={PROOF: stolen.proof}).json()["role"])


ANYBODYS = ("/api/session", "/api/documents", "/v1/models", "/healthz", "/d/hongkou-2020")


def test_a_cookie_that_another_port_of_the_host_received_is_nobodys(service: Running) -> None:
    """A browser sends it to every port; what is on the page stays there."""
    with service.client() as browser, service.client() as other:
        mine, theirs = signed_in(browser, service.key("admin")), signed_in(other, service.key("admin"))
        assert browser.get("/api/keys").status_code == 200
    for proof in ("", theirs.proof, mine.token, "x" * 5000):
        with service.client(cookies={COOKIE: mine.token}) as thief:
            if proof:
                thief.headers[PROOF] = proof
            assert thief.get("/api/session").json()["role"] == "anonymous"
            for method, path in (
                ("GET", "/api/keys"),
                ("GET", "/api/settings"),
                ("POST", "/api/keys"),
                ("DELETE", "/api/sessions"),
            ):
                refused = thief.request(method, path, json={"name": "x", "role": "admin"}, headers=HERE)
                assert (refused.status_code, "Sign in again" in refused.json()["detail"]) == (401, True)
            assert {thief.get(path).status_code for path in ANYBODYS} == {200}
    with service.client() as without:
        without.headers[PROOF] = mine.proof
        assert without.get("/api/session").json()["role"] == "anonymous"


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


def test_over_https_the_cookie_is_the_hosts_own_and_no_other_counts(policies: Corpus, tmp_path: Any) -> None:
    with running(answers_of(policies), sqlite(tmp_path), trusted_proxies="127.0.0.1") as service:
        _over_https(service)


def _over_https(service: Running) -> None:
    with service.client() as browser:
        answer = browser.post("/api/session", json={"key": service.key()}, headers=SECURE)
        proof = {PROOF: answer.json()["proof"]}
        name, _, rest = answer.headers["set-cookie"].partition("=")
        value, *attributes = rest.split("; ")
        assert name == f"__Host-{COOKIE}"
        assert {"HttpOnly", "Secure", "SameSite=strict", "Path=/"} <= set(attributes)
        assert not [row for row in attributes if row.startswith("Domain")]
    for sent, expected in ((f"__Host-{COOKIE}", "staff"), (COOKIE, "anonymous")):
        seen = httpx.get(f"{service.address}/api/session", headers=SECURE | proof | {"cookie": f"{sent}={value}"})
        assert seen.json()["role"] == expected


@pytest.mark.parametrize("key", ["pq_wrong", "pq_0123456789ab_" + "x" * 43])
def test_guessing_keys_at_the_door_counts_like_guessing_them_in_a_header(
    key: str, policies: Corpus, tmp_path: Any
) -> None:
    with running(answers_of(policies), sqlite(tmp_path)) as started, started.client() as client:
        statuses = [client.post("/api/session", json={"key": key}).status_code for _ in range(21)]
        assert statuses == [401] * 20 + [429]
        with started.client("pq_wrong") as header:
            held_back = header.get("/api/session")
            assert (held_back.status_code, int(held_back.headers["retry-after"]) > 0) == (429, True)
        assert client.post("/api/session", json={"key": started.key()}).status_code == 201


def test_a_key_that_is_guessed_at_is_held_back_there_and_no_other_key_is(policies: Corpus, tmp_path: Any) -> None:
    proxy = {"trusted_proxies": "127.0.0.1"}
    with running(answers_of(policies), sqlite(tmp_path), **proxy) as started, started.client() as office:
        attacked, other = started.key("admin"), started.key("staff")
        guess = attacked[:16] + "x" * 43
        statuses = [office.post("/api/session", json={"key": guess}).status_code for _ in range(21)]
        assert statuses == [401] * 20 + [429]
        assert office.post("/api/session", json={"key": attacked}).status_code == 429
        assert office.post("/api/session", json={"key": other}).status_code == 201
        elsewhere = {"x-forwarded-for": "198.51.100.7"}
        assert office.post("/api/session", json={"key": attacked}, headers=elsewhere | HERE).status_code == 201


def test_nobody_who_says_another_address_spends_its_tries(policies: Corpus, tmp_path: Any) -> None:
    """Straight at the port, with the defaults, each request counts for the address that it came from."""
    with running(answers_of(policies), sqlite(tmp_path)) as started, started.client("pq_wrong") as guessing:
        claimed = [{"x-forwarded-for": f"198.51.100.{i}"} for i in range(25)]
        statuses = [guessing.get("/api/documents", headers=headers).status_code for headers in claimed]
    assert statuses == [401] * 20 + [429] * 5


def test_the_service_in_use_keeps_nothing_that_others_can_read(policies: Corpus, tmp_path: Any) -> None:
    with running(answers_of(policies), sqlite(tmp_path)) as started, started.client() as client:
        signed_in(client, started.key("admin"))
        wide = [path.name for path in tmp_path.iterdir() if path.stat().st_mode & 0o077]
    assert wide == []
