"""What documents say of one another."""

from __future__ import annotations

from datetime import date

from corpus.editions import editions, out_of_force
from corpus.lower_places import lower_places
from corpus.parse import parse
from corpus.relations import related
from corpus.types import Document

OLD = (
    "云川市停车管理办法（已废止）\n\n（2015年3月2日云川市人民政府令第12号公布　自2015年5月1日起施行　"
    "由2022年6月9日云川市人民政府令第40号废止）\n\n第一条　停车每小时收费3元。\n第二条　由市交通局负责。\n"
)
NEW = (
    "云川市人民政府令\n第40号\n《云川市停车管理办法》已经通过，现予公布。\n2022年6月9日\n\n云川市停车管理办法\n\n"
    "第一条　停车每小时收费5元。\n第二条　本办法自2022年8月1日起施行。2015年公布的《云川市停车管理办法》"
    "（云川市人民政府令第12号）同时废止。\n"
)
CITY = (
    "云川市人民政府关于加强绿化的通知\n云政发〔2021〕3号\n东湖区、北岭县人民政府，市政府各部门：\n"
    "现就绿化通知如下。\n一、多种树。\n云川市人民政府\n2021年2月1日\n"
)
DISTRICT = "东湖区园林局关于绿化补贴的通知\n东园发〔2021〕8号\n一、由区财政局发放补贴。\n东湖区园林局\n2021年5月1日\n"


def read(**texts: str) -> dict[str, Document]:
    return {document.id: document for document in related([parse(name, text) for name, text in texts.items()])}


def test_a_text_that_another_repeals_is_repealed_once_the_other_holds() -> None:
    found = read(old=OLD, new=NEW)
    assert found["old"].metadata.repealed_on == date(2022, 8, 1)
    assert found["new"].metadata.repealed_on is None


def test_the_bracket_under_its_title_repeals_a_text_whose_successor_is_missing() -> None:
    assert read(old=OLD)["old"].metadata.repealed_on == date(2022, 6, 9)


def test_another_number_is_another_text() -> None:
    other = NEW.replace("令第12号", "令第11号")
    assert (
        read(old=OLD.replace("由2022年6月9日云川市人民政府令第40号废止", ""), new=other)["old"].metadata.repealed_on
        is None
    )


def test_whom_a_document_is_sent_to_lies_within_its_place() -> None:
    assert lower_places([parse("city", CITY)]) == {"东湖区": "云川市", "北岭县": "云川市"}


def test_an_issuer_of_a_place_that_another_document_names_gives_the_place_and_its_bodies() -> None:
    district = read(city=CITY, district=DISTRICT)["district"]
    assert (district.metadata.jurisdiction, district.metadata.parent_jurisdiction) == ("东湖区", "云川市")
    assert {body.jurisdiction for node in district.nodes for body in node.departments} == {"东湖区"}


def test_of_two_editions_the_one_that_has_begun_and_is_latest_holds() -> None:
    documents = tuple(read(old=OLD, new=NEW).values())
    assert [document.id for document in editions(documents)["old"]] == ["new", "old"]
    assert out_of_force(documents, date(2020, 1, 1)) == {"new": frozenset(["old"])}
    assert out_of_force(documents, date(2023, 1, 1)) == {"old": frozenset(["new"])}
