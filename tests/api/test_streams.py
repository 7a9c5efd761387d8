"""The service as a process whose libraries misbehave: its standard error stays a log of JSON lines, without a word asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from index.settings import ROOT
from tests.api.misbehaving import KINDS
from tests.commands.test_serve import a_port
from tests.terminal import environment

MARK = "绝密问题13800138000"


@dataclass(frozen=True)
class Misbehaving:
    address: str
    err: Path
    out: Path

    def records(self) -> list[dict[str, Any]]:
        """Raises ValueError for a line that is no JSON."""
        text = self.err.read_text(encoding="utf-8")
        return [json.loads(line) for line in text.split("\n") if line]


@contextmanager
def misbehaving(store: Path, texts: Path, folder: Path, *options: str) -> Iterator[Misbehaving]:
    port = a_port()
    settings = environment(
        store, POLICYQA_CORPUS=str(texts), POLICYQA_ASKED_AS=str(texts), POLICYQA_RATE="100000/minute",
        POLICYQA_DATABASE_URL=f"sqlite:///{folder / 'kept.db'}", PYTHONPATH=str(ROOT),
    )  # fmt: skip
    program = [sys.executable, str(ROOT / "tests" / "api" / "misbehaving.py"), "serve", "--port", str(port), *options]
    started = Misbehaving(f"http://127.0.0.1:{port}", folder / "err", folder / "out")
    with started.err.open("wb") as err, started.out.open("wb") as out:
        process = subprocess.Popen(program, env=dict(settings), stdout=out, stderr=err)
        try:
            for _ in range(600):
                assert process.poll() is None, started.err.read_text()
                try:
                    httpx.get(f"{started.address}/readyz", timeout=1)
                    break
                except httpx.TransportError:
                    time.sleep(0.05)
            yield started
        finally:
            process.terminate()
            process.wait(30)


@pytest.mark.parametrize("options", [(), ("--workers", "2")], ids=["one process", "two workers"])
def test_whatever_libraries_do_with_a_question_the_log_is_json_without_its_words(
    options: tuple[str, ...], small_store: Path, small_texts: Path, tmp_path: Path
) -> None:
    with misbehaving(small_store, small_texts, tmp_path, *options) as started:
        with httpx.Client(base_url=started.address, timeout=20) as client:
            for kind in KINDS:
                client.post("/api/ask", json={"question": f"{MARK} {kind}"})
                client.get(f"/api/{MARK}/{kind}", params={"q": MARK})
        time.sleep(1.5)  # what compiled code wrote is looked at in its own time
    written = started.err.read_bytes() + started.out.read_bytes()
    records = started.records()
    assert MARK.encode() not in written
    assert json.dumps(MARK)[1:-1].encode() not in written
    assert b"13800138000" not in written
    assert started.out.read_bytes() == b""
    assert {"time", "level", "logger", "message"} <= set.intersection(*(set(row) for row in records))
    kinds = [row["exc_info"].partition("\n")[0] for row in records if "exc_info" in row]
    assert "ValueError from KeyError" in kinds  # what broke is there to be found
    said = {row["message"] for row in records}
    assert {
        "request", "a library wrote past the log", "compiled code wrote past the log", "a library's words are left out",
        "a warning", "a thread ended by an exception", "an exception where none can be raised",
    } <= said  # fmt: skip
    printed = [row for row in records if row["message"] == "a library wrote past the log" and "exc_info" in row]
    assert {row["where"].partition(":")[0] for row in printed} >= {"api/misbehaving.py"}


def test_what_keeps_it_from_starting_is_one_plain_line(small_store: Path, tmp_path: Path) -> None:
    settings = environment(small_store, POLICYQA_DATABASE_URL=f"sqlite:///{os.devnull}/no.db", PYTHONPATH=str(ROOT))
    program = [sys.executable, str(ROOT / "cli.py"), "serve", "--port", str(a_port())]
    ended = subprocess.run(program, env=dict(settings), capture_output=True, text=True, check=False)
    (line,) = ended.stderr.splitlines()
    assert ended.returncode == 3
    assert line.startswith("policyqa: ")
    assert ended.stdout == ""
    assert list(tmp_path.iterdir()) == []
