"""What the answer stage hands on."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import pytest

from rag.types import NO_FILTERS, Answer, Draft, Evidence, Filters, Turn, Validity
from tests.builders import a_clause
from tests.rag.builders import a_citation, an_answer


def test_evidence_quotes_the_clauses_own_words() -> None:
    clause = a_clause(text="一、在线教育。建设空中课堂。")
    assert Evidence(clause, 7, 14).quote == "建设空中课堂。"


def test_no_filters_let_everything_through() -> None:
    assert Filters(None, None, None) == NO_FILTERS


def test_a_draft_is_sure_and_lists_departments_unless_told() -> None:
    draft = Draft("answered", "……")
    assert (draft.confidence, draft.lists_departments, draft.evidence, draft.nearest) == (1.0, True, (), ())


def test_an_answer_is_extractive_unless_a_model_wrote_it() -> None:
    assert (an_answer().mode, an_answer().model) == ("extractive", None)


@pytest.mark.parametrize(
    "thing",
    [an_answer(), a_citation(), Draft("answered", "……"), Turn("user", "……"), NO_FILTERS, Validity("not_stated")],
    ids=lambda thing: type(thing).__name__,
)
def test_what_is_handed_on_is_frozen(thing: object) -> None:
    name = fields(thing)[0].name  # type: ignore[arg-type]
    with pytest.raises(FrozenInstanceError):
        setattr(thing, name, "……")


def test_two_answers_do_not_share_their_timings() -> None:
    assert Answer("甲", "answered", "……").timings_ms is not Answer("乙", "answered", "……").timings_ms
