"""Titles: a document's own, its annexes', and whether quoted words are one of them."""

from __future__ import annotations

import pytest

from corpus.types import Corpus
from rag.titles import annex_titles, is_same_title, own_title, topic_of_title, years_of
from tests.builders import a_policy

TITLES = {
    "changning-145": "长宁区在线新经济发展“十四五”规划",
    "hongkou-2020": "虹口区落实《上海市促进在线新经济发展行动方案(2020—2022年)》的实施意见",
    "jiading-2021": "嘉定区促进在线新经济发展行动方案(2021-2025年)",
    "shanghai-2016": "上海市推进“互联网+”行动实施意见",
    "shanghai-2020": "上海市促进在线新经济发展行动方案(2020-2022年)",
}
YEARS = {
    "changning-145": set(),
    "hongkou-2020": {2020},  # its own date; the years in its title are the city plan's
    "jiading-2021": {2021},
    "shanghai-2016": {2016},
    "shanghai-2020": {2020},
}


@pytest.mark.parametrize("quoted", TITLES)
@pytest.mark.parametrize("document_id", TITLES)
def test_a_full_title_names_its_own_document_alone(quoted: str, document_id: str) -> None:
    assert is_same_title(TITLES[quoted], TITLES[document_id]) == (quoted == document_id)


@pytest.mark.parametrize(
    ("quoted", "document_id"),
    [
        ("上海市促进在线新经济发展行动方案", "shanghai-2020"),
        ("嘉定区促进在线新经济发展行动方案", "jiading-2021"),
        ("长宁区在线新经济发展十四五规划", "changning-145"),
        ("上海市推进互联网+行动实施意见", "shanghai-2016"),
    ],
)
def test_a_title_without_its_years_or_marks_names_its_document_alone(quoted: str, document_id: str) -> None:
    assert [name for name, title in TITLES.items() if is_same_title(quoted, title)] == [document_id]


@pytest.mark.parametrize(
    "quoted", ["", "（2020年）", "中华人民共和国电子商务法", "长宁区支持在线新经济发展的若干政策(试行)", "方案"]
)
def test_other_words_are_no_title(quoted: str) -> None:
    assert not any(is_same_title(quoted, title) for title in TITLES.values())


def test_a_documents_own_title_leaves_quoted_ones_aside(policies: Corpus) -> None:
    document = policies.document("hongkou-2020")
    assert document is not None
    assert own_title(document) == "虹口区落实的实施意见"


@pytest.mark.parametrize("document_id", YEARS)
def test_a_documents_years_are_its_own(document_id: str, policies: Corpus) -> None:
    document = policies.document(document_id)
    assert document is not None
    assert YEARS[document_id] <= years_of(document)
    assert not years_of(document) & {2019, 2023, 2024, 2026}


def test_annexes_are_named_by_mark_and_title(policies: Corpus) -> None:
    document = policies.document("jiading-2021")
    assert document is not None
    rows = annex_titles(document)
    assert [mark for mark, _ in rows] == ["附件1", "附件2", "附件3", "附件4"]
    assert rows[2][1] == "嘉定区推进电子商务发展行动计划(2021-2025年)"


def test_a_document_without_annexes_has_no_annex_titles() -> None:
    assert annex_titles(a_policy()) == ()


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("嘉定区推进工业互联网发展行动计划(2021-2025年)", "工业互联网"),
        ("嘉定区促进在线新文娱发展行动计划(2021-2025年)", "文娱"),
        ("嘉定区推进电子商务发展行动计划(2021-2025年)", "电子商务"),
        ("嘉定区推动智慧交通发展行动计划(2021-2025年)", "智慧交通"),
    ],
)
def test_an_annexes_topic_is_what_sets_its_title_apart(title: str, topic: str) -> None:
    assert topic_of_title(title) == topic
