"""Questions that can't be put: each error says which thing, and what to do."""

from __future__ import annotations

from rag.errors import BlankQuestionError, QuestionError, UnknownFilterError


def test_both_are_question_errors() -> None:
    assert issubclass(BlankQuestionError, QuestionError)
    assert issubclass(UnknownFilterError, QuestionError)


def test_a_blank_question_is_told_what_to_do() -> None:
    assert "Type what you want to know" in str(BlankQuestionError())


def test_an_unknown_filter_names_itself_and_what_is_known() -> None:
    message = str(UnknownFilterError("jurisdiction", "浦东新区", ["虹口区", "长宁区"]))
    assert "jurisdiction" in message
    assert "浦东新区" in message
    assert "虹口区、长宁区" in message


def test_of_many_known_values_some_are_shown_and_the_rest_hinted_at() -> None:
    many = [f"区{n}局" for n in range(40)]
    message = str(UnknownFilterError("department", "外星局", many))
    assert many[0] in message
    assert many[-1] not in message
    assert "…" in message


def test_a_few_known_values_are_all_shown() -> None:
    assert "…" not in str(UnknownFilterError("document_id", "x", ["a", "b"]))
