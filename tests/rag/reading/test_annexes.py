"""The annexes that a question names."""

from __future__ import annotations

import pytest

from rag.reading.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("嘉定附件1讲什么", "附件1"),
        ("嘉定附件二讲什么", "附件2"),
        ("嘉定附件 3 讲什么", "附件3"),
        ("嘉定智慧交通发展行动计划的目标", "附件4"),
        ("嘉定电子商务附件里的目标", "附件3"),
        ("嘉定正文的目标", "正文"),
    ],
)
def test_an_annex_is_named_by_number_or_topic(question: str, part: str, gazetteer: Gazetteer) -> None:
    assert part in gazetteer.scope_of(question).parts
