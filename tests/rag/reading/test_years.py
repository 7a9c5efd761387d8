"""The documents of the years that a question names."""

from __future__ import annotations

import pytest

from rag.reading.gazetteer import Gazetteer
from tests.builders import a_corpus, a_policy


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("上海2020年行动方案什么时候印发的", ("shanghai-2020",)),
        ("2016年的“互联网+”意见怎么说", ("shanghai-2016",)),
        ("上海2016年那份意见怎么说", ("shanghai-2016",)),
        ("上海16年的意见怎么说", ("shanghai-2016",)),
        ("嘉定2021年的行动方案", ("jiading-2021",)),
        ("到2025年嘉定要落地多少个示范项目", ()),
        ("2020年长宁的税收是多少", ()),
    ],
)
def test_a_document_is_named_by_year(question: str, documents: tuple[str, ...], gazetteer: Gazetteer) -> None:
    assert gazetteer.scope_of(question).documents == documents


def test_two_documents_of_one_place_are_told_apart_by_year() -> None:
    corpus = a_corpus(
        a_policy(document_id="old", title="示例区行动方案（2016-2018年）"),
        a_policy(document_id="new", title="示例区行动方案（2021-2025年）"),
    )
    gazetteer = Gazetteer(corpus)
    assert gazetteer.scope_of("示例区2021年的方案怎么说").documents == ("new",)
    assert gazetteer.scope_of("示例区2016年的方案怎么说").documents == ("old",)
    assert gazetteer.scope_of("示例区的方案怎么说").documents == ()
