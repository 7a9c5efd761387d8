"""What a clause gains for standing where a question looks."""

from __future__ import annotations

from dataclasses import replace

from rag.scope import Scope
from tests.builders import a_clause

CLAUSE = a_clause(path="附件1/一", document_id="demo")


def test_a_clause_of_another_place_is_out_of_the_question() -> None:
    assert Scope(places=("虹口区",)).bonus(CLAUSE, "嘉定区") is None


def test_a_clause_of_the_place_is_in_question_without_a_bonus() -> None:
    assert Scope(places=("虹口区",)).bonus(CLAUSE, "虹口区") == 0.0
    assert Scope().bonus(CLAUSE, None) == 0.0


def test_a_clause_of_the_named_document_gains() -> None:
    scope = Scope(documents=("demo",))
    assert (scope.bonus(CLAUSE, None) or 0) > 0
    assert scope.bonus(replace(CLAUSE, document_id="other"), None) == 0.0


def test_a_strictly_named_document_excludes_the_others() -> None:
    scope = Scope(documents=("other",), strict_documents=True)
    assert scope.bonus(CLAUSE, None) is None


def test_a_clause_of_the_named_annex_gains() -> None:
    assert (Scope(parts=("附件1",)).bonus(CLAUSE, None) or 0) > 0
    assert Scope(parts=("附件2",)).bonus(CLAUSE, None) == 0.0
