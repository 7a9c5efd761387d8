"""Measures the reading of documents against hand-written labels (`make check-reader DATA=…`).

DATA holds `gold/labels.jsonl` and, anywhere below `policies/`, the files that it names. A line is a document:

    {"file", "title", "inner_title", "issuer": [names], "document_number", "issued_on", "effective_from", "effective_to",
     "jurisdiction", "clauses": [{"quote", "departments": [{"name"}], "how": "bracket" | "sentence" | "none", "doubt"}]}

A clause is found by its quotation; one with a `doubt` isn't measured. Names are compared by their letters and digits.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.errors import CorpusError
from corpus.load import load_document
from corpus.types import Document, Node
from eval.training.bodies.score import squeezed
from rag.document_json import document_json

_LONG = 2500  # characters from which on a clause is too much to be shown as a source


@dataclass(frozen=True)
class Mark:
    """One judgement. `value` is a share, mostly 0 or 1; `about` is what a person looks at when it is wrong."""

    measure: str
    value: float
    about: tuple[object, ...] = field(default=(), compare=False)


def main(arguments: list[str] | None = None) -> int:
    """Prints one line a measure with its n; 2 for wrong use, 3 when there is nothing to measure or it can't be read."""
    parser = argparse.ArgumentParser("make check-reader", description="Measures the reading of labelled documents.")
    parser.add_argument("data", type=Path, help="folder with gold/labels.jsonl and policies/")
    parser.add_argument("--misses", type=Path, help="file to write what was read wrongly to, one a line")
    given = parser.parse_args(arguments)
    try:
        marks = list(marks_of(given.data))
        if given.misses:
            rows = ([mark.measure, *mark.about] for mark in marks if mark.value < 1 and mark.about)
            given.misses.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), "utf-8")
    except ValueError as error:
        print(error, file=sys.stderr)
        return 3
    except OSError as error:
        print(
            f"{error.filename}: {error.strerror}. Give a folder with gold/labels.jsonl and policies/.", file=sys.stderr
        )
        return 3
    print("\n".join(lines(marks)))
    return 0


def lines(marks: Sequence[Mark]) -> Iterator[str]:
    """One for each measure: its mean and n."""
    for measure in sorted({mark.measure for mark in marks}):
        values = [mark.value for mark in marks if mark.measure == measure]
        yield f"{measure:18}{sum(values) / len(values):.4f} ({len(values)})"


def marks_of(folder: Path) -> Iterator[Mark]:
    """Every judgement, document by document. Raises ValueError naming the line that is no label."""
    path = folder / "gold/labels.jsonl"
    files = {file.name: file for file in sorted((folder / "policies").rglob("*"))}
    rows = [line for line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if line[1].strip()]
    if not rows:
        raise ValueError(f"{path}: no labels in it: nothing to measure.")
    for number, line in rows:
        try:
            label = json.loads(line)
            file = files.get(label["file"])
            if file is None:
                raise ValueError(f"{label['file']} is nowhere below {folder / 'policies'}")
            marks = list(_document_marks(label, file))
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{path}, line {number}: not a label ({error!r}).") from None
        except ValueError as error:
            raise ValueError(f"{path}, line {number}: {error}.") from None
        yield from marks


def _document_marks(label: dict[str, Any], file: Path) -> Iterator[Mark]:
    try:
        document = load_document(file)
    except CorpusError as error:
        yield Mark("read", 0, (file.stem, str(error)))
        return
    yield Mark("read", 1)
    for measure, is_right, wanted, found in _facts(label, document_json(document)):
        yield Mark(measure, float(is_right), (file.stem, wanted, found))
    for clause in label["clauses"]:
        if not clause.get("doubt"):
            yield from _clause_marks(clause, document)


def _facts(label: dict[str, Any], read: dict[str, Any]) -> Iterator[tuple[str, bool, object, object]]:
    """Measure, whether it is right, what is wanted and what was read."""
    titles = {squeezed(label["title"]), squeezed(label.get("inner_title"))} - {""}
    yield "title", squeezed(read["document_title"]) in titles, label["title"], read["document_title"]
    yield "issuer", _is_issuer(label["issuer"], read["issuer"]), label["issuer"], read["issuer"]
    for measure in ("document_number", "issued_on"):
        name = "number" if measure == "document_number" else measure
        yield name, squeezed(read[measure]) == squeezed(label[measure]), label[measure], read[measure]
    place = label["jurisdiction"]
    is_place = squeezed(read["jurisdiction"]) == squeezed(place) or (place == "国家" and not read["jurisdiction"])
    yield "place", is_place, place, read["jurisdiction"]
    period = read["period"] or {}
    wanted, found = [label["effective_from"], label["effective_to"]], [period.get("from"), period.get("to")]
    yield "effective", wanted == found, wanted, found


def _is_issuer(wanted: Sequence[str], read: str | None) -> bool:
    """Joint issuers may be printed in one line, in any order."""
    if not wanted:
        return not read
    together = squeezed(read)
    return together == squeezed("".join(wanted)) or (bool(read) and all(squeezed(name) in together for name in wanted))


def _clause_marks(clause: dict[str, Any], document: Document) -> Iterator[Mark]:
    quote = clause["quote"]
    node = _shortest_with(quote, document)
    yield Mark("clause_found", float(node is not None), (document.id, quote))
    if node is None:
        return
    yield Mark("clause_small", float(len(node.text) < _LONG), (document.id, quote, len(node.text)))
    names = sorted(body["name"] for body in clause["departments"])
    read = sorted(department.name for department in node.departments)
    wanted, found = {squeezed(name) for name in names}, {squeezed(name) for name in read}
    yield Mark(f"bodies_{clause['how']}", float(wanted == found), (document.id, clause.get("path_hint"), names, read))
    yield Mark("bodies_exact", float(wanted == found))
    if wanted:
        yield Mark("bodies_recall", len(wanted & found) / len(wanted))
    if found:
        yield Mark("bodies_precision", len(wanted & found) / len(found))


def _shortest_with(quote: str, document: Document) -> Node | None:
    holders = [node for node in document.nodes if squeezed(quote) in squeezed(node.text)]
    return min(holders, key=lambda node: len(node.text), default=None)


if __name__ == "__main__":
    sys.exit(main())
