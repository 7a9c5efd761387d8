"""Reading question files; a bad row is named with its line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from corpus.types import Corpus
from eval.types import GoldClause, GoldQuestion


class QuestionFileError(Exception):
    """A question file can't be read; the message names the file and the line."""


def read_questions(path: Path) -> tuple[GoldQuestion, ...]:
    """Raises QuestionFileError naming file, line and field."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(f"{path}: can't be read ({error}). Check the path; the file must be UTF-8.") from None
    rows = [_read(path, number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    if not rows:
        raise QuestionFileError(f"{path}: no questions in it.")
    return tuple(rows)


def _read(path: Path, number: int, line: str) -> GoldQuestion:
    try:
        row: dict[str, Any] = json.loads(line)
        departments = row.get("departments")
        return GoldQuestion(
            id=str(row.get("id", number)),
            kind=str(row.get("kind", "other")),
            question=row["question"],
            answerable=bool(row["answerable"]),
            status=str(row.get("status", "answered" if row["answerable"] else "refused")),
            reason=row.get("reason"),
            gold=tuple(GoldClause(g["clause_id"], g["quote"]) for g in row.get("gold", ())),
            need=row.get("need", "all"),
            departments=None if departments is None else tuple((d["name"], d.get("jurisdiction")) for d in departments),
            facts=tuple(tuple(fact.split("|")) for fact in row.get("facts", ())),
            history=tuple(row.get("history", ())),
        )
    except json.JSONDecodeError as error:
        raise QuestionFileError(f"{path}, line {number}: no valid JSON ({error.msg}).") from None
    except (KeyError, TypeError, AttributeError) as error:
        raise QuestionFileError(f"{path}, line {number}: the field {error} is missing or has a wrong form.") from None


def problems(questions: tuple[GoldQuestion, ...], corpus: Corpus) -> list[str]:
    """Gold that the corpus doesn't have: clauses, quotations, departments."""
    rows = []
    for question in questions:
        for gold in question.gold:
            clause = corpus.clause(gold.clause_id)
            if clause is None:
                rows.append(f"{question.id}: no clause {gold.clause_id}")
            elif gold.quote not in clause.text:
                rows.append(f"{question.id}: the quotation is not in {gold.clause_id}")
    return rows
