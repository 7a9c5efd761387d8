"""The documents that a question names and that aren't here."""

from __future__ import annotations

import pytest

from rag.reading.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("上海2026年的行动方案有哪些重点", "2026年"),
        ("虹口区2024年的数字经济政策里5G由谁负责", "2024年"),
        ("嘉定2018年的实施意见怎么说", "2018年"),
        ("《中华人民共和国电子商务法》第三十八条怎么规定的", "电子商务法"),
        ("《长宁区支持在线新经济发展的若干政策(试行)》第五条写了什么", "若干政策"),
    ],
)
def test_a_document_that_is_not_here_is_named(question: str, named: str, gazetteer: Gazetteer) -> None:
    missing = gazetteer.scope_of(question).missing_document
    assert missing is not None
    assert named in missing


@pytest.mark.parametrize(
    "question",
    [
        "虹口落实《上海市促进在线新经济发展行动方案(2020—2022年)》的文号",
        "嘉定电商企业上市按照《嘉定区推动企业上市和挂牌的若干意见》给什么扶持",
        "到2030年嘉定的目标是什么",
        "虹口区在线教育由谁负责",
    ],
)
def test_what_a_text_relies_on_is_not_asked_for(question: str, gazetteer: Gazetteer) -> None:
    assert gazetteer.scope_of(question).missing_document is None
