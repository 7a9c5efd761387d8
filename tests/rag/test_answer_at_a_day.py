"""Validity from question to answer, at days before, in and after the documents' periods."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.parse import parse
from corpus.types import Period
from rag.types import Validity
from tests.builders import a_policy
from tests.rag.builders import Ask, a_qa

DAYS = [date(2021, 6, 1), date(2026, 11, 21)]


@pytest.mark.parametrize(
    ("question", "day", "status", "warned"),
    [
        ("虹口第17条", DAYS[0], "in_period", False),
        ("虹口第17条", DAYS[1], "period_ended", True),
        ("长宁三（五）", DAYS[0], "in_period", False),
        ("长宁三（五）", DAYS[1], "period_ended", True),
        ("2016年的意见专项3", DAYS[0], "period_ended", True),
        ("2016年的意见专项3", DAYS[1], "period_ended", True),
        ("嘉定附件三第三部分第二项", date(2025, 12, 31), "in_period", False),
        ("嘉定附件三第三部分第二项", date(2026, 1, 1), "period_ended", True),
    ],
)
def test_validity_is_judged_at_the_day(question: str, day: date, status: str, warned: bool, ask: Ask) -> None:
    answer = ask(question, as_of=day)
    assert answer.citations[0].validity.status == status
    assert any("已过" in warning for warning in answer.warnings) == warned


@pytest.mark.parametrize(
    "question", ["市经济信息化委有哪些任务？", "区科委负责哪些任务？", "虹口和上海市的在线教育分别由谁负责？"]
)
def test_many_citations_of_ended_documents_are_one_warning(question: str, ask: Ask) -> None:
    answer = ask(question, as_of=DAYS[1])
    assert len({citation.document_id for citation in answer.citations}) > 1
    assert len(answer.warnings) == 1


def test_a_refusal_warns_of_no_period(ask: Ask) -> None:
    assert ask("嘉定区经委的电话是多少？", as_of=DAYS[1]).warnings == ()


def test_a_repealed_document_is_marked() -> None:
    qa = a_qa(a_policy(repealed_on=date(2023, 5, 1)))
    before, after = (qa.ask("示例区教育局负责哪些任务？", as_of=day) for day in (date(2023, 4, 30), date(2023, 5, 1)))
    assert before.warnings == ()
    assert after.citations[0].validity.status == "repealed"
    assert len(after.warnings) == 1


@pytest.mark.parametrize("day", DAYS)
def test_a_page_that_says_that_it_is_repealed_warns_at_any_day(day: date) -> None:
    text = "示例区老旧电梯更新办法\n发文机关：示例区人民政府\n文件状态：已废止\n第一条　区住建局负责老旧电梯更新。\n"
    answer = a_qa(parse("demo-2020", text)).ask("示例区住建局负责哪些任务？", as_of=day)
    assert answer.status == "answered"
    assert answer.citations[0].validity == Validity("repealed")
    assert answer.warnings == ("所引文件中有已废止或失效的，仅供查考。",)


def test_a_period_that_has_not_begun_is_not_called_over() -> None:
    period = Period(date(2030, 1, 1), date(2035, 12, 31), "（2030-2035年）", "标题")
    answer = a_qa(a_policy(period=period)).ask("示例区教育局负责哪些任务？", as_of=DAYS[0])
    assert answer.citations[0].validity.status == "not_stated"
    assert answer.warnings == ()
