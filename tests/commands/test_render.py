"""The answer as a person reads it: every part that is there, none that isn't."""

from __future__ import annotations

from datetime import date

import pytest

from commands.render import answer_text, document_line
from rag.types import CitedDepartment, Validity
from tests.rag.builders import a_citation, an_answer

NOTICE = "（以原文为准）"


def rows(**fields: object) -> list[str]:
    return answer_text(an_answer(**fields)).splitlines()


@pytest.mark.parametrize(
    ("status", "head"),
    [("answered", "答："), ("partial", "答（不完整）："), ("refused", "未能回答："), ("clarify", "请说明：")],
)
def test_the_first_words_say_what_kind_of_answer_it_is(status: str, head: str) -> None:
    assert rows(status=status, answer="……")[0] == head + "……"


def test_an_answer_with_everything_is_printed_in_the_order_in_which_it_is_read() -> None:
    printed = rows(
        answer="由区科委负责[1]。",
        rewritten_question="嘉定区在线教育由谁负责？",
        departments=(CitedDepartment("区科委", "responsible", "示例区", 1),),
        citations=(a_citation(),),
        warnings=("实施期已过。",),
    )
    assert printed == [
        "（按“嘉定区在线教育由谁负责？”理解）",
        "答：由区科委负责[1]。",
        "部门：示例区 责任 区科委",
        "依据：",
        "  《示例区在线新经济行动方案》（印发机关、文号、日期未载明；实施期未载明）",
        "    [1] 一、在线教育",
        "注意：实施期已过。",
        NOTICE,
    ]


def test_the_notice_stands_only_where_something_is_cited() -> None:
    assert NOTICE not in rows(status="refused", answer="……")


def test_a_document_that_is_cited_twice_is_named_once() -> None:
    printed = rows(citations=(a_citation(1), a_citation(2, clause_label="二、在线医疗")))
    assert sum("《" in row for row in printed) == 1
    assert printed[-3:] == ["    [1] 一、在线教育", "    [2] 二、在线医疗", NOTICE]


def test_departments_stand_by_place_and_role_each_once() -> None:
    printed = rows(
        departments=(
            CitedDepartment("区科委", "lead", "示例区", 1),
            CitedDepartment("区教育局", "responsible", "示例区", 1),
            CitedDepartment("区商务委", "lead", "示例区", 2),
            CitedDepartment("区科委", "lead", "示例区", 2),
            CitedDepartment("市科委", "lead", None, 3),
        )
    )
    assert printed[1] == "部门：示例区 牵头 区科委、区商务委；示例区 责任 区教育局；牵头 市科委"


@pytest.mark.parametrize(
    ("status", "head"),
    [("refused", "可能相关，未作为依据："), ("partial", "可能相关，未作为依据："), ("clarify", "可以是：")],
)
def test_near_clauses_are_said_not_to_be_the_basis(status: str, head: str) -> None:
    printed = rows(status=status, answer="……", nearest=(a_citation(),))
    assert printed[1] == head
    assert printed[2].endswith("一、在线教育")


def test_what_a_document_prints_about_itself_is_shown() -> None:
    citation = a_citation(
        issuer="示例区人民政府",
        document_number="示府发〔2020〕1号",
        issued_on=date(2020, 4, 30),
        validity=Validity("in_period", None, date(2022, 12, 31), "到2022年", "正文"),
    )
    assert document_line(citation) == (
        "《示例区在线新经济行动方案》（示例区人民政府，示府发〔2020〕1号，2020-04-30；实施期内）"
    )


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("in_period", "实施期内"),
        ("period_ended", "实施期已过"),
        ("not_stated", "实施期未载明"),
        ("repealed", "已废止或失效"),
    ],
)
def test_every_validity_has_its_words(status: str, words: str) -> None:
    assert document_line(a_citation(validity=Validity(status))).endswith(f"；{words}）")  # type: ignore[arg-type]


def test_the_page_of_a_quotation_stands_behind_its_clause() -> None:
    printed = rows(citations=(a_citation(1, page=3),), nearest=(a_citation(1, page=12),))
    assert "    [1] 一、在线教育 第3页" in printed
    assert printed[-2].endswith("一、在线教育 第12页")
