"""What is in `deploy/`: linted by each format's own tool, and nginx tried with the service behind it."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from corpus.load import load_corpus
from index.settings import ROOT
from tests.api.serving import answers_of, running, sqlite
from tests.window.conftest import serving_window

DEPLOY = ROOT / "deploy"
STATE = "/var/lib/policyqa-nginx/"
QUESTION = "虹口区在线金融服务由哪些部门负责？"


def tool(name: str) -> str:
    """Beside this Python, or on the PATH; Debian keeps some where only root looks."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin")
    if not found:
        pytest.skip(f"{name} isn't installed here")
    return found


def complaints(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_the_dockerfile_is_as_hadolint_wants_it() -> None:
    assert complaints(tool("hadolint"), str(DEPLOY / "Dockerfile")) == ""


def test_the_compose_file_is_one() -> None:
    check = ["--builtin-schema", "vendor.compose-spec", str(DEPLOY / "compose.yaml")]
    assert complaints(tool("check-jsonschema"), *check) == ""


def test_the_unit_is_one(tmp_path: Path) -> None:
    """Its program stands where it will be installed: here another takes its place."""
    unit = (DEPLOY / "policyqa.service").read_text(encoding="utf-8")
    written = tmp_path / "policyqa.service"
    written.write_text(unit.replace("/opt/policyqa/.venv/bin/policyqa", "/bin/true"), encoding="utf-8")
    assert complaints(tool("systemd-analyze"), "verify", str(written)) == ""


@pytest.mark.parametrize("name", ["Dockerfile", "compose.yaml", "policyqa.service"])
def test_nothing_runs_as_root(name: str) -> None:
    users = [
        line.split()[-1].strip('"')
        for line in (DEPLOY / name).read_text(encoding="utf-8").splitlines()
        if line.strip().lower().startswith(("user ", "user:", "user="))
    ]
    assert users
    assert not {"root", "0"} & {user.removeprefix("User=") for user in users}


def test_nginx_writes_nothing_where_others_can() -> None:
    """A name in a folder that all share can be taken by somebody else before it is made."""
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    lines = [line.strip() for line in text.splitlines() if not line.strip().startswith("#")]
    written = [
        line.split() for line in lines if line.startswith(("pid ", "error_log ", "access_log ")) or "_path " in line
    ]
    assert len(written) >= 8
    assert {row[1].rstrip(";") for row in written if not row[1].startswith(STATE)} <= {"stderr", "off"}
    assert "/tmp" not in " ".join(lines)


def test_every_deployment_says_which_proxy_is_believed() -> None:
    for name in ("compose.yaml", "policyqa.service"):
        assert "POLICYQA_TRUSTED_PROXIES" in (DEPLOY / name).read_text(encoding="utf-8")


def test_a_stream_comes_through_nginx_as_it_is_made(tmp_path: Path) -> None:
    """The first events arrive before the answer is done, and the client behind nginx is the one that is counted."""
    corpus = load_corpus(ROOT / "corpus" / "policies")
    qa = answers_of(corpus)
    rates = {"rate": "3/minute", "trusted_proxies": "127.0.0.1"}
    with (
        running(qa, sqlite(tmp_path), **rates) as started,
        nginx(tmp_path, started.address) as front,
        httpx.Client(base_url=front, timeout=20) as client,
    ):
        with client.stream("POST", "/api/ask/stream", json={"question": QUESTION}) as response:
            lines = list(response.iter_lines())
        assert response.status_code == 200
        assert [line for line in lines if line.startswith("event:")][-1] == "event: done"
        done = json.loads([line for line in lines if line.startswith("data:")][-1].removeprefix("data: "))
        assert done["status"] == "answered"
        assert client.get("/metrics").status_code == 403
        forged = [client.get("/api/documents", headers={"x-forwarded-for": f"192.0.2.{i}"}) for i in range(3)]
        assert [row.status_code for row in forged] == [200, 200, 429]


def test_what_attackers_send_stops_at_nginx_or_behind_it(tmp_path: Path) -> None:
    """The window's framework stands behind it: it reflects any origin, with credentials, and believes any claimed host."""
    corpus, evil = load_corpus(ROOT / "corpus" / "policies"), "elsewhere.example"
    with (
        serving_window(answers_of(corpus), tmp_path) as window,
        nginx(tmp_path, window.address) as front,
        httpx.Client(base_url=front, timeout=20) as client,
    ):
        for path in ("/", "/api/documents"):
            assert client.get(path, headers={"host": evil}).status_code == 421
            assert client.get(path, headers={"host": "a b"}).status_code == 400
            asked = {"origin": f"https://{evil}", "access-control-request-method": "POST"}
            for method in ("GET", "OPTIONS"):
                assert "access-control-" not in str(client.request(method, path, headers=asked).headers)
            for name in ("x-forwarded-host", "x-forwarded-prefix", "forwarded", "x-gradio-server", "x-original-url"):
                answer = client.get(path, headers={name: f"http://{evil}", "x-forwarded-proto": "https"})
                assert (answer.status_code, evil in answer.text) == (200, False)
        for path in ("/gradio_api/queue/join", "/gradio_api/upload", "/api/ask", "/api/session"):
            assert client.post(path, headers={"origin": f"https://{evil}"}, json={}).status_code == 403
        own = client.post("/api/ask", headers={"origin": front}, json={"question": QUESTION})
        assert (own.status_code, own.headers["cache-control"]) == (200, "no-store")
        assert _raw(front, f"GET http://{evil}/config HTTP/1.1", "host: localhost").startswith("HTTP/1.1 421")
        assert _raw(front, "GET http://localhost/config HTTP/1.1", f"host: {evil}").startswith("HTTP/1.1 421")
        assert _raw(front, "GET /config HTTP/1.1", "host: localhost", f"host: {evil}").startswith("HTTP/1.1 400")
        assert _raw(front, "GET /config HTTP/1.1").startswith("HTTP/1.1 400")


def _raw(address: str, *lines: str) -> str:
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall("\r\n".join([*lines, "connection: close", "", ""]).encode())
        return connection.makefile("rb").read().decode("utf-8", "replace")


@contextmanager
def nginx(folder: Path, upstream: str) -> Iterator[str]:
    program = tool("nginx")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    state = folder / "nginx"
    state.mkdir(0o700)
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    changes: dict[str, Any] = {
        "127.0.0.1:7860": upstream.removeprefix("http://"), "listen 8080": f"listen 127.0.0.1:{port}", STATE: f"{state}/",
    }  # fmt: skip
    for old, new in changes.items():
        text = text.replace(old, new)
    written = folder / "nginx.conf"
    written.write_text(text, encoding="utf-8")
    assert complaints(program, "-t", "-c", str(written)) == ""
    server = subprocess.Popen([program, "-c", str(written), "-g", "daemon off;"], stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=1)
                break
            except httpx.TransportError:
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)
