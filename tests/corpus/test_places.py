from __future__ import annotations

from pathlib import Path

import pytest

from corpus.lower_places import lower_places
from corpus.places import foreign_forms, jurisdictions_of, known_places, provinces, short_form
from corpus.types import Corpus, Document, Metadata


def a_document(document_id: str, place: str | None, parent: str | None = None) -> Document:
    return Document(document_id, "", Metadata(title="方案", jurisdiction=place, parent_jurisdiction=parent), ())


@pytest.mark.parametrize(
    ("place", "short"),
    [
        ("虹口区", "虹口"),
        ("浦东新区", "浦东"),
        ("上海市", "上海"),
        ("崇明县", "崇明"),
        ("浙江省", "浙江"),
        ("凉山州", "凉山"),
        ("广州市", "广州"),
        ("郑州", "郑州"),
        ("泾县", "泾县"),
        ("", ""),
    ],
)
def test_the_short_form_drops_the_level_of_names_long_enough(place: str, short: str) -> None:
    assert short_form(place) == short


def test_the_places_of_a_corpus_come_once_in_the_order_of_its_documents() -> None:
    documents = [
        a_document("a", "虹口区", "上海市"),
        a_document("b", "上海市"),
        a_document("c", "虹口区"),
        a_document("d", None),
    ]

    assert jurisdictions_of(Corpus(tuple(documents))) == ("虹口区", "上海市")


@pytest.mark.parametrize(
    ("form", "place"),
    [
        ("虹口", "虹口区"),
        ("虹口区", "虹口区"),
        ("浦东", "浦东新区"),
        ("杭州", "杭州市"),
        ("浙江省", "浙江省"),
        ("新疆", "新疆"),
        ("香港", "香港"),
    ],
)
def test_a_known_place_is_known_by_its_short_and_full_form(form: str, place: str) -> None:
    assert known_places()[form] == place


def test_places_are_read_from_a_file_with_comments(tmp_path: Path) -> None:
    path = tmp_path / "places.txt"
    path.write_text("# short, full\n\n虹口 虹口区\n新疆\n", encoding="utf-8")

    assert known_places(path) == {"虹口": "虹口区", "虹口区": "虹口区", "新疆": "新疆"}


def test_a_place_with_a_document_is_not_foreign() -> None:
    forms = foreign_forms(["虹口区", "上海市"])

    assert forms["杨浦"] == forms["杨浦区"] == "杨浦区"
    assert not {"虹口", "虹口区", "上海", "上海市"} & forms.keys()


def test_every_district_of_shanghai_is_known() -> None:
    districts = "浦东新区 黄浦区 徐汇区 长宁区 静安区 普陀区 虹口区 杨浦区 闵行区 宝山区 嘉定区 金山区 松江区 青浦区 奉贤区 崇明区"

    assert set(districts.split()) <= set(known_places().values())


def test_a_city_lies_in_one_province_that_is_known() -> None:
    known = set(known_places().values())
    assert provinces()["佛山市"] == "广东省"
    assert len(provinces()) > 250
    assert {province for province in provinces().values() if province.endswith("省")} <= known


def test_a_city_without_documents_lies_within_the_province_that_has_some() -> None:
    assert lower_places([a_document("a", "广东省")])["佛山市"] == "广东省"
    assert "佛山市" not in lower_places([a_document("a", "浙江省")])


def test_the_committed_policies_govern_four_places(policies: Corpus) -> None:
    assert set(jurisdictions_of(policies)) == {"长宁区", "虹口区", "嘉定区", "上海市"}
