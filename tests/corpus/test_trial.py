"""Documents read in a process of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus import child
from corpus.errors import MetadataError, UnreadableTextError
from corpus.source import Source, document_from, source_at
from corpus.trial import TimedOutError, Trial
from index.settings import ROOT

GOOD = Source("good.txt", "一、甲。做好。\n".encode())
SLOW = Source("slow.txt", "一、甲。（责任部门：区科委）\n".encode() * 19_000)


@pytest.mark.parametrize("path", sorted((ROOT / "corpus" / "policies").glob("*.txt")), ids=lambda path: path.stem)
def test_a_document_is_the_same_as_read_here(path: Path) -> None:
    with Trial() as trial:
        assert trial.read(source_at(path)) == document_from(source_at(path))


def test_odd_characters_come_through() -> None:
    source = Source(
        "odd.txt", "一、\u2028甲\x85乙\ue000𠮷\0".encode(), 'title = "\u2029"\nimplements = ["甲"]\n'.encode()
    )
    with Trial() as trial:
        assert trial.read(source) == document_from(source)


def test_what_is_wrong_is_said_as_if_read_here() -> None:
    with Trial() as trial:
        with pytest.raises(UnreadableTextError, match=r"^bad\.txt, line 1: byte 0xff"):
            trial.read(Source("bad.txt", b"\xff\xff"))
        with pytest.raises(MetadataError, match=r"^good\.toml: `title` is missing"):
            trial.read(Source("good.txt", GOOD.data, b""))
        assert trial.read(GOOD).id == "good"


def test_a_text_that_takes_too_long_is_ended_and_the_next_is_read() -> None:
    with Trial(seconds=0.0, seconds_a_megabyte=0.0) as trial:
        started = time.monotonic()
        with pytest.raises(TimedOutError, match=r"^slow\.txt: not read within 0 s of work"):
            trial.read(SLOW)
        assert time.monotonic() - started < 10
        assert trial._process is None
    with Trial() as trial:
        assert trial.read(GOOD).id == "good"


def test_a_process_that_dies_is_replaced() -> None:
    with Trial() as trial:
        trial.read(GOOD)
        assert trial._process is not None
        trial._process.kill()
        trial._process.wait()
        with pytest.raises(TimedOutError, match=r"^good\.txt: "):
            trial.read(GOOD)
        assert trial.read(GOOD).id == "good"


def test_a_text_that_wants_too_much_memory_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    program = "import corpus.child; corpus.child._MEMORY = 2**20; corpus.child.main()"
    monkeypatch.setattr("corpus.trial._PROGRAM", f"import json, sys; sys.path[:] = json.loads(sys.argv[1]); {program}")
    with Trial() as trial, pytest.raises(TimedOutError, match=r"slow\.txt: .*too much memory"):
        trial.read(SLOW)


def test_no_setting_and_no_key_goes_to_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_LLM_API_KEY", "secret")
    with Trial() as trial:
        trial.read(GOOD)
        assert trial._process is not None
        assert b"secret" not in Path(f"/proc/{trial._process.pid}/environ").read_bytes()


def test_the_process_ends_with_its_block() -> None:
    with Trial() as trial:
        trial.read(GOOD)
        assert trial._process is not None
        number = trial._process.pid
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_the_process_starts_without_the_models() -> None:
    assert not {"torch", "numpy", "faiss"} & set(vars(child))


def test_the_process_finds_this_code_wherever_it_was_started_from(tmp_path: Path) -> None:
    """An installed command has none of the folders on its path in which the tests find the packages."""
    (tmp_path / "办法.txt").write_text("试行办法\n一、由区科委负责。\n", encoding="utf-8")
    program = (
        "import sys; sys.path[:] = [p for p in sys.path if 'site-packages' in p or 'lib/python' in p or p.endswith('.zip')];"
        "import importlib.util as u; s = u.spec_from_file_location('corpus', sys.argv[1], submodule_search_locations=[sys.argv[2]]);"
        "m = u.module_from_spec(s); sys.modules['corpus'] = m; s.loader.exec_module(m);"
        "from pathlib import Path; from corpus.load import load_document; print(len(load_document(Path(sys.argv[3])).nodes))"
    )
    folder = ROOT / "corpus"
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder / "__init__.py"), str(folder), str(tmp_path / "办法.txt")],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "2\n"), done.stderr
