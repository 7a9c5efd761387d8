"""What was spoken of comes nearer, and nothing is left out for it."""

from __future__ import annotations

from rag.focus import NO_FOCUS, Focus
from rag.scope import Scope
from tests.builders import a_clause


def test_a_clause_gains_for_itself_and_for_its_document() -> None:
    clause = a_clause()
    focus = Focus({clause.clause_id: 2.0}, {clause.document_id: 3.0})
    assert focus.bonus(clause) == 2.0 + 3.0
    assert Scope(focus=focus).bonus(clause, None) == 5.0


def test_where_nothing_was_spoken_of_nothing_gains() -> None:
    assert not NO_FOCUS
    assert Scope().bonus(a_clause(), None) == 0.0


def test_a_named_place_still_excludes_the_others() -> None:
    clause = a_clause()
    assert Scope(places=("甲区",), focus=Focus({clause.clause_id: 9.0})).bonus(clause, "乙区") is None
