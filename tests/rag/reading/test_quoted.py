"""The documents and annexes whose titles a question quotes."""

from __future__ import annotations

import pytest

from rag.reading.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("《上海市促进在线新经济发展行动方案（2020-2022年）》怎么规定", ("shanghai-2020",)),
        ("《上海市促进在线新经济发展行动方案(2020—2022年)》怎么规定", ("shanghai-2020",)),
        ("《上海市推进“互联网+”行动实施意见》怎么规定", ("shanghai-2016",)),
        ("《上海市推進“互聯網+”行動實施意見》怎么规定", ("shanghai-2016",)),
        ("《长宁区在线新经济发展“十四五”规划》怎么规定", ("changning-145",)),
    ],
)
def test_a_document_is_named_by_title(question: str, documents: tuple[str, ...], gazetteer: Gazetteer) -> None:
    assert gazetteer.scope_of(question).documents == documents


def test_an_annex_is_named_by_its_title(gazetteer: Gazetteer) -> None:
    scope = gazetteer.scope_of("《嘉定区推进电子商务发展行动计划(2021-2025年)》怎么规定")
    assert scope.documents == ("jiading-2021",)
    assert "附件3" in scope.parts
