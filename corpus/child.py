"""The process that reads documents for `corpus.trial`: bytes in, JSON out, with bounds that the system holds."""

from __future__ import annotations

import json
import resource
import struct
import sys
from typing import IO

from corpus.archives import archive_from, is_archive, packed
from corpus.bounds import MAX_BYTES
from corpus.errors import CorpusError
from corpus.source import Source, document_from
from corpus.written import written

LENGTH = struct.Struct(">Q")
DOCUMENT, ARCHIVE, REFUSED = b"D", b"A", b"R"
_MEMORY = 2**30  # bytes of address space


def serve(requests: IO[bytes], replies: IO[bytes]) -> None:
    """Answers one request after another until there are no more."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while head := _frame(requests):
        name, seconds, has_metadata = json.loads(head)
        data = _frame(requests)
        beside = _frame(requests)
        _allow(seconds)
        send(replies, _reply(Source(name, data, beside if has_metadata else None)))


def _reply(source: Source) -> bytes:
    try:
        if is_archive(source.name):
            return ARCHIVE + packed(archive_from(source))
        return DOCUMENT + written(document_from(source))
    except CorpusError as error:
        return REFUSED + json.dumps([type(error).__name__, str(error)]).encode("ascii")


def _allow(seconds: float) -> None:
    """So much more processor time, then the system ends this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def send(stream: IO[bytes], *frames: bytes) -> None:
    for frame in frames:
        stream.write(LENGTH.pack(len(frame)))
        stream.write(frame)
    stream.flush()


def receive(stream: IO[bytes], most: int = MAX_BYTES) -> bytes | None:
    """The next frame; None when the other side has gone, or wants to send more than `most` bytes."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    if length > most:
        return None
    frame = stream.read(length)
    return frame if len(frame) == length else None


def _frame(stream: IO[bytes]) -> bytes:
    return receive(stream) or b""


def main() -> None:
    serve(sys.stdin.buffer, sys.stdout.buffer)
