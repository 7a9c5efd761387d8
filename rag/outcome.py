"""The rows of a plan's look-ups as a model is shown them: numbered, each clause once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.grounding.types import Source
from rag.lookup import Library
from rag.operations.looked_up import Found, Row
from rag.types import Draft

_MOST = 40  # clauses that are numbered
_MARK = re.compile(r"\[(\d{1,3})\]")
_COUNTED = re.compile(
    r"(?:共 ?|》|牵头|责任|配合|参与|审批|分|有)(\d{1,3}) ?(?:项|家|份|个附件|个部分)"
)  # as operations count


@dataclass(frozen=True)
class Outcome:
    """Look-ups and their rows; `numbers[i]` are the numbers, from 1, of the rows of `found[i]`."""

    found: tuple[Found, ...]
    rows: tuple[Row, ...]
    sources: tuple[Source, ...]
    numbers: tuple[tuple[int, ...], ...]

    @property
    def is_thin(self) -> bool:
        return all(one.is_thin for one in self.found)

    @property
    def totals(self) -> frozenset[int]:
        """What was counted: clauses, items, tasks. No clause prints these numbers."""
        counted = [one.draft.facts["total"] for one in self.found if one.draft and one.draft.facts]
        counted += [len(one.draft.evidence) for one in self.found if one.draft]
        said = [int(n) for one in self.found if one.draft for n in _COUNTED.findall(_own_words(one.draft))]
        return frozenset((*counted, *said))

    def number_of(self, clause_id: str) -> int | None:
        return next((n for n, row in enumerate(self.rows, start=1) if row.clause.clause_id == clause_id), None)


def outcome_of(found: Sequence[Found], library: Library) -> Outcome:
    """Rows in the order of the look-ups; one that several bring stands with the first."""
    rows: dict[str, Row] = {}
    for row in _in_turn(found):
        if len(rows) < _MOST:
            rows.setdefault(row.clause.clause_id, row)
    places = {name: n for n, name in enumerate(rows, start=1)}
    sources = []
    for row in rows.values():
        document = library.corpus.document(row.clause.document_id)
        assert document is not None
        sources.append(Source(row.clause, document))
    numbers = tuple(
        tuple(dict.fromkeys(places[row.clause.clause_id] for row in one.rows if row.clause.clause_id in places))
        for one in found
    )
    return Outcome(tuple(found), tuple(rows.values()), tuple(sources), numbers)


def _in_turn(found: Sequence[Found]) -> Iterable[Row]:
    return (row for one in found for row in one.rows)


def _own_words(draft: Draft) -> str:
    """What an operation says without its quotations and marks: where its counts stand."""
    return re.sub(r"“[^”]*”|\[\d+\]|(?<=《)[^》]*(?=》)", "", draft.text)


def renumbered_for(outcome: Outcome, draft: Draft) -> str:
    """What an operation says, its marks being the numbers of the outcome's rows."""

    def mark(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        clause = draft.evidence[place].clause.clause_id if place < len(draft.evidence) else ""
        number = outcome.number_of(clause)
        return f"[{number}]" if number else ""

    return _MARK.sub(mark, draft.text)
