from __future__ import annotations

import pytest

from corpus.readers.markdown import text_of_markdown
from corpus.source import Source, document_from

BODY = "第一条 甲。\n\n第二条 乙。\n"


def test_front_matter_is_no_part_of_the_text_and_what_it_says_is_kept() -> None:
    text = text_of_markdown(
        f'---\ntitle: "青川市夜市办法"\nissuer: 青川市人民政府\ndate: 2022-03-01\ntags: [a]\n---\n\n{BODY}'
    )

    assert text == f"青川市夜市办法\n发文机关：青川市人民政府\n发布日期：2022-03-01\n{BODY}"
    metadata = document_from(Source("any.md", text.encode())).metadata
    assert (metadata.title, metadata.issuer, str(metadata.issued_on)) == (
        "青川市夜市办法",
        "青川市人民政府",
        "2022-03-01",
    )


def test_a_title_that_the_text_prints_is_not_repeated() -> None:
    assert (
        text_of_markdown(f"---\ntitle: 青川市夜市办法\n---\n# 青川市 夜市办法\n{BODY}") == f"# 青川市 夜市办法\n{BODY}"
    )


@pytest.mark.parametrize(
    "text", [BODY, "", "---\n", "---\n甲。\n---\n乙。", "---\ntitle: 甲", "甲\n---\ntitle: 乙\n---\n"]
)
def test_a_text_without_front_matter_is_left_as_it_is(text: str) -> None:
    assert text_of_markdown(text) == text
