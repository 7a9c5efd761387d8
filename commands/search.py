"""`policyqa search`: ranked clauses, no answer."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from typing import Any

from commands.ask import add_filters, day_of, filters_of
from commands.environment import open_answers, settings_from
from commands.exits import NOTHING, OK, WRONG_USE, CommandError
from commands.output import as_line
from corpus.today import today
from corpus.types import Corpus, Node
from rag.messages import MESSAGES
from rag.validity import validity_of
from rag.wire import node_json, validity_json


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("words", help="what to look for")
    parser.add_argument("-k", type=int, default=10, metavar="N", help="how many clauses (default 10)")
    parser.add_argument("--json", action="store_true", help="print a list of clauses with their scores")
    add_filters(parser)


def run(options: Namespace) -> int:
    if options.k < 1:
        raise CommandError("-k must be 1 or more.", WRONG_USE)
    if not options.words.strip():
        raise CommandError('nothing to look for. Put the words in quotes: policyqa search "词"', WRONG_USE)
    filters, as_of = filters_of(options), day_of(options.as_of) or today()
    qa = open_answers(settings_from())
    found = qa.search(options.words, options.k, filters)
    if options.json:
        print(as_line([{**_row(row.clause, qa.corpus, as_of), "score": round(row.score, 4)} for row in found]))
    else:
        for rank, row in enumerate(found, start=1):
            words = " ".join(row.clause.text.split())
            print(f"{rank:>2}  {row.score:6.2f}  {row.clause.clause_id}  {row.clause.label}\n            {words[:70]}…")
    if not found and not options.json:
        print(MESSAGES["empty_clause_search"])
    return OK if found else NOTHING


def _row(clause: Node, corpus: Corpus, as_of: date) -> dict[str, Any]:
    """The clause, and whether its document's own period holds at that day."""
    document = corpus.document(clause.document_id)
    validity = validity_json(validity_of(document.metadata, as_of)) if document else None
    return {**node_json(clause), "validity": validity}
