"""A question that names no place: every place whose texts treat it, the wider first; what is too vague is asked back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.types import Document
from rag.answer import PolicyQa
from rag.routes.vague import asked_back
from rag.types import Answer, Filters, Turn
from tests.builders import a_document
from tests.rag.builders import a_qa, found
from tests.rag.contract import breaches

CITY = "第一条 饲养信鸽的居民应当到街道办理信鸽登记，信鸽登记费每羽{fee}元。\n第二条 本办法由市园林局负责解释。\n"
CLEANING = "第一条 犬只清洁补贴每只10元。\n第二条 犬只应当佩戴项圈。\n"
STREET = "第一条 沿街店铺招牌补贴每块20元。\n第二条 招牌应当牢固。\n"
TREES = "第一条 古树认养补贴每棵30元。\n第二条 古树应当挂牌。\n"


def _rule(place: str, fee: int, parent: str | None = None) -> Document:
    document = a_document(CITY.format(fee=fee), f"pigeons-{fee}", title=f"{place}信鸽管理办法", jurisdiction=place)
    return replace(document, metadata=replace(document.metadata, parent_jurisdiction=parent))


def _cited(answer: Answer) -> list[str | None]:
    return [citation.jurisdiction for citation in answer.citations]


def _of_two_places() -> PolicyQa:
    dogs = a_document(CLEANING, "dogs", title="甲湖区犬只管理办法", jurisdiction="甲湖区")
    return a_qa(_rule("甲湖区", 7, "乙山市"), _rule("乙山市", 5), dogs)


QUESTION = "办理信鸽登记，信鸽登记费每羽多少钱？"


def test_each_place_is_answered_for_the_wider_first() -> None:
    qa = _of_two_places()
    answer = qa.ask(QUESTION)
    assert answer.status == "answered"
    assert _cited(answer) == ["乙山市", "甲湖区"]
    assert "5元" in answer.answer
    assert "7元" in answer.answer
    assert "没有写明地区" in answer.answer
    assert breaches(answer, qa.corpus) == []


def test_a_place_that_is_named_is_the_only_one() -> None:
    assert _cited(_of_two_places().ask(f"甲湖区{QUESTION}")) == ["甲湖区"]


def test_the_askers_filter_names_a_place() -> None:
    assert _cited(_of_two_places().ask(QUESTION, filters=Filters(jurisdiction="甲湖区"))) == ["甲湖区"]


def test_a_place_that_was_spoken_of_is_the_only_one() -> None:
    before = [Turn("user", "甲湖区养信鸽要不要登记？"), Turn("assistant", "应当到街道办理信鸽登记。")]
    assert set(_cited(_of_two_places().ask("登记费每羽多少钱？", before))) == {"甲湖区"}


def test_what_one_place_alone_has_is_said_with_the_place() -> None:
    answer = _of_two_places().ask("犬只清洁补贴每只多少钱？")
    assert _cited(answer) == ["甲湖区"]
    assert "甲湖区" in answer.answer


def test_where_many_places_have_it_the_place_is_asked_for() -> None:
    places = ["甲湖区", "丙江区", "丁河区", "戊溪区", "己泉区"]
    qa = a_qa(*(_rule(place, fee) for fee, place in enumerate(places, start=2)))
    answer = qa.ask(QUESTION)
    assert answer.status == "clarify"
    assert {citation.jurisdiction for citation in answer.nearest} == {*places}
    assert all(place in answer.answer for place in places)
    assert breaches(answer, qa.corpus) == []


def test_what_many_documents_have_is_asked_back() -> None:
    qa = a_qa(
        a_document(CLEANING, "dogs", title="甲湖区犬只管理办法", jurisdiction="甲湖区"),
        a_document(STREET, "signs", title="甲湖区招牌管理办法", jurisdiction="甲湖区"),
        a_document(TREES, "trees", title="乙山市古树管理办法", jurisdiction="乙山市"),
    )
    answer = qa.ask("补贴有多少？")
    assert answer.status == "clarify"
    assert {citation.document_id for citation in answer.nearest} == {"dogs", "signs", "trees"}
    assert breaches(answer, qa.corpus) == []
    assert qa.ask("古树认养补贴每棵多少？").status == "answered"


@pytest.mark.parametrize(
    ("readings", "is_asked"),
    [((None, None), True), ((1.5, -3.0), False), ((1.5, 0.4), True), ((-0.5, -6.0), True)],
)
def test_few_words_are_not_vague_where_one_document_alone_surely_answers(
    readings: tuple[float | None, float | None], is_asked: bool
) -> None:
    dogs = a_document(CLEANING, "dogs", title="甲湖区犬只管理办法", jurisdiction="甲湖区")
    trees = a_document(TREES, "trees", title="乙山市古树管理办法", jurisdiction="乙山市")
    qa = a_qa(dogs, trees)
    rows = [
        replace(found(document.clauses[-2]), answers=reading)
        for document, reading in zip((dogs, trees), readings, strict=True)
    ]
    assert (asked_back(qa.read("那个多少"), rows, qa.library) is not None) == is_asked
