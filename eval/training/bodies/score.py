"""How many labelled clauses are read right: `python -m eval.training.bodies.score DATA` measures the shipped reading."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from corpus.departments import departments_in
from eval.training.bodies.labels import read_labels
from eval.training.bodies.texts import LabelledClause, documents_in, labelled


def squeezed(name: str | None) -> str:
    """What names and titles are compared by: their letters and digits."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", name or "")).lower()


def score(clauses: Iterable[LabelledClause], names_in: Callable[[str], Iterable[str]]) -> dict[str, tuple[float, int]]:
    """Mean and n by measure.

    `exact`: all bodies and no other; also by how the clause states them (`bracket` if one is in a bracket, `sentence`,
    `none`). `recall` over the clauses with bodies, `precision` over those in which any are found.
    """
    marks: dict[str, list[float]] = {}
    for clause in clauses:
        wanted = {squeezed(body.printed) for body in clause.label.bodies}
        found = {squeezed(name) for name in names_in(clause.text)}
        for measure in ("exact", how(clause)):
            marks.setdefault(measure, []).append(float(wanted == found))
        if wanted:
            marks.setdefault("recall", []).append(len(wanted & found) / len(wanted))
        if found:
            marks.setdefault("precision", []).append(len(wanted & found) / len(found))
    return {measure: (sum(rows) / len(rows), len(rows)) for measure, rows in sorted(marks.items())}


def how(clause: LabelledClause) -> str:
    """`none`, `bracket` or `sentence`."""
    kinds = {body.how for body in clause.label.bodies}
    return "none" if not kinds else "bracket" if "bracket" in kinds else "sentence"


def lines(measures: dict[str, tuple[float, int]]) -> Sequence[str]:
    """One for each measure, n in brackets."""
    return [f"{measure:24}{mean:.3f} ({count})" for measure, (mean, count) in measures.items()]


def main(arguments: list[str] | None = None) -> int:
    """Prints the held-out clauses' measures; 3 when none of them is found."""
    given = sys.argv[1:] if arguments is None else arguments
    if len(given) != 1 or not Path(given[0]).is_dir():
        print(
            "usage: python -m eval.training.bodies.score <folder with policies/ and training/texts/>", file=sys.stderr
        )
        return 2
    tests = [label for label in read_labels() if label.split == "test"]
    clauses = labelled(list(documents_in(Path(given[0]), {label.document for label in tests})), tests)
    print(f"{len(clauses)} of {len(tests)} held-out clauses found")
    if not clauses:
        print(f"{given[0]}: no labelled clause is in it: nothing to measure.", file=sys.stderr)
        return 3
    print("\n".join(lines(score(clauses, printed_in))))
    return 0


def printed_in(text: str) -> Iterable[str]:
    """The bodies that the product finds, by brackets, rules and the network."""
    return [department.printed for department in departments_in(text, None)]


if __name__ == "__main__":
    sys.exit(main())
