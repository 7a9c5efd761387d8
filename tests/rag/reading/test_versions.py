"""Which edition, which document, and whose place a question names."""

from __future__ import annotations

import pytest

from corpus.parse import parse
from corpus.relations import related
from corpus.types import Corpus
from rag.reading.gazetteer import Gazetteer

OLD = (
    "云川市停车管理办法（已废止）\n（2015年3月2日云川市人民政府令第12号公布　自2015年5月1日起施行　"
    "由2022年6月9日云川市人民政府令第40号废止）\n第一条　停车每小时收费3元。\n"
)
NEW = "云川市停车管理办法\n（2022年6月9日云川市人民政府令第40号公布　自2022年8月1日起施行）\n第一条　停车每小时收费5元。\n"
GREEN = (
    "云川市人民政府关于加强绿化的通知\n云政发〔2021〕3号\n东湖区、北岭县人民政府，市政府各部门：\n"
    "现就绿化通知如下。\n一、多种树。\n云川市人民政府\n2021年2月1日\n"
)
LAKE = "东湖区园林局关于园林绿化补贴的通知\n东园发〔2021〕8号\n一、台湾居民也有补贴。\n东湖区园林局\n2021年5月1日\n"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    texts = {"old": OLD, "new": NEW, "green": GREEN, "lake": LAKE}
    return Gazetteer(Corpus(related([parse(name, text) for name, text in texts.items()])))


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("老停车办法每小时几元", {"old"}),
        ("停车新办法每小时几元", {"new"}),
        ("现行停车办法呢", {"new"}),
        ("2015年那版停车办法呢", {"old"}),
        ("已废止的停车管理办法呢", {"old"}),
        ("令第12号里怎么收费", {"old"}),
        ("第40号令怎么收费", {"new"}),
        ("老办法跟新办法比涨了多少", {"old", "new"}),
        ("云政发2021年3号文发给谁", {"green"}),
        ("东湖区那个园林绿化补贴的通知", {"lake"}),
    ],
)
def test_the_documents_that_a_question_names(gazetteer: Gazetteer, question: str, documents: set[str]) -> None:
    assert set(gazetteer.scope_of(question).documents) == documents


def test_editions_named_apart_are_looked_at_one_by_one(gazetteer: Gazetteer) -> None:
    question = "停车收费旧办法和新办法各是多少"
    scopes = gazetteer.alternatives(question, gazetteer.scope_of(question))
    assert sorted(scope.documents for scope in scopes) == [("new",), ("old",)]
    assert gazetteer.are_editions(scopes)


def test_a_place_without_documents_is_looked_up_in_the_place_that_it_lies_within(gazetteer: Gazetteer) -> None:
    assert gazetteer.scope_of("北岭县绿化怎么做").places == ("云川市",)


def test_what_the_places_own_documents_leave_out_may_stand_in_those_above(gazetteer: Gazetteer) -> None:
    wider = gazetteer.wider(gazetteer.scope_of("东湖区停车怎么收费"))
    assert wider is not None
    assert {"old", "new", "green"} == set(wider.documents)


def test_a_place_that_the_texts_speak_of_is_not_missing(gazetteer: Gazetteer) -> None:
    scope = gazetteer.scope_of("台湾人有没有补贴")
    assert (scope.foreign, scope.spoken_of) == ((), ("台湾省",))
    assert gazetteer.scope_of("杭州有没有补贴").foreign == ("杭州市",)
