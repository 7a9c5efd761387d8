"""A filter that contradicts the question is said."""

from __future__ import annotations

from rag.types import Filters
from tests.rag.builders import Ask


def test_a_place_outside_the_filter_is_refused_with_the_reason(ask: Ask) -> None:
    answer = ask("嘉定区的在线文娱由谁负责？", filters=Filters(jurisdiction="虹口区"))
    assert answer.status == "refused"
    assert "限定在虹口区" in answer.answer
    assert "嘉定区" in answer.answer


def test_of_two_places_the_one_within_the_filter_is_answered_for(ask: Ask) -> None:
    answer = ask("虹口和上海市的在线教育分别由谁负责？", filters=Filters(jurisdiction="虹口区"))
    assert answer.status == "partial"
    assert [citation.jurisdiction for citation in answer.citations] == ["虹口区"]
    assert "另外问到的上海市" in answer.answer


def test_a_document_outside_the_filter_is_refused_with_the_reason(ask: Ask) -> None:
    question = "《上海市促进在线新经济发展行动方案(2020—2022年)》里在线教育由谁负责？"
    answer = ask(question, filters=Filters(document_id="hongkou-2020"))
    assert answer.status == "refused"
    assert "限定在《虹口区" in answer.answer


def test_a_filter_that_fits_is_not_spoken_of(ask: Ask) -> None:
    answer = ask("虹口区的在线教育由谁负责？", filters=Filters(jurisdiction="虹口区"))
    assert answer.status == "answered"
    assert "限定" not in answer.answer
