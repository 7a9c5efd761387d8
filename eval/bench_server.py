"""`make bench-server`: the service in a process of its own under locust, on this machine's own cores.

Prints answers a second, waiting times, what HTTP adds to the library call, and how memory grows under mixed load.
"""

from __future__ import annotations

import argparse
import csv
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from corpus.load import load_corpus
from eval.questions_file import read_questions
from index.search import open_index
from index.settings import ROOT, IndexSettings
from rag.answer import PolicyQa
from rag.live import LiveQa
from records.answers import RecordedAnswers
from records.book import open_records

_CLIENTS, _SECONDS, _WARM_UP = 32, 60, 60
_LOCUSTFILE = ROOT / "eval" / "load" / "locustfile.py"
_PAIRS = 400  # questions asked both ways
_PAGES = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Served:
    address: str
    pid: int

    @property
    def memory(self) -> float:
        """Resident, in MiB."""
        return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * _PAGES / 2**20


def main() -> int:
    """1 when a request failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--minutes", type=float, default=10, help="of mixed load for the memory (default 10; 0 for none)"
    )
    parser.add_argument("--seconds", type=int, default=_SECONDS, help=f"of asking alone (default {_SECONDS})")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, _served(Path(scratch)) as served:
        _overhead(served, Path(scratch))
        failed = _asking(served, Path(scratch), options.seconds)
        if options.minutes:
            failed += _mixed(served, Path(scratch), options.minutes)
    return 1 if failed else 0


@contextmanager
def _served(scratch: Path) -> Iterator[Served]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"POLICYQA_RATE": "1000000/minute", "POLICYQA_DATABASE_URL": f"sqlite:///{scratch / 'kept.db'}"}
    with (scratch / "server.log").open("w") as log:
        command = [sys.executable, str(ROOT / "cli.py"), "serve", "--port", str(port)]
        process = subprocess.Popen(command, env=os.environ | settings, stdout=log, stderr=log)
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(address, process, scratch)
            yield Served(address, process.pid)
        finally:
            process.terminate()
            process.wait(30)


def _wait(address: str, process: subprocess.Popen[bytes], scratch: Path) -> None:
    for _ in range(1200):
        if process.poll() is not None:
            raise SystemExit((scratch / "server.log").read_text())
        try:
            if httpx.get(f"{address}/readyz").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise SystemExit("the service didn't come up in two minutes")


def _overhead(served: Served, scratch: Path) -> None:
    """The same questions by the library, by the library with its record, and over HTTP, in turns, so that the machine's
    moods hit all alike.
    """
    settings = IndexSettings()
    corpus = load_corpus(settings.corpus, settings.asked_as)
    qa = PolicyQa(corpus, open_index(corpus, settings))
    records = open_records(f"sqlite:///{scratch / 'library.db'}")
    recorded = RecordedAnswers(LiveQa(qa), records.exchanges, records.pins)
    questions = [q.question for q in read_questions(ROOT / "eval/questions/dev.jsonl") if not q.history]
    with httpx.Client(base_url=served.address) as client:
        ways: list[Callable[[str], object]] = [
            qa.ask, recorded.ask, lambda question: client.post("/api/ask", json={"question": question}).raise_for_status(),
        ]  # fmt: skip
        took = [_timed(ways, questions[i % len(questions)]) for i in range(_PAIRS + 20)][20:]
    records.close()
    library, kept, http = (statistics.median(row[way] for row in took) for way in range(3))
    added = statistics.median(row[2] - row[1] for row in took)
    print(
        f"one client, {_PAIRS} questions, medians: the library {library:.1f} ms, with its record {kept:.1f} ms, over HTTP "
        f"{http:.1f} ms; HTTP adds {added:.1f} ms (target 5)",
        flush=True,
    )


def _timed(ways: Sequence[Callable[[str], object]], question: str) -> list[float]:
    """Milliseconds that each way takes."""
    rows = []
    for way in ways:
        started = time.perf_counter()
        way(question)
        rows.append((time.perf_counter() - started) * 1000)
    return rows


def _asking(served: Served, scratch: Path, seconds: int) -> int:
    row = _locust(served, scratch, "Asking", seconds)
    print(
        f"{_CLIENTS} clients asking for {seconds} s: {float(row['Requests/s']):.0f} answers/s (target 60), median "
        f"{row['50%']} ms, p95 {row['95%']} ms (target 800), {row['Failure Count']} failed of {row['Request Count']}",
        flush=True,
    )
    return int(row["Failure Count"])


def _mixed(served: Served, scratch: Path, minutes: float) -> int:
    warm = _locust(served, scratch, "Everything", _WARM_UP)
    before = served.memory
    row = _locust(served, scratch, "Everything", minutes * 60)
    grown = served.memory / before - 1
    failed = int(warm["Failure Count"]) + int(row["Failure Count"])
    print(
        f"{_CLIENTS} clients of mixed load for {minutes:g} min after {_WARM_UP} s: {before:.0f} MiB before, "
        f"{served.memory:.0f} MiB after ({grown:+.1%}, target +5 %); {row['Request Count']} requests, p95 {row['95%']} ms, "
        f"{failed} failed",
        flush=True,
    )
    return failed


def _locust(served: Served, scratch: Path, kind: str, seconds: float) -> dict[str, str]:
    """The last row of locust's own statistics."""
    table = scratch / kind
    subprocess.run(
        [
            sys.executable, "-m", "locust", "-f", str(_LOCUSTFILE), kind, "--headless", "-u", str(_CLIENTS), "-r",
            str(_CLIENTS), "-t", f"{seconds:.0f}s", "--host", served.address, "--csv", str(table), "--only-summary",
            "--loglevel", "ERROR",
        ],
        check=False, capture_output=True,
    )  # fmt: skip
    with Path(f"{table}_stats.csv").open(newline="") as file:
        return list(csv.DictReader(file))[-1]


if __name__ == "__main__":
    sys.exit(main())
