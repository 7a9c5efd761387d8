"""Lists whole and counted, as two small texts have them."""

from __future__ import annotations

import pytest

from rag.operations.lists import below
from rag.types import Answer
from tests.builders import a_policy
from tests.rag.builders import Ask, a_qa

MARKET = """示例市集市管理办法
第一章 总则
第一条 为了规范集市，制定本办法。
第二条 本办法适用于本市。
第二章 经营
第三条 申请设立集市应当同时符合下列条件：
（一）有固定场地；
（二）有消防设施；
（三）有管理人员。
第四条 经营者分为甲类和乙类两类。
第三章 附则
第五条 本办法自2022年1月1日起施行。
"""
GRANT = """示例市夜校资助公告
一、申请类别
1.社区夜校。面向居民。
2.企业夜校。面向职工。
二、资助条件
申请资助的夜校应符合以下条件：
（一）开课满一年；
（二）每班不少于十人。
附件：1.申请表.docx
2.承诺书.docx
"""


@pytest.fixture(scope="module")
def ask() -> Ask:
    return a_qa(
        a_policy(MARKET, "market", title="示例市集市管理办法", jurisdiction="示例市"),
        a_policy(GRANT, "grant", title="示例市夜校资助公告", jurisdiction="示例市"),
    ).ask


def paths(answer: Answer) -> list[str]:
    return [citation.clause_path for citation in answer.citations]


def test_items_of_one_clause_are_listed_and_counted(ask: Ask) -> None:
    answer = ask("设立集市的条件有几条？都是什么")
    assert "共 3 项" in answer.answer
    assert all(words in answer.answer for words in ("固定场地", "消防设施", "管理人员"))
    assert set(paths(answer)) == {"第三条"}


def test_children_of_a_heading_are_named_by_their_run_in_titles(ask: Ask) -> None:
    answer = ask("夜校申请类别一共几种，列出来")
    assert paths(answer) == ["一/1", "一/2"]
    assert "社区夜校[1]；企业夜校[2]" in answer.answer


def test_chapters_and_articles_are_counted_by_the_last(ask: Ask) -> None:
    answer = ask("《示例市集市管理办法》一共分几章、多少条？")
    assert "三章、五条" in answer.answer
    assert paths(answer) == ["第五条"]


def test_annexes_are_listed_by_their_names(ask: Ask) -> None:
    answer = ask("《示例市夜校资助公告》带几个附件，分别叫什么")
    assert "共 2 项" in answer.answer
    assert "承诺书" in answer.answer


def test_what_stands_below_a_lead_in_is_found() -> None:
    document = a_policy(GRANT, "grant", title="示例市夜校资助公告")
    node = document.node("二")
    assert node is not None
    listing = below(document, node)
    assert listing is not None
    assert [item.words for item in listing.items] == ["开课满一年；", "每班不少于十人。"]
    first = document.node("一/1")
    assert first is not None
    assert below(document, first) is None
