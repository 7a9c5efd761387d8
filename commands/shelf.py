"""`policyqa add`, `replace`, `retire`, `remove` and `diff`: documents put in, taken away and compared, each told what became of it."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path

from commands.environment import settings_from
from commands.exits import NOTHING, OK, CommandError
from commands.output import as_line, complain
from commands.progress import Progress
from corpus.archives import ARCHIVES
from corpus.load import load_corpus, load_document
from corpus.readers import READERS
from corpus.script import simplify
from corpus.source import source_at
from corpus.today import today
from corpus.types import Corpus, Document
from index.settings import IndexSettings
from records.changes import Change, changes_between, marked
from records.delivery import Delivery, Fate, Received, looked_through, received_json
from records.errors import NotFoundError, ShelfError, UnusableError
from records.shelf import Shelf

_FATES: tuple[Fate, ...] = ("added", "changed", "unchanged", "known", "skipped", "refused")
_SIGNS = {"added": "+", "dropped": "-", "changed": "~", "moved": ">"}
_SHOWN = 100  # characters of a clause


def configure_add(parser: ArgumentParser) -> None:
    kinds = ", ".join((*READERS, *ARCHIVES))
    parser.add_argument("paths", nargs="+", type=Path, help=f"files ({kinds}) or folders of them")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
    parser.add_argument("--json", action="store_true", help="print one object a line")


def configure_replace(parser: ArgumentParser) -> None:
    parser.add_argument("document", help="a document's id (see: policyqa documents)")
    parser.add_argument("file", type=Path, help="its new text")


def configure_remove(parser: ArgumentParser) -> None:
    parser.add_argument("document", help="a document's id (see: policyqa documents)")


def configure_retire(parser: ArgumentParser) -> None:
    parser.add_argument("document", help="a document's id (see: policyqa documents)")
    parser.add_argument("--on", type=_day, default=None, help="the day from which it no longer holds (default: today)")


def configure_diff(parser: ArgumentParser) -> None:
    parser.add_argument("document", help="a document's id (see: policyqa documents)")
    parser.add_argument("other", help="another one's id, or a file")
    parser.add_argument("--json", action="store_true", help="print one object a line")


def run_add(options: Namespace) -> int:
    settings = settings_from()
    for path in options.paths:
        if not path.exists():
            raise CommandError(f"{path}: no such file or folder.", NOTHING)
    with Progress("reading", None) as progress:
        delivery = looked_through(options.paths, _corpus(settings), settings, progress.update)
    if delivery.sources and not options.dry_run:
        _changing(lambda shelf: shelf.put_all(delivery), settings)
    for one in delivery.received:
        print(as_line(received_json(one)) if options.json else _line(one))
    if not options.json:
        print(_total(delivery, options.dry_run))
    return NOTHING if delivery.count("refused") else OK


def run_replace(options: Namespace) -> int:
    settings = settings_from()
    before = _document(_corpus(settings), options.document)
    if not options.file.is_file():
        raise CommandError(f"{options.file}: no such file.", NOTHING)
    new = source_at(options.file)
    _changing(lambda shelf: shelf.put(options.document, options.file.suffix, new.data, new.beside), settings)
    _print(changes_between(before, _document(_corpus(settings), options.document)), as_json=False)
    return OK


def run_remove(options: Namespace) -> int:
    settings = settings_from()
    _changing(lambda shelf: shelf.remove(options.document), settings)
    complain(f"{options.document} is out; its files are in {settings.store / 'removed'}.")
    return OK


def run_retire(options: Namespace) -> int:
    day = options.on or today()
    _changing(lambda shelf: shelf.retire(options.document, day), settings_from())
    complain(f"{options.document} no longer holds from {day} on.")
    return OK


def run_diff(options: Namespace) -> int:
    """1 where nothing differs."""
    corpus = _corpus(settings_from())
    before = _document(corpus, options.document)
    other = Path(options.other)
    after = load_document(other) if other.is_file() else _document(corpus, options.other)
    rows = changes_between(before, after)
    _print(rows, options.json)
    return OK if rows else NOTHING


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise ArgumentTypeError(f"{words!r} is no day such as 2026-01-31") from None


class _Nobody:
    """Nobody has the texts open but this command. A service that runs is told by `POST /api/reload`."""

    def reload(self) -> None:
        return


def _changing(change: Callable[[Shelf], object], settings: IndexSettings) -> None:
    try:
        change(Shelf(settings, _Nobody()))
    except NotFoundError as error:
        raise CommandError(f"{error} See: policyqa documents", NOTHING) from None
    except (UnusableError, ShelfError) as error:
        raise CommandError(str(error)) from None


def _corpus(settings: IndexSettings) -> Corpus:
    return load_corpus(settings.corpus, settings.asked_as, settings.readings)


def _document(corpus: Corpus, document_id: str) -> Document:
    found = corpus.document(document_id)
    if found is None:
        raise CommandError(
            f"no document {document_id!r}. There are: {', '.join(d.id for d in corpus.documents)}.", NOTHING
        )
    return found


def _line(one: Received) -> str:
    about = f" -> {one.document_id}" if one.fate in ("added", "changed") else ""
    reason = f": {one.reason}" if one.reason else ""
    return "\n".join([f"{one.fate:<9} {one.name}{about}{reason}", *(f"          ! {row}" for row in one.warnings)])


def _total(delivery: Delivery, is_dry: bool) -> str:
    counts = [f"{count} {fate}" for fate in _FATES if (count := delivery.count(fate))]
    total = f"{len(delivery.received)} file{'' if len(delivery.received) == 1 else 's'}"
    return f"{total}: {', '.join(counts) or 'none'}{'; nothing was changed' if is_dry else ''}"


def _print(rows: list[Change], as_json: bool) -> None:
    for row in rows:
        if as_json:
            print(
                as_line({"kind": row.kind, "before": row.before, "after": row.after, "was": row.was, "is": row.becomes})
            )
            continue
        path = row.after or row.before
        moved = f"  (was {row.before})" if row.kind == "moved" else ""
        words = marked(row.was, row.becomes) if row.kind == "changed" else row.becomes or row.was
        print(f"{_SIGNS[row.kind]} {path}{moved}  {_short(words)}")
    if not as_json:
        print(f"{len(rows)} clauses differ" if rows else "no clause differs")


def _short(text: str) -> str:
    words = " ".join(simplify(text).split())
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
