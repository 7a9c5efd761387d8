"""Only a sweep that finds nothing says that the texts don't give a value."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.answer import PolicyQa
from rag.reading.kinds import Kinds
from rag.sweep import absence
from tests.builders import a_policy
from tests.rag.builders import a_qa

TEXT = """示例市借阅管理办法

第一条　市民凭证件到借阅窗口办理借阅证，自收到材料之日起七个工作日内发证。
第二条　借阅证遗失的，应当及时挂失。
第三条　损坏图书的，按原价的五分之一赔偿。
"""


@pytest.fixture(scope="module")
def qa() -> PolicyQa:
    return a_qa(a_policy(TEXT, "library-2020"))


def swept(qa: PolicyQa, question: str, kind: str) -> object:
    """What a question that surely wants such a value finds swept."""
    query = qa.query(question)
    wants = {**dict.fromkeys(query.kinds.wants, 0.0), "value": 1.0}
    kinds: Kinds = replace(query.kinds, values={kind: 1.0}, wants=wants)
    query = replace(query, kinds=kinds)
    return absence(query, qa.library.find(query, 1), qa.library)


@pytest.mark.parametrize(
    ("question", "kind"),
    [("借阅证几天能拿到", "duration"), ("损坏图书要赔几成", "percent"), ("借阅证到哪里办", "place")],
)
def test_what_is_printed_in_words_is_no_absence(qa: PolicyQa, question: str, kind: str) -> None:
    assert swept(qa, question, kind) is None


def test_an_absence_names_what_was_looked_through(qa: PolicyQa) -> None:
    found = swept(qa, "借阅证的咨询电话是多少", "phone")
    assert found is not None
    assert (found.documents, found.kind) == (("library-2020",), "phone")  # type: ignore[attr-defined]


def test_a_kind_without_forms_is_never_absent(qa: PolicyQa) -> None:
    assert swept(qa, "借阅证是什么样的", "other") is None


def test_nothing_is_absent_from_a_topic_that_isnt_named(qa: PolicyQa) -> None:
    assert swept(qa, "多少", "phone") is None
