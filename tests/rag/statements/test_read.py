"""Statements of documents of several forms: a decree, a repealed text, a notice with annexes."""

from __future__ import annotations

import pytest

from corpus.parse import parse
from rag.statements.lines import offices_in
from rag.statements.read import repealed_by, statements_of
from rag.statements.replaced import replaced_texts
from tests.builders import a_corpus

DECREE = """云湖市人民政府令
第12号
《云湖市渡口管理办法》已经2021年3月2日云湖市人民政府第9次常务会议审议通过，现予公布，自2021年5月1日起施行。
市　长：林远山
2021年3月15日
云湖市渡口管理办法
第一条 为了加强渡口管理，根据《中华人民共和国内河交通安全管理条例》，制定本办法。
第二条 渡口应当设置标志。
第三条 本办法自2021年5月1日起施行，有效期5年。2009年4月1日公布的《云湖市渡口暂行规定》（云湖市人民政府令第3号）同时废止。
"""
ENDED = """云湖市渡口暂行规定（已废止）
（2009年4月1日云湖市人民政府令第3号公布　自2009年5月1日起施行　由2021年3月15日云湖市人民政府令第12号废止）
第一条 渡口应当设置标志。
第二条 本规定自2009年5月1日起施行。
"""


def of(fact: str, text: str) -> list[str]:
    return [row.says for row in statements_of(parse("yunhu", text)) if fact in row.facts]


def test_a_decree_has_its_number_in_two_lines() -> None:
    assert of("number", DECREE)[0].endswith("云湖市人民政府令第12号")


def test_who_signed_a_decree_is_no_office() -> None:
    signed = [row for row in statements_of(parse("yunhu", DECREE)) if row.form == "person"]
    assert [(row.says, row.marks, row.bodies) for row in signed] == [("由市长林远山签署", ("市长",), ())]


def test_the_session_that_adopted_a_decree_is_told_with_its_day() -> None:
    adopted = next(row for row in statements_of(parse("yunhu", DECREE)) if row.form == "act")
    assert "2021年3月2日云湖市人民政府第9次常务会议审议通过" in adopted.says
    assert "通过" in adopted.marks


def test_each_act_in_brackets_is_a_statement() -> None:
    acts = [row for row in statements_of(parse("yunhu", ENDED)) if row.form in ("act", "repealed")]
    assert [row.marks for row in acts] == [("公布",), ("施行",), ("废止",)]
    assert acts[-1].ends


def test_what_another_text_says_of_a_documents_end_is_found_by_its_number() -> None:
    ended, decree = parse("old", ENDED), parse("new", DECREE)
    rows = list(repealed_by(ended, a_corpus(ended, decree)))
    assert [row.clause.document_id for row in rows] == ["new"]


def test_a_text_under_a_short_title_is_known_by_its_whole_one() -> None:
    notice = parse(
        "plan",
        "云湖市关于照护的意见\n《云湖市关于普惠托育的若干措施》（云政办〔2020〕7号，以下简称《若干措施》）实施以来，成效明显，现提出如下意见。\n"
        "一、建设\n增加托位。\n二、其他\n本意见自2024年1月1日起施行。《若干措施》同时废止。\n",
    )
    rows = list(replaced_texts(a_corpus(notice)))
    assert [(row.title, sorted(row.years)) for row in rows] == [("云湖市关于普惠托育的若干措施", [2020])]


@pytest.mark.parametrize(
    ("printed", "offices"),
    [
        ("市人社局 市就业中心", ("市人社局", "市就业中心")),
        ("市医保局待遇科", ("市医保局待遇科",)),
        ("云湖日报", ()),
        ("市教育局官网", ("市教育局",)),
        ("云湖市服务中心（加挂云湖市托育中心牌子）", ("云湖市服务中心",)),
    ],
)
def test_offices_of_a_page_s_row(printed: str, offices: tuple[str, ...]) -> None:
    assert offices_in(printed) == offices


def test_annexes_are_named_as_they_are_listed() -> None:
    text = "云湖市关于助浴的通知\n一、对象\n老年人。\n附件：1.申请表\n2.服务点名单\n"
    assert of("annexes", text) == ["有2个附件：申请表；服务点名单"]


def test_articles_are_no_parts() -> None:
    assert of("parts", DECREE) == []
