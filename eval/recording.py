"""A capable model's replies kept on disk, by the prompt they answer: asked for through a folder, replayed offline and free.

In a recording's folder: `in/<key>.json` a request that waits ({"messages"}), `out/<key>.txt` its reply, put there by
whoever answers; and once a run has ended `recording.json` (model, date, note) and `replies.jsonl` ({"key", "reply"}),
which are all that a replay reads.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from pathlib import Path

from rag.llm.types import Limits, Message, ModelError

ABOUT, REPLIES = "recording.json", "replies.jsonl"
ASKED: ContextVar[str] = ContextVar("asked", default="")  # the question that is being answered, by id
PATIENT = Limits(first=86400.0, idle=86400.0, total=86400.0)  # whoever answers takes his time
_SETTLED = 1.0  # seconds for which a reply hasn't changed
_LOOK = 0.3  # seconds between two looks
_KEY = 24  # hex digits


class RecordingError(Exception):
    """A recording can't be read; the message says what is missing."""


@dataclass(frozen=True)
class About:
    """Who answered, and when."""

    model: str
    date: str
    note: str = ""


def key_of(messages: Sequence[Message]) -> str:
    """The prompt's digest."""
    rows = [[message.role, message.content] for message in messages]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()[:_KEY]


class Recorder:
    """A language model whose requests are files: each waits until its reply is there."""

    def __init__(self, folder: Path, about: About) -> None:
        """Replies that an earlier run has got are used again."""
        self._folder, self._about = folder, about
        self._asked: dict[str, None] = {}
        self._lock = threading.Lock()
        (folder / "in").mkdir(parents=True, exist_ok=True)
        (folder / "out").mkdir(exist_ok=True)
        self._known = replies_in(folder) if (folder / REPLIES).exists() else {}

    @property
    def name(self) -> str:
        return self._about.model

    def stream(self, messages: Sequence[Message], limits: Limits) -> _Waiting:  # noqa: ARG002 - as long as it takes
        key = key_of(messages)
        with self._lock:
            self._asked[key] = None
        if key not in self._known and not self._out(key).exists():
            self._request(key, messages)
        return _Waiting(self._known.get(key), self._out(key))

    def _out(self, key: str) -> Path:
        return self._folder / "out" / f"{key}.txt"

    def _request(self, key: str, messages: Sequence[Message]) -> None:
        """Written beside and moved, so that it is never seen half."""
        path = self._folder / "in" / f"{key}.json"
        part = path.with_name(f"{key}.{threading.get_ident()}.part")
        body = {"key": key, "question": ASKED.get(), "messages": [asdict(message) for message in messages]}
        part.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        part.replace(path)

    def finish(self) -> int:
        """Writes what a replay reads; how many replies it has. Those that this run didn't ask for are left out."""
        rows = {key: self._known.get(key) or self._out(key).read_text(encoding="utf-8").strip() for key in self._asked}
        lines = [json.dumps({"key": key, "reply": rows[key]}, ensure_ascii=False) for key in sorted(rows)]
        (self._folder / REPLIES).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        about = json.dumps(asdict(self._about), ensure_ascii=False, indent=1)
        (self._folder / ABOUT).write_text(about + "\n", encoding="utf-8")
        return len(rows)


class _Waiting:
    """The reply to one request, known or still to come."""

    def __init__(self, known: str | None, path: Path) -> None:
        self._known, self._path = known, path
        self._closed = False

    def __iter__(self) -> Iterator[str]:
        if self._known is not None:
            yield self._known
            return
        while not self._is_there():
            if self._closed:
                return
            time.sleep(_LOOK)
        yield self._path.read_text(encoding="utf-8").strip()

    def _is_there(self) -> bool:
        try:
            return time.time() - self._path.stat().st_mtime >= _SETTLED
        except OSError:
            return False

    def close(self) -> None:
        self._closed = True


class Replay:
    """A language model that only knows a recording's replies, and keeps count of the prompts that it has none for."""

    def __init__(self, folder: Path) -> None:
        """Raises RecordingError."""
        self.about = about_in(folder)
        self._replies = replies_in(folder)
        self._used: set[str] = set()
        self._missing: dict[str, str] = {}
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return f"{self.about.model} ({self.about.date})"

    def stream(self, messages: Sequence[Message], limits: Limits) -> _Said:  # noqa: ARG002 - it takes no time
        key = key_of(messages)
        with self._lock:
            if key in self._replies:
                self._used.add(key)
            else:
                self._missing[key] = ASKED.get()
        return _Said(self._replies.get(key))

    @property
    def faults(self) -> tuple[str, ...]:
        """A line a prompt without a reply, by question, and one for the replies that nothing asked for."""
        rows = [f"{question or '?'}: no reply is recorded for {key}" for key, question in self._missing.items()]
        stale = len(self._replies) - len(self._used)
        return (*rows, *([f"{stale} recorded replies answer no prompt of this run"] if stale else []))

    @property
    def missing(self) -> tuple[str, ...]:
        """The questions that were answered without a reply that they asked for."""
        return tuple(dict.fromkeys(self._missing.values()))


@dataclass
class _Said:
    reply: str | None

    def __iter__(self) -> Iterator[str]:
        if self.reply is None:
            raise ModelError("refused_request", "not recorded")
        yield self.reply

    def close(self) -> None:
        """Nothing is open."""


def about_in(folder: Path) -> About:
    """Raises RecordingError."""
    try:
        return About(**json.loads((folder / ABOUT).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise RecordingError(f"{folder / ABOUT}: no recording ({error}). Make one with --record.") from None


def replies_in(folder: Path) -> dict[str, str]:
    """By key. Raises RecordingError."""
    try:
        lines = (folder / REPLIES).read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
        return {row["key"]: row["reply"] for row in rows}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RecordingError(f"{folder / REPLIES}: can't be read ({error}). Make it again with --record.") from None
