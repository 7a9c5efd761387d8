"""`policyqa serve` against clients that hold connections, and told to end while they do."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from tests.commands.test_serve import QUESTION, Process, _workers_with, ask, served
from tests.terminal import command

FEW_FILES = ["bash", "-c", 'ulimit -n 1024; exec "$@"', "-", *command()]
BUSY = [sys.executable, str(Path(__file__).parent / "busy.py")]
HEAD = b"GET / HTTP/1.1\r\nHo"
BODY = (
    b"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
    b'{"question"'
)


def port_of(started: Process) -> int:
    return int(started.address.rsplit(":", 1)[1])


@contextmanager
def connections(started: Process, sent: bytes, count: int, address: str) -> Iterator[list[socket.socket]]:
    """So many from one address, each with the same begun request. Some may have been closed."""
    with ExitStack() as opened:
        made = []
        for _ in range(count):
            one = opened.enter_context(
                socket.create_connection(("127.0.0.1", port_of(started)), 5, source_address=(address, 0))
            )
            with suppress(OSError):  # it may have been closed at once
                one.sendall(sent)
            made.append(one)
        yield made


def ended(one: socket.socket, within: float) -> bytes | None:
    """What came until the service ended the connection; None when it didn't."""
    one.settimeout(max(within, 0.01))
    got = b""
    try:
        while piece := one.recv(1000):
            got += piece
    except TimeoutError:
        return None
    except OSError:
        pass
    return got


def processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize("address", ["127.0.0.2", "127.0.0.1"], ids=["a stranger", "a trusted proxy"])
def test_1200_begun_requests_of_one_address_keep_nobody_from_the_service(
    address: str, small_store: Path, small_texts: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    with served(small_store, small_texts, url, program=FEW_FILES, POLICYQA_TRUSTED_PROXIES="127.0.0.1") as started:
        pid = started.process.pid
        with (
            connections(started, BODY, 300, address) as bodies,
            connections(started, HEAD, 900, address),
        ):
            began = time.monotonic()
            assert httpx.get(f"{started.address}/healthz", timeout=5).status_code == 200
            assert time.monotonic() - began < 1
            assert len(list(Path(f"/proc/{pid}/fd").iterdir())) < 700
            before, began = processor_seconds(pid), time.monotonic()
            time.sleep(3)
            assert processor_seconds(pid) - before < 0.2 * (time.monotonic() - began)
            assert ask(started.address).status_code == 200
            end = time.monotonic() + 12
            answers = [ended(one, end - time.monotonic()) for one in bodies[:50]]
            assert all(answer == b"" or (answer and b" 408 " in answer) for answer in answers)
        log = Path(started.log).read_text(encoding="utf-8")
    assert len(log.splitlines()) < 100


def test_half_a_head_and_half_a_body_end_in_time_and_a_slow_upload_is_taken(
    small_store: Path, small_texts: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    body = json.dumps({"question": QUESTION}).encode()
    body += b" " * (400_000 - len(body))  # 24 seconds at 16 KiB/s
    head = b"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n"
    with served(small_store, small_texts, url) as started, ExitStack() as opened:
        halves = [opened.enter_context(connections(started, sent, 3, "127.0.0.2")) for sent in (HEAD, BODY, b"")]
        began = time.monotonic()
        slow = opened.enter_context(socket.create_connection(("127.0.0.1", port_of(started)), 20))
        slow.sendall(head + b"Content-Length: %d\r\n\r\n" % len(body))
        answers: list[bytes | None] = []
        watching = threading.Thread(
            target=lambda: answers.extend(ended(one, 14 - time.monotonic() + began) for half in halves for one in half)
        )
        watching.start()
        for at in range(0, len(body), 25_000):  # 16 pieces, one a second
            slow.sendall(body[at : at + 25_000])
            time.sleep(1)
        assert ended(slow, 20).startswith(b"HTTP/1.1 200")  # type: ignore[union-attr]
        watching.join()
    assert [answer and answer[:12] for answer in answers] == [b"HTTP/1.1 408"] * 6 + [b""] * 3


@pytest.mark.parametrize("options", [(), ("--workers", "2")], ids=["one process", "two workers"])
def test_told_to_end_it_does_not_wait_for_half_requests(
    options: tuple[str, ...], small_store: Path, small_texts: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    with served(small_store, small_texts, url, *options) as started, ExitStack() as opened:
        if options:
            _wait_for_two(started.process.pid, small_store)  # one that still loads ends once it has loaded
        for sent in (BODY, HEAD):
            opened.enter_context(connections(started, sent, 50, "127.0.0.2"))
        identity = ask(started.address).json()["trace_id"]
        began = time.monotonic()
        started.process.send_signal(signal.SIGTERM)
        started.process.wait(20)
        assert time.monotonic() - began < (8 if options else 5)  # a supervisor looks after its workers every so often
    with served(small_store, small_texts, url) as again:
        assert httpx.get(f"{again.address}/api/answers/{identity}").status_code == 200


def test_told_to_end_it_does_not_wait_for_busy_threads(small_store: Path, small_texts: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    with served(small_store, small_texts, url, program=BUSY, POLICYQA_GRACE_SECONDS="1") as started:
        asking = [threading.Thread(target=_asks_in_vain, args=(started.address,)) for _ in range(4)]
        for one in asking:
            one.start()
        time.sleep(1)
        began = time.monotonic()
        started.process.send_signal(signal.SIGTERM)
        started.process.wait(30)
        took = time.monotonic() - began
        for one in asking:
            one.join()
    assert took < 1 + 7  # the grace, and an end that four threads slow which never let go of the interpreter


def _wait_for_two(pid: int, store: Path) -> None:
    end = time.monotonic() + 120
    while len(_workers_with(pid, store)) < 2 and time.monotonic() < end:
        time.sleep(0.1)
    time.sleep(2)


def _asks_in_vain(address: str) -> None:
    with suppress(httpx.TransportError):  # broken off
        assert ask(address).status_code >= 500


def test_workers_close_what_is_too_much_as_one_process_does(
    small_store: Path, small_texts: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    options = {"POLICYQA_CONNECTIONS_EACH": "4"}
    with (
        served(small_store, small_texts, url, "--workers", "2", **options) as started,
        connections(started, HEAD, 30, "127.0.0.2") as made,
    ):
        closed = [one for one in made if ended(one, 0.1) == b""]
        assert len(closed) >= 30 - 2 * 4
        assert httpx.get(f"{started.address}/healthz", timeout=5).status_code == 200
