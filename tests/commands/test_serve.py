"""`policyqa serve` as a process: killed, told to end, given a new index, several workers at once."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from corpus.load import load_corpus
from index.build import build_index
from index.settings import ROOT
from records.book import open_records
from records.settings import RecordSettings
from tests.records.databases import postgresql, programs
from tests.terminal import PolicyQaCommand, command, environment

QUESTION = "示例区在线新经济的在线教育由哪些部门负责？"


@dataclass
class Process:
    """A service in a process of its own."""

    process: subprocess.Popen[str]
    address: str
    log: str

    def wait_until_ready(self) -> None:
        for _ in range(600):
            assert self.process.poll() is None, Path(self.log).read_text()
            try:
                if httpx.get(f"{self.address}/readyz", timeout=1).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        pytest.fail("the service didn't come up")


def a_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def served(
    store: Path, corpus: Path, url: str, *options: str, program: Sequence[str] | None = None, **settings: str
) -> Iterator[Process]:
    """`program` is what is started instead of `policyqa`."""
    port = a_port()
    made = environment(
        store, POLICYQA_CORPUS=str(corpus), POLICYQA_ASKED_AS=str(corpus), POLICYQA_DATABASE_URL=url,
        POLICYQA_RATE="100000/minute", **settings,
    )  # fmt: skip
    log = (store.parent / f"log-{port}").open("w+")  # a pipe that nobody empties would hold the service up
    started = subprocess.Popen(
        [*(program or command()), "serve", "--port", str(port), *options], env=dict(made), text=True, stderr=log
    )
    try:
        running = Process(started, f"http://127.0.0.1:{port}", log.name)
        running.wait_until_ready()
        yield running
    finally:
        if started.poll() is None:
            started.terminate()
        started.wait(30)
        log.close()


@pytest.fixture
def folders(small_texts: Path, tmp_path: Path) -> tuple[Path, Path]:
    """(store, corpus), to be changed at will."""
    corpus, store = tmp_path / "texts", tmp_path / "store"
    shutil.copytree(small_texts, corpus)
    build_index(load_corpus(corpus), None, store, "none")
    return store, corpus


def ask(address: str, **options: Any) -> httpx.Response:
    return httpx.post(f"{address}/api/ask", json={"question": QUESTION}, timeout=20, **options)


def test_a_file_that_is_left_out_is_named_by_a_line_of_our_own(folders: tuple[Path, Path], tmp_path: Path) -> None:
    """At the start with an index and without one, and by every worker."""
    store, corpus = folders
    (corpus / "broken.txt").write_bytes(b"\xff\xfe\x00broken")
    for options in ((), ("--workers", "2")):
        with served(store, corpus, f"sqlite:///{tmp_path / 'kept.db'}", *options) as running:
            pass
        rows = [json.loads(line) for line in Path(running.log).read_text(encoding="utf-8").splitlines()]
        named = [row for row in rows if "broken.txt" in row["message"]]
        assert named
        assert {row["logger"] for row in named} == {"policyqa.service"}
        assert [
            row
            for row in rows
            if "wrote past the log" in row["message"] and row.get("where", "").startswith("commands/")
        ] == []
        shutil.rmtree(store)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_was_acknowledged_is_there_after_kill_9_under_load(
    kind: str, small_store: Path, small_texts: Path, tmp_path: Path
) -> None:
    if kind == "postgresql" and programs() is None:
        pytest.skip("PostgreSQL isn't installed (Debian: apt-get install postgresql)")
    with postgresql(tmp_path) if kind == "postgresql" else _a_file(tmp_path) as url:
        acknowledged, votes = _killed_under_load(small_store, small_texts, url)
        with served(small_store, small_texts, url) as again, httpx.Client(base_url=again.address) as client:
            lost = [i for i in acknowledged if client.get(f"/api/answers/{i}").status_code != 200]
        records = open_records(RecordSettings(database_url=url).url)
        kept = {row["answer_id"] for row in records.feedback.listed(10_000, True)}
        records.close()
    assert len(acknowledged) > 20
    assert lost == []
    assert votes <= kept


@contextmanager
def _a_file(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder / 'kept.db'}"


def _killed_under_load(store: Path, texts: Path, url: str) -> tuple[list[str], set[str]]:
    """Ids of the answers, and of the votes, that were acknowledged before the process was killed."""
    acknowledged: list[str] = []
    votes: set[str] = set()

    def load() -> None:
        with httpx.Client(base_url=started.address, timeout=20) as client:
            try:
                while True:
                    identity = client.post("/api/ask", json={"question": QUESTION}).json()["trace_id"]
                    acknowledged.append(identity)
                    vote = {"answer_id": identity, "vote": "down", "reason": "其他"}
                    if client.post("/api/feedback", json=vote).status_code == 201:
                        votes.add(identity)
            except (httpx.TransportError, json.JSONDecodeError):
                return

    with served(store, texts, url) as started:
        threads = [threading.Thread(target=load) for _ in range(8)]
        for thread in threads:
            thread.start()
        while len(acknowledged) < 60 and any(thread.is_alive() for thread in threads):
            time.sleep(0.02)
        started.process.kill()
        for thread in threads:
            thread.join()
    return acknowledged, votes


def test_a_new_index_is_taken_up_without_a_failed_request(folders: tuple[Path, Path], tmp_path: Path) -> None:
    store, corpus = folders
    failed: list[int] = []
    seen: set[str] = set()
    stop = threading.Event()

    def load() -> None:
        with httpx.Client(base_url=started.address, timeout=20) as client:
            while not stop.is_set():
                response = client.post("/api/ask", json={"question": QUESTION})
                if response.status_code != 200:
                    failed.append(response.status_code)
                else:
                    seen.add(response.json()["citations"][0]["text"])

    with served(store, corpus, f"sqlite:///{tmp_path / 'kept.db'}") as started:
        threads = [threading.Thread(target=load) for _ in range(4)]
        for thread in threads:
            thread.start()
        text = corpus / "demo-2020.txt"
        text.write_text(text.read_text(encoding="utf-8").replace("空中课堂", "网上课堂"), encoding="utf-8")
        build_index(load_corpus(corpus), None, store, "none")
        for _ in range(200):
            if len(seen) == 2:
                break
            time.sleep(0.1)
        stop.set()
        for thread in threads:
            thread.join()
        assert 'policyqa_reloads_total{outcome="done"} 1.0' in httpx.get(f"{started.address}/metrics").text
    assert failed == []
    assert {("空中课堂" in text, "网上课堂" in text) for text in seen} == {(True, False), (False, True)}


def test_an_index_that_cannot_be_used_leaves_the_old_one_serving(folders: tuple[Path, Path], tmp_path: Path) -> None:
    store, corpus = folders
    with served(store, corpus, f"sqlite:///{tmp_path / 'kept.db'}") as started:
        build_index(load_corpus(corpus), None, store, "none")
        (corpus / "demo-2020.txt").write_text("一、换了的文字。", encoding="utf-8")
        for _ in range(100):
            if 'policyqa_reloads_total{outcome="failed"} 1.0' in httpx.get(f"{started.address}/metrics").text:
                break
            time.sleep(0.1)
        else:
            pytest.fail("the reload wasn't tried")
        assert ask(started.address).json()["status"] == "answered"


def test_an_index_of_other_texts_is_built_anew_at_the_start(folders: tuple[Path, Path], tmp_path: Path) -> None:
    """As after a document's change that was cut short between the text and its index."""
    store, corpus = folders
    text = corpus / "demo-2020.txt"
    text.write_text(text.read_text(encoding="utf-8").replace("空中课堂", "网上课堂"), encoding="utf-8")
    begun = time.time()
    with served(store, corpus, f"sqlite:///{tmp_path / 'kept.db'}") as started:
        assert "网上课堂" in ask(started.address).json()["citations"][0]["text"]
        made = [
            *tmp_path.glob("kept.db*"),
            *(path for path in store.rglob("*") if path.is_file() and path.stat().st_mtime >= begun),
        ]
        assert len(made) > 3
        assert [path.name for path in made if path.stat().st_mode & 0o077] == []


def test_a_start_does_not_depend_on_a_file_that_cannot_be_read(folders: tuple[Path, Path], tmp_path: Path) -> None:
    store, corpus = folders
    os.mkfifo(corpus / "pipe.txt")
    (corpus / "endless.txt").write_text("国" * 2_000_000, encoding="utf-8")
    (corpus / "broken.toml").write_text("title = ", encoding="utf-8")
    (corpus / "broken.txt").write_text("一、甲。", encoding="utf-8")
    with served(store, corpus, f"sqlite:///{tmp_path / 'kept.db'}") as started:
        assert ask(started.address).json()["status"] == "answered"
        log = Path(started.log).read_text(encoding="utf-8")
    assert all(
        f"left out: {corpus}/{name}" in log for name in ("pipe.txt: is a pipe", "endless.txt: ", "broken.toml: ")
    )


def test_told_to_end_it_finishes_what_it_has_begun_and_turns_the_rest_away(
    small_store: Path, small_texts: Path, tmp_path: Path
) -> None:
    """A request whose body is still on its way when the signal comes has a moment to arrive."""
    body = json.dumps({"question": QUESTION}).encode()
    with served(small_store, small_texts, f"sqlite:///{tmp_path / 'kept.db'}") as started:
        host, port = started.address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as slow, httpx.Client(base_url=started.address) as waiting:
            assert waiting.get("/healthz").status_code == 200  # a connection that is kept alive
            head = f"POST /api/ask HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
            slow.sendall(head.encode() + body[:10])
            time.sleep(0.3)
            started.process.send_signal(signal.SIGTERM)
            time.sleep(0.3)
            turned_away = waiting.get("/api/documents")
            slow.sendall(body[10:])
            answer = slow.makefile("rb").read().decode()
        assert (turned_away.status_code, turned_away.headers["retry-after"]) == (503, "5")
        assert answer.startswith("HTTP/1.1 200")
        assert '"status":"answered"' in answer
        assert started.process.wait(15) in (0, -signal.SIGTERM)


def test_workers_share_one_index_and_count_together(small_store: Path, small_texts: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    with served(small_store, small_texts, url, "--workers", "2") as started:
        for _ in range(600):  # until the second one serves as well
            if len(_workers_with(started.process.pid, small_store)) == 2:
                break
            time.sleep(0.1)
        asked = {ask(started.address).json()["trace_id"] for _ in range(40)}
        for identity in asked:  # each reads what the other has written
            assert httpx.get(f"{started.address}/api/answers/{identity}").status_code == 200
        counted = re.search(
            r'policyqa_answers_total\{[^}]*"answered"[^}]*\} (\S+)', httpx.get(f"{started.address}/metrics").text
        )
        assert counted is not None
        assert float(counted[1]) == 40
        assert httpx.get(f"{started.address}/").status_code == 404  # the window needs one process
        assert len(_workers_with(started.process.pid, small_store)) == 2


def _workers_with(pid: int, store: Path) -> list[int]:
    """The process's workers that have the index in memory."""
    return [child for child in _children(pid) if str(store) in Path(f"/proc/{child}/maps").read_text()]


def _children(pid: int) -> list[int]:
    """The process's direct children that are Python workers."""
    rows = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text()
                line = (folder / "cmdline").read_text()
            except OSError:
                continue
            if int(stat.rpartition(")")[2].split()[1]) == pid and "spawn_main" in line:
                rows.append(int(folder.name))
    return rows


@pytest.mark.parametrize(
    ("options", "settings", "words"),
    [
        (("--port", "0"), {}, "--port 0"),
        (("--workers", "0"), {}, "--workers 0"),
        (("--evaluate-here", "--host", "0.0.0.0"), {}, "--evaluate-here"),
        (("--evaluate-here", "--host", "::"), {}, "--evaluate-here"),
        (("--evaluate-here", "--host", "policy.example.org"), {}, "--evaluate-here"),
        ((), {"POLICYQA_EVALUATE_HERE": "true"}, "POLICYQA_EVALUATE_HERE"),
        ((), {"POLICYQA_RATE": "often"}, "POLICYQA_RATE"),
        ((), {"POLICYQA_TRUSTED_PROXIES": "everyone"}, "POLICYQA_TRUSTED_PROXIES"),
        ((), {"POLICYQA_CORS_ORIGINS": "*"}, "POLICYQA_CORS_ORIGINS"),
        ((), {"POLICYQA_ALLOWED_HOSTS": "*"}, "POLICYQA_ALLOWED_HOSTS"),
        ((), {"POLICYQA_RETENTION_DAYS": "-1"}, "POLICYQA_RETENTION_DAYS"),
        ((), {"POLICYQA_DATABASE_URL": "mysql://x/y"}, "POLICYQA_DATABASE_URL"),
    ],
)
def test_what_cannot_be_used_is_named_before_anything_is_loaded(
    options: tuple[str, ...],
    settings: dict[str, str],
    words: str,
    small: PolicyQaCommand,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    ended = small("serve", *options)
    assert ended.status == 2
    assert words in ended.complaint


def test_a_port_that_is_taken_and_a_database_that_is_away_are_named(
    small: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ended = small("serve", "--port", port)
        assert (ended.status, port in ended.complaint) == (3, True)
    monkeypatch.setenv("POLICYQA_DATABASE_URL", "postgresql://office:secret@127.0.0.1:9/none")
    ended = small("serve", "--port", str(a_port()))
    assert ended.status == 3
    assert "POLICYQA_DATABASE_URL" in ended.complaint
    assert "secret" not in ended.complaint


@pytest.mark.parametrize(("options", "status"), [((), 403), (("--evaluate-here",), 200)])
def test_only_the_operators_word_lets_whoever_is_at_the_machine_bring_a_file(
    options: tuple[str, ...], status: int, small_store: Path, small_texts: Path, tmp_path: Path
) -> None:
    with served(small_store, small_texts, f"sqlite:///{tmp_path / 'kept.db'}", *options) as started:
        sent = httpx.post(f"{started.address}/gradio_api/upload", files={"files": ("q.csv", b"a")}, timeout=20)
    assert sent.status_code == status


def test_a_persons_own_machine_says_so_and_no_deployment_does() -> None:
    assert "policyqa serve --evaluate-here" in (ROOT / "Makefile").read_text(encoding="utf-8")
    deployed = [path for path in (ROOT / "deploy").iterdir() if path.is_file()]
    assert [path.name for path in deployed if "evaluate-here" in path.read_text(encoding="utf-8")] == []
