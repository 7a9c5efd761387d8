"""Reading a document on trial: in a process of its own, with bounded time and memory, so that no text can hold up ours."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.archives import Archive, archive_of
from corpus.bounds import MAX_REPLY_BYTES
from corpus.child import ARCHIVE, DOCUMENT, receive, send
from corpus.errors import CorpusError, MetadataError, UnreadableTextError
from corpus.source import Source
from corpus.types import Document
from corpus.written import document_of

SECONDS, SECONDS_A_MEGABYTE = 15.0, 25.0  # of processor time; a law of 100,000 characters takes four
_PATIENCE = 4  # times as long by the clock, for a machine that has other work
_ERRORS: dict[str, type[CorpusError]] = {error.__name__: error for error in (UnreadableTextError, MetadataError)}
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # threads that wait for one another cost its time
_PROGRAM = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from corpus.child import main; main()"


class TimedOutError(UnreadableTextError):
    """A document took more time or memory than any document needs."""


class Trial:
    """Reads one document after another; the process is started with the first and ended with the block."""

    def __init__(self, seconds: float = SECONDS, seconds_a_megabyte: float = SECONDS_A_MEGABYTE) -> None:
        self._seconds, self._more = seconds, seconds_a_megabyte
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, source: Source) -> Document:
        """The document, equal to what `document_from` makes of it.

        Raises UnreadableTextError or MetadataError, their words beginning with the file's name; TimedOutError where
        the process had to be ended. The next document gets a new one.
        """
        return document_of(self._reply(source, DOCUMENT))

    def unpack(self, source: Source) -> Archive:
        """What lies in the archive, equal to what `archive_from` makes of it. Raises as `read` does."""
        return archive_of(self._reply(source, ARCHIVE))

    def _reply(self, source: Source, expected: bytes) -> bytes:
        seconds = self._seconds + self._more * len(source.data) / 2**20
        process = self._started()
        clock = threading.Timer(seconds * _PATIENCE, process.kill)
        clock.start()
        try:
            reply = self._asked(process, source, seconds)
        finally:
            clock.cancel()
        if reply is None:
            raise TimedOutError(self._ended(process, source.name, seconds))
        if reply[:1] == expected:
            return reply[1:]
        kind, message = json.loads(reply[1:])
        raise _ERRORS.get(kind, CorpusError)(message)

    def close(self) -> None:
        """Ends the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(
                # alone: no site packages' start-up files, and no setting or key of ours
                [sys.executable, "-I", "-S", "-c", _PROGRAM, json.dumps(_paths())],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment(), cwd="/",
            )  # fmt: skip
        return self._process

    def _asked(self, process: subprocess.Popen[bytes], source: Source, seconds: float) -> bytes | None:
        """The reply; None when the process ended before it gave one."""
        assert process.stdin is not None
        assert process.stdout is not None
        head = json.dumps([source.name, seconds, source.beside is not None]).encode("ascii")
        try:
            send(process.stdin, head, source.data, source.beside or b"")
            return receive(process.stdout, MAX_REPLY_BYTES)
        except BrokenPipeError:
            return None

    def _ended(self, process: subprocess.Popen[bytes], name: str, seconds: float) -> str:
        status = process.wait() if process.poll() is not None else _killed(process)
        self.close()
        if status in (-signal.SIGXCPU, -signal.SIGKILL):
            return (
                f"{name}: not read within {seconds:.0f} s of work, which no document needs. Look at the file, mend or "
                "remove it, then run: policyqa index"
            )
        return (
            f"{name}: the process that read it ended ({status}), as when it asks for too much memory. Look at the "
            "file, mend or remove it, then run: policyqa index"
        )


def _killed(process: subprocess.Popen[bytes]) -> int:
    try:
        return process.wait(1)  # its pipes close a moment before it has ended
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _paths() -> list[str]:
    """Where this code lies, then what this process imports from: an editable install is found by neither alone."""
    return [str(Path(__file__).parents[1]), *map(os.path.abspath, sys.path)]


def _environment() -> dict[str, str]:
    """What a Python needs to start, and nothing that is secret."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL") if name in os.environ}
    return kept | _ONE_THREAD
