"""What a place is named, and how often a question names years and titles, makes no question dear and none fail."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from rag.types import Turn
from tests.builders import a_document
from tests.rag.builders import a_qa

PLACES = ["((((区", "(?:.|.)*Z市", "(.*)*(.*)*区", "[市", "\\\\区", "*市"]


@pytest.mark.parametrize("place", PLACES)
def test_a_place_that_looks_like_a_pattern_is_a_name(place: str) -> None:
    document = a_document("一、在线教育\n由区教育局负责发展在线教育。")
    metadata = replace(document.metadata, jurisdiction=place, parent_jurisdiction=place)
    qa = a_qa(replace(document, metadata=metadata))
    for question in ("在线教育由谁负责？", f"{place}和别处的在线教育由谁负责？", "(" * 40 + "a" * 60):
        started = time.process_time()
        qa.ask(question, [Turn("user", f"{place}的在线教育由谁负责？")])
        assert time.process_time() - started < 1


def test_a_question_of_a_thousand_years_costs_no_more_than_one_of_ten() -> None:
    qa = a_qa(
        *(a_document("一、在线教育\n" + "由区教育局负责。2020年。" * 2000, document_id=f"d{n}") for n in range(5))
    )
    qa.ask("在线教育由谁负责？")
    started = time.process_time()
    qa.ask("30年版" * 500, [Turn("user", "30年版" * 130)] * 12)
    assert time.process_time() - started < 1
