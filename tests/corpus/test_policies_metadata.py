"""What the committed policies print about themselves: in the file beside them and as the parser finds it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.metadata import read_metadata
from corpus.parse import parse
from corpus.types import Corpus, Document, Metadata, Period

Printed = tuple[str, str | None, str | None, date | None]  # title, issuer, 文号, date

# From reading.
PRINTED: dict[str, Printed] = {
    "changning-145": ("长宁区在线新经济发展“十四五”规划", None, None, None),
    "hongkou-2020": (
        "虹口区落实《上海市促进在线新经济发展行动方案(2020—2022年)》的实施意见",
        "虹口区人民政府",
        None,
        date(2020, 4, 30),
    ),
    "jiading-2021": (
        "嘉定区促进在线新经济发展行动方案(2021-2025年)",
        "上海市嘉定区人民政府办公室",
        "嘉府办发〔2021〕12号",
        date(2021, 3, 19),
    ),
    "shanghai-2016": ("上海市推進“互聯網+”行動實施意見", "上海市人民政府", None, date(2016, 2, 1)),
    "shanghai-2020": (
        "上海市促进在线新经济发展行动方案（2020-2022年）",
        "上海市人民政府办公厅",
        "沪府办发〔2020〕1号",
        date(2020, 4, 8),
    ),
}
PERIODS = {
    "changning-145": Period(None, date(2025, 12, 31), "到2025年末", "正文“发展目标”"),
    "hongkou-2020": Period(None, date(2022, 12, 31), "(2020—2022年)", "标题所引上位文件"),
    "jiading-2021": Period(date(2021, 1, 1), date(2025, 12, 31), "(2021-2025年)", "标题"),
    "shanghai-2016": Period(None, date(2018, 12, 31), "到2018年", "正文“发展目标”"),
    "shanghai-2020": Period(date(2020, 1, 1), date(2022, 12, 31), "（2020-2022年）", "标题"),
}


@pytest.fixture(params=PRINTED)
def document(request: pytest.FixtureRequest, policies: Corpus) -> Document:
    found = policies.document(request.param)
    assert found is not None
    return found


def printed(metadata: Metadata) -> Printed:
    return metadata.title, metadata.issuer, metadata.document_number, metadata.issued_on


def test_the_file_beside_a_policy_says_what_the_text_prints(document: Document, folder: Path) -> None:
    metadata = read_metadata(folder / f"{document.id}.toml")

    assert printed(metadata) == PRINTED[document.id]
    assert metadata == document.metadata


def test_the_parser_finds_the_same_in_the_text_alone(document: Document) -> None:
    alone = parse(document.id, document.text).metadata

    assert printed(alone) == PRINTED[document.id]
    assert alone.jurisdiction == document.metadata.jurisdiction


def test_the_period_rests_on_words_that_the_text_prints(document: Document) -> None:
    period = document.metadata.period

    assert period == PERIODS[document.id]
    assert period is not None
    assert period.basis in document.text


def test_a_period_in_the_title_is_found_in_the_text_alone(document: Document) -> None:
    alone = parse(document.id, document.text).metadata

    assert alone.period == (PERIODS[document.id] if PERIODS[document.id].basis_from == "标题" else None)


def test_a_document_that_a_policy_implements_is_named_in_it(document: Document) -> None:
    for title in document.metadata.implements:
        assert f"《{title}》" in document.text


def test_a_district_stands_under_the_city(document: Document) -> None:
    is_city = document.metadata.jurisdiction == "上海市"

    assert document.metadata.parent_jurisdiction == (None if is_city else "上海市")


def test_no_policy_is_said_to_be_repealed(document: Document) -> None:
    assert document.metadata.repealed_on is None
