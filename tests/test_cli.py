"""The `policyqa` command as a whole: options, exit statuses, one line for every error, and the shell around it."""

from __future__ import annotations

import errno
import json
import signal
import subprocess
import time
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import pytest

import cli
from commands.converse import PROMPT
from commands.exits import CommandError
from corpus.errors import CorpusError, MetadataError, UnreadableTextError
from index.errors import DamagedIndexError, EmbedderError, IndexStoreError, MissingIndexError, StaleIndexError
from index.version import VERSION
from rag.errors import BlankQuestionError, UnknownFilterError
from tests.terminal import PolicyQaCommand, command, environment

NAMES = [name for name, *_ in cli.COMMANDS]


def failing(error: BaseException) -> Callable[[Namespace], int]:
    def run(options: Namespace) -> int:  # noqa: ARG001 - as every command's
        raise error

    return run


def test_the_version_is_printed(policyqa: PolicyQaCommand) -> None:
    ended = policyqa("--version")
    assert (ended.status, ended.out, ended.err) == (0, f"policyqa {VERSION}\n", "")


def test_help_lists_every_command(policyqa: PolicyQaCommand) -> None:
    ended = policyqa("--help")
    assert (ended.status, ended.err) == (0, "")
    listed = [line.split()[0] for line in ended.out.splitlines() if line.startswith("    ")]
    assert [name for name in listed if name in NAMES] == NAMES


def test_the_commands_of_the_first_issues_are_there() -> None:
    assert {"ask", "search", "documents", "show", "parse", "index", "eval"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_its_help(name: str, policyqa: PolicyQaCommand) -> None:
    ended = policyqa(name, "--help")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith(f"usage: policyqa {name}")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("asks",), "asks"),
        (("",), "invalid choice"),
        (("虹口区在线金融由谁负责",), "虹口区在线金融由谁负责"),
        (("\udcff",), "invalid choice"),
        (("--nope",), "--nope"),
        (("ask", "谁？", "--nope"), "--nope"),
        (("ask", "谁", "负责"), "负责"),
        (("ask", "--batch"), "--batch"),
        (("ask", "谁？", "--as-of"), "--as-of"),
        (("search",), "words"),
        (("show",), "document"),
        (("show", "law", "第一条", "x"), "x"),
        (("parse",), "file"),
        (("parse", "a.txt", "b.txt"), "b.txt"),
        (("documents", "x"), "x"),
        (("eval", "--questions"), "--questions"),
    ],
)
def test_wrong_use_is_one_line_that_says_where_help_is(
    arguments: tuple[str, ...], words: str, policyqa: PolicyQaCommand
) -> None:
    ended = policyqa(*arguments)
    assert (ended.status, ended.out) == (2, "")
    assert words in ended.complaint
    assert "--help" in ended.complaint


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (CommandError("a check failed.", 1), 1, "a check failed."),
        (BlankQuestionError(), 2, "the question is blank"),
        (UnknownFilterError("jurisdiction", "杨浦区", ["虹口区"]), 2, "杨浦区"),
        (CorpusError("no policies here."), 3, "no policies here."),
        (UnreadableTextError("a.txt: no such file."), 3, "a.txt"),
        (MetadataError("a.toml: `title` is missing."), 3, "a.toml"),
        (IndexStoreError("store: can't be written."), 3, "can't be written"),
        (MissingIndexError("store: no index."), 3, "no index"),
        (StaleIndexError("store: other texts."), 3, "other texts"),
        (DamagedIndexError("store: damaged."), 3, "damaged"),
        (EmbedderError("no model."), 3, "no model."),
        (PermissionError(errno.EACCES, "Permission denied", "out.jsonl"), 3, "out.jsonl: Permission denied"),
        (OSError(errno.ENOSPC, "No space left on device"), 3, "No space left on device"),
        (OSError("12 requested and 0 written"), 3, "12 requested and 0 written"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_an_error_is_one_line_and_its_exit_status(
    error: Exception, status: int, words: str, policyqa: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "COMMANDS", (("fail", "fails", lambda _: None, failing(error)),))
    ended = policyqa("fail")
    assert (ended.status, ended.out) == (status, "")
    assert ended.complaint.startswith("policyqa: ")
    assert words in ended.complaint


def test_ctrl_c_is_130_without_a_word(policyqa: PolicyQaCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "COMMANDS", (("fail", "fails", lambda _: None, failing(KeyboardInterrupt())),))
    ended = policyqa("fail")
    assert (ended.status, ended.out, ended.err) == (130, "", "")


# From here on in a process of its own, as a shell starts it.


def test_without_a_terminal_the_three_examples_are_answered(store: Path) -> None:
    done = subprocess.run(
        command(),
        check=False,
        env=environment(store),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.startswith(PROMPT) for line in done.stdout.splitlines()].count(True) == 3


@pytest.mark.parametrize(
    "arguments",
    [("show", "jiading-2021", "--json"), ("documents",), ("--help",)],
    ids=["much output", "little output", "help"],
)
def test_a_reader_that_stops_reading_is_no_error_to_complain_of(arguments: tuple[str, ...], store: Path) -> None:
    process = subprocess.Popen(
        command(*arguments), env=environment(store), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    with process.stderr:
        complaint = process.stderr.read().decode()
    assert process.wait() in (0, 3)
    assert complaint == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here that is always full")
def test_output_that_cant_be_written_is_one_line(store: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command("documents"), check=False, env=environment(store), stdout=full, stderr=subprocess.PIPE, text=True
        )
    (line,) = done.stderr.splitlines()
    assert done.returncode == 3
    assert "No space left" in line


def test_output_is_utf8_where_the_locale_is_not(store: Path) -> None:
    ascii_only = environment(store, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    done = subprocess.run(command("documents"), check=False, env=ascii_only, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "虹口区人民政府" in done.stdout.decode("utf-8")


@pytest.mark.skipif(signal.getsignal(signal.SIGINT) is signal.SIG_IGN, reason="started where Ctrl-C is ignored")
def test_ctrl_c_keeps_a_batchs_answers_and_resume_goes_on(
    store: Path, policyqa: PolicyQaCommand, tmp_path: Path
) -> None:
    source, target = tmp_path / "IN.jsonl", tmp_path / "OUT.jsonl"
    count = 400
    source.write_text(
        "".join(json.dumps({"id": n, "question": "虹口区科委负责哪些任务？"}) + "\n" for n in range(count)),
        encoding="utf-8",
    )
    arguments = ("ask", "--batch", str(source), "--out", str(target))
    process = subprocess.Popen(
        command(*arguments), env=environment(store), stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    while process.poll() is None and not (target.exists() and target.stat().st_size):
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate()
    kept = target.read_bytes()
    assert process.returncode == 130
    assert len(complaint.splitlines()) == 1
    assert "--resume" in complaint
    assert 0 < kept.count(b"\n") < count
    assert policyqa(*arguments, "--resume").status == 0
    rows = [json.loads(line) for line in target.read_bytes().split(b"\n")[:-1]]
    assert [row["id"] for row in rows] == list(range(count))
    assert target.read_bytes().startswith(kept[: kept.rfind(b"\n") + 1])
