"""The `policyqa` command: reads the options, runs the subcommand, turns errors into one line and an exit status."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import NoReturn

from index import quiet  # noqa: F401 - first: what calls home is switched off before it is loaded

# isort: split
from commands import ask, converse, doctor, documents, entry_points, evaluate, index, keys, mcp, search, serve, shelf
from commands.exits import CANT, INTERRUPTED, OK, WRONG_USE, CommandError
from commands.output import complain, prepare_streams
from corpus.errors import CorpusError
from index.errors import IndexStoreError
from index.version import VERSION
from rag.errors import QuestionError

COMMANDS = (
    ("ask", "answer a question, or a file of them", ask.configure, ask.run),
    ("search", "ranked clauses, no answer", search.configure, search.run),
    ("documents", "the documents in the corpus", documents.configure_documents, documents.run_documents),
    ("list", "the documents in the corpus, as `documents`", documents.configure_documents, documents.run_documents),
    ("add", "put files, folders or archives of policies in", shelf.configure_add, shelf.run_add),
    ("replace", "put a document's new text in its place", shelf.configure_replace, shelf.run_replace),
    ("retire", "say that a document no longer holds", shelf.configure_retire, shelf.run_retire),
    ("remove", "take a document out", shelf.configure_remove, shelf.run_remove),
    ("diff", "what another text has otherwise, clause by clause", shelf.configure_diff, shelf.run_diff),
    ("show", "a document's outline, or a clause in its context", documents.configure_show, documents.run_show),
    ("parse", "the outline of any file, without indexing it", documents.configure_parse, documents.run_parse),
    ("index", "build or update the index", index.configure, index.run),
    (
        "entry-points",
        "everyday questions for a document's clauses, by the model",
        entry_points.configure,
        entry_points.run,
    ),
    ("eval", "the question benchmark", evaluate.configure, evaluate.run),
    ("serve", "the HTTP service", serve.configure, serve.run),
    ("keys", "API keys for staff and administrators", keys.configure, keys.run),
    ("mcp", "tools for language models, on standard input and output", mcp.configure, mcp.run),
    ("doctor", "what is set up, and whether the model answers", doctor.configure, doctor.run),
)


class _Parser(ArgumentParser):
    """Wrong use is one line, as every error is."""

    def error(self, message: str) -> NoReturn:
        complain(f"{message}. See: {self.prog} --help")
        sys.exit(WRONG_USE)


def parser() -> ArgumentParser:
    top = _Parser(prog="policyqa", description="Questions about government policy, answered with the exact clause.")
    top.add_argument("--version", action="version", version=f"policyqa {VERSION}")
    subcommands = top.add_subparsers(dest="command", metavar="command", parser_class=_Parser)
    for name, words, configure, run in COMMANDS:
        subcommand = subcommands.add_parser(name, help=words, description=words)
        configure(subcommand)
        subcommand.set_defaults(run=run)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status that the contract gives the outcome."""
    prepare_streams()
    try:
        status = _run(arguments)
        sys.stdout.flush()
        return status
    except CommandError as error:
        complain(str(error))
        return error.status
    except QuestionError as error:
        complain(str(error))
        return WRONG_USE
    except (CorpusError, IndexStoreError) as error:
        complain(str(error))
        return CANT
    except BrokenPipeError:
        _drop_output()
        return CANT
    except OSError as error:
        _drop_output()
        complain(
            f"{error.filename or 'disk'}: {error.strerror or error}. Check the path, its permissions and the space left."
        )
        return CANT
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(arguments: Sequence[str] | None) -> int:
    try:
        options = parser().parse_args(arguments)
    except SystemExit as ended:  # --help, --version, wrong use
        return int(ended.code or OK)
    return int(options.run(options)) if options.command else converse.run()


def _drop_output() -> None:
    """What is still buffered can't be written: without this Python would try again at its exit, and complain."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


if __name__ == "__main__":
    sys.exit(main())
