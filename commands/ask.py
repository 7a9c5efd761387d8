"""`policyqa ask`: one question, answered for a person or as the answer object."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from commands.batch import run_batch
from commands.environment import open_answers, settings_from
from commands.exits import NOTHING, OK, WRONG_USE, CommandError
from commands.output import as_line
from commands.render import answer_text, plan_lines
from rag.answer import PolicyQa
from rag.types import Answer, Filters
from rag.wire import as_json, event_json


def add_filters(parser: ArgumentParser) -> None:
    """The options that `ask` and `search` share."""
    parser.add_argument("--jurisdiction", metavar="PLACE", help="only this place's documents, such as 虹口区")
    parser.add_argument("--document-id", metavar="ID", help="only this document (see: policyqa documents)")
    parser.add_argument("--department", metavar="NAME", help="only clauses that give this body a task, such as 区科委")
    parser.add_argument("--as-of", metavar="YYYY-MM-DD", help="judge validity at this day instead of today")


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("question", nargs="?", help="what you want to know")
    parser.add_argument("--json", action="store_true", help="print the answer object")
    parser.add_argument(
        "--explain", action="store_true", help="also print what was looked up, and how sure its kind was"
    )
    parser.add_argument(
        "--stream", action="store_true", help="print the answer as it comes about; with --json, an event a line"
    )
    parser.add_argument("--batch", type=Path, metavar="IN.jsonl", help="answer a file, one question a line")
    parser.add_argument("--out", type=Path, metavar="OUT.jsonl", help="where the batch's answers go")
    parser.add_argument("--resume", action="store_true", help="go on with an interrupted batch")
    parser.add_argument("--force", action="store_true", help="overwrite an existing OUT")
    add_filters(parser)


def run(options: Namespace) -> int:
    """Raises CommandError for wrong use."""
    filters, as_of = filters_of(options), day_of(options.as_of)
    if options.batch is not None:
        if options.stream:
            raise CommandError("--stream goes with one question, not with --batch.", WRONG_USE)
        if options.question is not None:
            raise CommandError("give either a question or --batch, not both.", WRONG_USE)
        return run_batch(options.batch, options.out, options.resume, options.force, filters, as_of)
    if options.stream and options.question and options.question.strip():
        return stream_answer(open_answers(settings_from()), options.question, filters, as_of, options.json)
    for name in ("out", "resume", "force"):
        if getattr(options, name):
            raise CommandError(f"--{name} goes with --batch.", WRONG_USE)
    if options.question is None or not options.question.strip():
        raise CommandError('nothing was asked. Put the question in quotes: policyqa ask "问题"', WRONG_USE)
    answer = open_answers(settings_from()).ask(options.question, filters=filters, as_of=as_of)
    print(as_line(as_json(answer)) if options.json else answer_text(answer))
    if options.explain and not options.json:
        print("\n".join(plan_lines(answer)))
    return status_of(answer)


def stream_answer(qa: PolicyQa, question: str, filters: Filters, as_of: date | None, as_events: bool) -> int:
    """Prints words as they come; what the check takes back is said, and the answer as it stands follows whole."""
    taken_back = False
    for event in qa.stream(question, filters=filters, as_of=as_of):
        if as_events:
            print(as_line(event_json(event)), flush=True)
        elif event.kind == "delta":
            print(event.data["text"], end="", flush=True)
        elif event.kind == "verify" and not event.data["ok"] and event.data["end"] > event.data["start"]:
            taken_back = True
            print("（此句未通过核对，已撤回）", end="", flush=True)
        if event.kind == "done":
            answer: Answer = event.data["answer"]
            if not as_events:
                print("\n" + (answer_text(answer) if taken_back else answer_text(answer, with_answer=False)))
    return status_of(answer)


def status_of(answer: Answer) -> int:
    return NOTHING if answer.status == "refused" else OK


def filters_of(options: Namespace) -> Filters:
    return Filters(options.jurisdiction, options.document_id, options.department)


def day_of(words: str | None) -> date | None:
    """Raises CommandError (2) for words that are no day."""
    if words is None:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise CommandError(f"{words!r} is no day. Write it as 2021-06-01.", WRONG_USE) from None
