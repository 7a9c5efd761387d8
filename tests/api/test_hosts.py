"""Names that the service isn't served under, headers that claim others, and pages of other sites: all turned away."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pydantic import ValidationError

from api.host_names import served_under
from api.settings import ServiceSettings
from corpus.types import Corpus
from tests.api.serving import Running, answers_of, running, sqlite

FRIEND, STRANGER = "https://www.example.org", "https://elsewhere.example"


@pytest.fixture(scope="module")
def named(policies: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A service with names of its own and one other site that may ask."""
    settings = {
        "allowed_hosts": "policy.example.org,*.office.example.org,192.0.2.7,2001:DB8::7",
        "cors_origins": FRIEND,
        "trusted_proxies": "127.0.0.1",
    }
    with running(answers_of(policies), sqlite(tmp_path_factory.mktemp("named")), **settings) as started:
        yield started


def raw(address: str, *lines: str, body: str = "") -> str:
    """The status line and what follows for a request that no client library would send."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        head = [*lines, *([] if body else ["connection: close"]), "", body]
        connection.sendall("\r\n".join(head).encode("latin-1"))
        return connection.makefile("rb").read().decode()


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost:7860", "LOCALHOST", "[::1]:80", "[0:0:0:0:0:0:0:1]", "policy.example.org", "policy.example.org:8443",
     "a.office.example.org", "b.a.office.example.org", "192.0.2.7", "[2001:db8::7]"],
)  # fmt: skip
def test_its_own_names_are_answered(host: str, named: Running) -> None:
    with named.client() as client:
        assert client.get("/api/documents", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/api/documents", "/healthz", "/metrics", "/openapi.json", "/d/hongkou-2020", "/", "/nothing"]
)
@pytest.mark.parametrize(
    "host",
    ["elsewhere.example", "office.example.org", ".office.example.org", "policy.example.org.elsewhere.example",
     "xpolicy.example.org", "127.0.0.1.elsewhere.example", "0.0.0.0", "192.0.2.8", "[::2]", "localhost."],
)  # fmt: skip
def test_other_names_are_not(path: str, host: str, named: Running) -> None:
    with named.client() as client:
        refused = client.get(path, headers={"host": host})
    assert (refused.status_code, refused.headers["content-type"]) == (421, "application/problem+json")


@pytest.mark.parametrize(
    "hosts",
    [[], [""], ["localhost", "localhost"], ["localhost", "elsewhere.example"], ["localhost@elsewhere.example"], ["localhost/x"],
     ["localhost:port"], ["localhost, elsewhere.example"], ["[::1"], ["[::g]"], ["localhost:80:80"], ["local host"], ["ſ"]],
)  # fmt: skip
def test_what_is_no_name_or_two_is_malformed(hosts: list[str], named: Running) -> None:
    lines = ["GET /healthz HTTP/1.1", *(f"host: {host.encode().decode('latin-1')}" for host in hosts)]
    assert raw(named.address, *lines).startswith("HTTP/1.1 400")


@pytest.mark.parametrize("target", ["http://elsewhere.example/healthz", "//elsewhere.example/healthz", "*", "healthz"])
def test_a_target_that_is_no_path_of_ours_shows_nothing(target: str, named: Running) -> None:
    answer = raw(named.address, f"GET {target} HTTP/1.1", "host: localhost")
    assert answer.startswith(("HTTP/1.1 400", "HTTP/1.1 404"))


@pytest.mark.parametrize(
    "setting", ["*", "*.org", "https://x.example", "x.example:80", "[::1]:80", "a b", "x.example/", "*."]
)
def test_a_name_that_is_none_is_no_setting(setting: str) -> None:
    with pytest.raises(ValidationError, match="allowed_hosts"):
        ServiceSettings(allowed_hosts=setting)


@pytest.mark.parametrize(
    ("listened_on", "further"),
    [("127.0.0.1", ()), ("localhost", ()), ("::1", ()), ("0.0.0.0", ()), ("::", ()), ("192.0.2.7", ("192.0.2.7",)),
     ("2001:db8::7", ("[2001:db8::7]",)), ("Policy.example.org", ("policy.example.org",)), ("a b", ())],
)  # fmt: skip
def test_without_names_it_answers_on_this_machine_and_under_what_it_listens_on(
    listened_on: str, further: tuple[str, ...]
) -> None:
    assert served_under(listened_on) == ("localhost", "127.0.0.1", "[::1]", *further)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": STRANGER},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "https://policy.example.org.elsewhere.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "{own}"},
        {"sec-fetch-site": "same-origin", "origin": STRANGER},
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/api/ask"), ("POST", "/api/session"), ("DELETE", "/api/session"), ("POST", "/v1/chat/completions"),
     ("POST", "/gradio_api/queue/join"), ("PUT", "/nothing"), ("PATCH", "/"), ("BREW", "/api/ask")],
)  # fmt: skip
def test_another_sites_page_changes_nothing(method: str, path: str, headers: dict[str, str], named: Running) -> None:
    sent = {name: value.replace("{own}", named.address) for name, value in headers.items()}
    with named.client() as client:
        refused = client.request(method, path, headers=sent, json={"question": "虹口区在线教育由谁负责？"})
    assert (refused.status_code, refused.headers["content-type"]) == (403, "application/problem+json")
    assert not [name for name in refused.headers if name.startswith("access-control-")]


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": "{own}"}, {"sec-fetch-site": "same-origin", "origin": "{own}"}, {"sec-fetch-site": "none"},
     {"sec-fetch-site": "cross-site", "origin": FRIEND}, {"origin": FRIEND}],
)  # fmt: skip
def test_its_own_pages_programs_and_the_sites_that_are_named_may(headers: dict[str, str], named: Running) -> None:
    sent = {name: value.replace("{own}", named.address) for name, value in headers.items()}
    with named.client() as client:
        answer = client.post("/api/ask", headers=sent, json={"question": "虹口区在线教育由谁负责？"})
    assert answer.status_code == 200
    friend = sent.get("origin") == FRIEND
    assert answer.headers.get("access-control-allow-origin") == (FRIEND if friend else None)
    assert "access-control-allow-credentials" not in answer.headers


def test_behind_a_proxy_that_ends_tls_the_page_is_of_https(named: Running) -> None:
    secure = {"host": "policy.example.org", "x-forwarded-proto": "https"}
    asked = {"question": "虹口区在线教育由谁负责？"}
    with named.client() as client:
        for origin, status in (("https://policy.example.org", 200), ("http://policy.example.org", 403)):
            assert client.post("/api/ask", headers=secure | {"origin": origin}, json=asked).status_code == status


def test_no_answer_of_the_api_is_kept_by_a_cache(client: httpx.Client) -> None:
    for path in (
        "/api/documents",
        "/api/session",
        "/d/hongkou-2020",
        "/healthz",
        "/openapi.json",
        "/api/nothing",
        "/nothing",
    ):
        assert client.get(path).headers["cache-control"] == "no-store"
    assert client.post("/api/ask", json={"question": "x" * 5000}).headers["cache-control"] == "no-store"


def test_a_claimed_address_counts_only_from_a_proxy_that_is_trusted(policies: Corpus, tmp_path: Path) -> None:
    settings = {"rate": "2/minute", "trusted_proxies": "192.0.2.1"}
    with running(answers_of(policies), sqlite(tmp_path), **settings) as started, started.client() as client:
        statuses = [
            client.get("/api/documents", headers={name: f"192.0.2.{i}"}).status_code
            for i, name in enumerate(["x-forwarded-for", "forwarded", "x-real-ip", "x-forwarded-for"])
        ]
    assert statuses == [200, 200, 429, 429]


def test_a_refused_page_is_told_what_was_compared(named: Running) -> None:
    with named.client() as client:
        headers = {"host": "policy.example.org:8443", "origin": STRANGER, "sec-fetch-site": "cross-site"}
        detail = client.post("/api/ask", headers=headers, json={}).json()["detail"]
        long = client.post("/api/ask", headers={"origin": "https://" + "x" * 5000}, json={}).json()["detail"]
    assert [word for word in ("policy.example.org:8443", STRANGER, "cross-site") if word not in detail] == []
    assert len(long) < 1000


@pytest.mark.parametrize(
    "path", ["/api/ask", "/v1/chat/completions", "/gradio_api/run/predict", "/healthz", "/nothing"]
)
def test_a_request_whose_length_is_said_twice_is_refused_and_its_connection_closed(path: str, named: Running) -> None:
    lengths = ("content-length: 4", "transfer-encoding: chunked")
    for pair in (lengths, lengths[::-1]):
        answer = raw(
            named.address, f"POST {path} HTTP/1.1", "host: localhost", *pair, body="0\r\n\r\nGET /healthz HTTP/1.1\r\n"
        )
        assert answer.startswith("HTTP/1.1 400")
        assert "connection: close" in answer.lower()
        assert answer.count("HTTP/1.1") == 1
