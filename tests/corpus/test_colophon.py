from __future__ import annotations

from datetime import date

import pytest

from corpus.colophon import colophon_of
from corpus.lines import lines_of
from corpus.parse import parse

BODY = "青川市商务局关于夜市的通知\n一、甲。\n二、乙。\n"
SIGNED = f"{BODY}青川市商务局\n2022年4月1日\n"


@pytest.mark.parametrize(
    "printed",
    [
        "（此件公开发布）",
        "主题词：商业　夜市　通知",
        "主 题 词：商业",
        "抄送：市委各部门，市纪委。",
        "抄报：市政府。",
        "公开方式：主动公开",
        "信息公开属性：依申请公开",
        "青川市商务局办公室　　2022年4月2日印发",
        "（共印100份）",
        "抄送：市委办公室，市人大常委会办公室，市政协办公室，\n市法院，市检察院，青川警备区。\n各民主党派青川市委员会。",
    ],
)
def test_what_stands_below_the_sign_off_is_no_clause(printed: str) -> None:
    document = parse("any", f"{SIGNED}{printed}\n")

    assert [node.path for node in document.nodes] == ["标题", "一", "二", "落款", "版记"]
    assert [clause.path for clause in document.clauses] == ["标题", "一", "二", "落款"]
    assert document.nodes[-1].text == printed
    assert document.nodes[-1].departments == ()


def test_the_colophon_gives_office_and_day_where_the_sign_off_lacks_them() -> None:
    metadata = parse("any", f"{BODY}主题词：商业 通知\n青川市商务局办公室秘书科　2022年4月2日印发\n").metadata

    assert (metadata.issuer, metadata.issued_on) == ("青川市商务局办公室", date(2022, 4, 2))


def test_the_sign_off_is_believed_first() -> None:
    metadata = parse("any", f"{SIGNED}青川市人民政府办公室　2022年4月2日印发\n").metadata

    assert (metadata.issuer, metadata.issued_on) == ("青川市商务局", date(2022, 4, 1))


@pytest.mark.parametrize("text", ["", "甲。\n", f"{BODY}各单位要把情况\n抄送：市财政局。\n三、丙。\n", SIGNED])
def test_a_text_without_one_has_none(text: str) -> None:
    assert colophon_of(lines_of(text)) is None


def test_paragraphs_above_the_colophon_stay_in_the_document() -> None:
    document = parse("any", f"{BODY}请各单位遵照执行，并将情况于月底前报市商务局。\n抄送：市委办公室。\n")

    assert [node.path for node in document.nodes] == ["标题", "一", "二", "版记"]
    assert document.nodes[2].text.endswith("报市商务局。")
