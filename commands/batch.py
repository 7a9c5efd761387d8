"""`policyqa ask --batch`: a question a line in, an answer object a line out, in the same order."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from commands.environment import open_answers, settings_from
from commands.exits import OK, WRONG_USE, CommandError
from commands.output import as_line
from commands.progress import Progress
from corpus.readers.rows_encoding import encoding_of_rows
from rag.answer import PolicyQa
from rag.errors import UnknownFilterError
from rag.types import Filters, Turn
from rag.wire import as_json

_MOST_BYTES = 256 * 2**20  # of a batch, which is held in memory
FILTERS = ("jurisdiction", "document_id", "department")


@dataclass(frozen=True)
class BadLineError(Exception):
    """A line that can't be asked; `reason` is the error object's code."""

    reason: str
    message: str
    question_id: Any = None


def run_batch(
    source: Path, target: Path | None, resume: bool, force: bool, filters: Filters, as_of: date | None
) -> int:
    """Answers every line of `source` into `target`; a line that can't be read gets an error object."""
    if target is None:
        raise CommandError("--batch needs --out OUT.jsonl.", WRONG_USE)
    if resume and force:
        raise CommandError("--resume keeps what is there and --force overwrites it: give one of them.", WRONG_USE)
    lines = list(_lines(source))
    if target.exists() and target.samefile(source):
        raise CommandError(f"{target} is the file of questions. Give the answers another name.", WRONG_USE)
    done, errors = _kept_answers(target, resume, force)
    if done > len(lines):
        raise CommandError(
            f"{target}: has {done} answers, {source} only {len(lines)} questions. Is it this batch's?", WRONG_USE
        )
    qa = open_answers(settings_from())
    try:
        with target.open("ab" if done else "wb") as out, Progress("answering", len(lines)) as progress:
            for number, line in lines[done:]:
                answer = _answered(number, line, qa, filters, as_of)
                errors += answer["status"] == "error"
                _write(out, answer)
                done += 1
                progress.update(done)
    except OSError as error:
        raise CommandError(
            f"{target}: can't be written ({error.strerror}). Free space, then run again with --resume."
        ) from None
    except KeyboardInterrupt:
        print(f"policyqa: stopped after {done} of {len(lines)}. Go on with --resume.", file=sys.stderr)
        raise
    print(f"policyqa: {len(lines)} questions answered into {target}, {errors} of them error lines.", file=sys.stderr)
    return OK


def _lines(source: Path) -> Iterator[tuple[int, bytes]]:
    """Numbered lines that aren't blank."""
    try:
        with source.open("rb") as file:  # a pipe as well: who names it waits for it
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{source}: can't be read ({error.strerror}). Check the path.") from None
    if len(data) > _MOST_BYTES:
        raise CommandError(f"{source}: longer than {_MOST_BYTES:,} bytes. Split the batch.", WRONG_USE)
    for number, line in enumerate(_in_utf8(source, data).split(b"\n"), start=1):
        if line.strip():
            yield number, line


def _in_utf8(source: Path, data: bytes) -> bytes:
    """The batch as UTF-8, whatever it was written in; what isn't text stays as it is, for its line to be named."""
    encoding, mark = encoding_of_rows(data)
    if encoding == "utf-8":
        return data[mark:]
    try:
        return data[mark:].decode(encoding).encode("utf-8")
    except UnicodeDecodeError as error:
        raise CommandError(f"{source}: can't be read ({error}). Save it as UTF-8.") from None


def _kept_answers(target: Path, resume: bool, force: bool) -> tuple[int, int]:
    """How many whole answers are in `target`, and how many errors; a line cut short by the interruption is dropped."""
    if not target.exists() or force:
        return 0, 0
    if not resume:
        raise CommandError(f"{target} exists. Overwrite it with --force, or go on with --resume.", WRONG_USE)
    data = target.read_bytes()
    *rows, cut_short = data.split(b"\n")
    statuses = [_status(row) for row in rows]
    if None in statuses or not cut_short.startswith(b"{"[: len(cut_short)]):
        raise CommandError(f"{target}: holds something else than answers. Give --out another name.", WRONG_USE)
    whole = data[: len(data) - len(cut_short)]
    if cut_short:
        with target.open("r+b") as file:
            file.truncate(len(whole))
    return len(rows), statuses.count("error")


def _status(line: bytes) -> str | None:
    """The status of the answer on this line; None when it is no answer."""
    try:
        status = json.loads(line)["status"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return status if isinstance(status, str) else None


def _no_json(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON value")


def _answered(number: int, line: bytes, qa: PolicyQa, filters: Filters, as_of: date | None) -> dict[str, Any]:
    try:
        row = _row(line)
        asked = _filters(row, filters)
        answer = qa.ask(row["question"], _history(row), asked, _day(row, as_of))
        return {"id": row.get("id"), **as_json(answer)}
    except UnknownFilterError as error:
        bad = BadLineError("unknown_filter", str(error), row.get("id"))
    except BadLineError as error:
        bad = error
    except Exception as error:
        bad = BadLineError(
            "internal", f"a fault of policyqa ({type(error).__name__}); please report it.", row.get("id")
        )
    return {"id": bad.question_id, "line": number, "status": "error", "reason": bad.reason, "message": bad.message}


def _row(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8"), parse_constant=_no_json)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BadLineError("invalid_json", f"no valid JSON: {str(error).splitlines()[0][:120]}") from None
    if not isinstance(row, dict):
        raise BadLineError("invalid_json", "the line is no JSON object.")
    question_id = row.get("id")
    question = row.get("question")
    if not isinstance(question, str):
        raise BadLineError("missing_question", "the line has no `question` text.", question_id)
    if not question.strip():
        raise BadLineError("blank_question", "the question is blank.", question_id)
    return row


def _history(row: dict[str, Any]) -> tuple[Turn, ...]:
    turns = row.get("history") or []
    try:
        rows = tuple(Turn(turn["role"], turn["content"]) for turn in turns)
    except (TypeError, KeyError):
        raise BadLineError("invalid_history", "`history` must be a list of {role, content}.", row.get("id")) from None
    if any(turn.role not in ("user", "assistant") or not isinstance(turn.content, str) for turn in rows):
        raise BadLineError("invalid_history", "`role` must be user or assistant, `content` a text.", row.get("id"))
    return rows


def _filters(row: dict[str, Any], filters: Filters) -> Filters:
    given = {name: row[name] for name in FILTERS if row.get(name) is not None}
    if any(not isinstance(value, str) for value in given.values()):
        raise BadLineError("invalid_filter", "a filter must be a text.", row.get("id"))
    return replace(filters, **given)


def _day(row: dict[str, Any], as_of: date | None) -> date | None:
    words = row.get("as_of")
    if words is None:
        return as_of
    try:
        return date.fromisoformat(words)
    except (TypeError, ValueError):
        raise BadLineError(
            "invalid_as_of", f"`as_of` {words!r} is no day. Write it as 2021-06-01.", row.get("id")
        ) from None


def _write(out: BinaryIO, answer: dict[str, Any]) -> None:
    out.write(as_line(answer).encode("utf-8") + b"\n")
    out.flush()
