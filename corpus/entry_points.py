"""Further ways to a clause, in people's own words. Searched only; never shown or quoted."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from corpus.bounds import MAX_NAME
from corpus.errors import CorpusError
from corpus.files import is_there, read_file
from corpus.types import Document, EntryPoint

AUTHORS = ("written", "generated", "feedback")


def read_entry_points(folder: Path, documents: Iterable[Document]) -> tuple[EntryPoint, ...]:
    """Those of the documents given, in the order of the files. No folder, no entry points.

    Raises CorpusError naming file and line where one has a wrong form or a path its document doesn't have.
    """
    rows: list[EntryPoint] = []
    for document in documents:
        path = folder / f"{document.id}.jsonl"
        if not is_there(path):
            continue
        try:
            lines = read_file(path).decode("utf-8").splitlines()
        except UnicodeDecodeError as error:
            raise CorpusError(f"{path}: can't be read ({error}). Mend the file or remove it.") from None
        for number, line in enumerate(lines, start=1):
            if line.strip():
                rows.extend(_read(path, number, line, document))
    return tuple(rows)


def _read(path: Path, number: int, line: str, document: Document) -> Iterable[EntryPoint]:
    try:
        row = json.loads(line)
        clause_path, author, phrases = row["clause_path"], row["author"], row["phrases"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise CorpusError(f"{path}, line {number}: needs clause_path, author and phrases ({error}).") from None
    node = document.node(clause_path) if isinstance(clause_path, str) else None
    if node is None or node.heading_only:
        raise CorpusError(
            f"{path}, line {number}: {document.id} has no clause {clause_path!r}. Mend or remove the line."
        )
    if author not in AUTHORS or not isinstance(phrases, list) or not all(isinstance(p, str) for p in phrases):
        raise CorpusError(
            f"{path}, line {number}: author must be one of {', '.join(AUTHORS)}, phrases a list of texts."
        )
    if any(len(phrase) > MAX_NAME for phrase in phrases):
        raise CorpusError(f"{path}, line {number}: a phrase has more than {MAX_NAME} characters. Shorten it.")
    for phrase in phrases:
        yield EntryPoint(node.clause_id, phrase, author)
