"""Texts that are not like the committed ones."""

from __future__ import annotations

from tests.builders import a_document, a_policy
from tests.rag.builders import a_qa
from tests.rag.contract import breaches


def test_two_documents_of_one_place_are_both_looked_at() -> None:
    text = "一、在线教育。建设空中课堂。(责任部门:区教育局)\n二、在线医疗。建设医院。(责任部门:区科委)\n"
    qa = a_qa(
        a_policy(text, "old", title="示例区行动方案（2016-2018年）"),
        a_policy(text, "new", title="示例区行动方案（2021-2025年）"),
    )
    both = qa.ask("示例区教育局负责哪些任务？")
    assert {citation.document_id for citation in both.citations} == {"old", "new"}
    named = qa.ask("示例区2021年的方案里区教育局负责哪些任务？")
    assert {citation.document_id for citation in named.citations} == {"new"}
    assert breaches(both, qa.corpus) == breaches(named, qa.corpus) == []


def test_a_text_without_place_or_departments_is_answered() -> None:
    qa = a_qa(a_document("一、目标\n建成高地。\n二、任务\n加强在线教育。\n", title="方案", jurisdiction=None))
    for question in ("第一部分讲什么", "任务是什么", "文号是多少？", "由谁负责？", "区科委负责哪些任务？"):
        assert breaches(qa.ask(question), qa.corpus) == []


def test_a_text_of_one_paragraph_is_answered() -> None:
    qa = a_qa(a_document("加强在线教育,建设空中课堂。", title="通知", jurisdiction=None))
    for question in ("空中课堂怎么建设？", "第一条", "有哪些措施？", "哪天印发的？"):
        assert breaches(qa.ask(question), qa.corpus) == []
