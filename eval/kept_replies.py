"""What a benchmark asks in a model's stead: a folder through which somebody answers, or a recording of that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from eval.recording import PATIENT, About, Recorder, RecordingError, Replay
from rag.llm.types import LanguageModel, Limits

_AT_ONCE = 64  # questions that wait for replies at the same time, so that whoever answers has a batch


@dataclass(frozen=True)
class KeptReplies:
    """`ended` is called once all is asked: it writes what there is to write, and names what is missing or stale."""

    folder: Path
    model: LanguageModel
    limits: Limits
    at_once: int
    ended: Callable[[], tuple[str, ...]]
    manifest: Callable[[], dict[str, Any]]


def kept_replies(record: Path | None, replay: Path | None, model: str = "", note: str = "") -> KeptReplies | None:
    """None where neither folder is given. Raises RecordingError."""
    if record and replay:
        raise RecordingError("--record and --replay don't go together. Give one of them.")
    if record:
        if not model:
            raise RecordingError("--record needs --model NAME: a recording says who answered.")
        about = About(model, datetime.now(UTC).date().isoformat(), note)
        recorder = Recorder(record, about)

        def written() -> tuple[str, ...]:
            recorder.finish()
            return ()

        return KeptReplies(record, recorder, PATIENT, _AT_ONCE, written, lambda: {"recording": asdict(about)})
    if replay:
        replayed = Replay(replay)

        def said() -> dict[str, Any]:
            return {"recording": asdict(replayed.about), "unrecorded": list(replayed.missing)}

        return KeptReplies(replay, replayed, Limits(), 1, lambda: replayed.faults, said)
    return None
