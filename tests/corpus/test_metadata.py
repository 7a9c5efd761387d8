from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import MetadataError
from corpus.metadata import metadata_from, read_metadata, toml_of
from corpus.types import Corpus, Metadata, Period


def a_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "hongkou.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_file_is_read_in_the_encoding_it_was_saved_in(encoding: str) -> None:
    data = 'title = "虹口区方案"\r\nissuer = "虹口区人民政府"\r\n'.encode(encoding)

    assert metadata_from("hongkou.toml", data).issuer == "虹口区人民政府"


def test_a_file_in_no_known_encoding_is_named_with_its_line() -> None:
    with pytest.raises(MetadataError, match=r"^hongkou\.toml, line 2: byte 0xff"):
        metadata_from("hongkou.toml", b'title = "a"\n\xff\xff')


def test_every_field_is_read(tmp_path: Path) -> None:
    path = a_file(
        tmp_path,
        """
title = "虹口区方案(2021-2025年)"
issuer = "虹口区人民政府"
document_number = "虹府发〔2021〕8号"
issued_on = 2021-03-19
repealed_on = 2024-01-01
jurisdiction = "虹口区"
parent_jurisdiction = "上海市"
implements = ["上海市方案"]

[period]
from = 2021-01-01
to = 2025-12-31
basis = "(2021-2025年)"
basis_from = "标题"
""",
    )

    assert read_metadata(path) == Metadata(
        title="虹口区方案(2021-2025年)",
        issuer="虹口区人民政府",
        document_number="虹府发〔2021〕8号",
        issued_on=date(2021, 3, 19),
        repealed_on=date(2024, 1, 1),
        jurisdiction="虹口区",
        parent_jurisdiction="上海市",
        implements=("上海市方案",),
        period=Period(date(2021, 1, 1), date(2025, 12, 31), "(2021-2025年)", "标题"),
    )


@pytest.mark.parametrize("repealed", [True, False])
def test_whether_it_is_repealed_may_be_said_without_a_day(tmp_path: Path, repealed: bool) -> None:
    path = a_file(tmp_path, f'title = "方案"\nrepealed = {str(repealed).lower()}')

    assert read_metadata(path) == Metadata(title="方案", repealed=repealed)


def test_what_the_file_leaves_out_is_unknown(tmp_path: Path) -> None:
    assert read_metadata(a_file(tmp_path, 'title = "方案"')) == Metadata(title="方案")


def test_a_period_may_have_one_end(tmp_path: Path) -> None:
    path = a_file(tmp_path, 'title = "方案"\n[period]\nto = 2018-12-31\nbasis = "到2018年"\nbasis_from = "正文"\n')

    assert read_metadata(path).period == Period(None, date(2018, 12, 31), "到2018年", "正文")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "`title` is missing"),
        ('title = ""', "`title` is missing"),
        ("title = 3", "`title` must be a str, not 3"),
        ('title = "方案"\nissuer = 3', "`issuer` must be a str, not 3"),
        ('title = "方案"\nissued_on = "2021-03-19"', "`issued_on` must be a date"),
        ('title = "方案"\nrepealed = "是"', "`repealed` must be a bool"),
        (
            'title = "方案"\nrepealed = false\nrepealed_on = 2024-01-01',
            "`repealed` is false and `repealed_on` gives a day",
        ),
        ('title = "方案"\nimplements = "上海市方案"', "`implements` must be a list"),
        ('title = "方案"\nissuer_name = "区府"', "unknown key `issuer_name`. Known: document_number, implements"),
        ('title = "方案"\n[period]\nto = 2025-12-31', "`period` needs `basis` and `basis_from`"),
        ('title = "方案"\n[period]\nbasis = "到2025年"', "`period` needs `basis` and `basis_from`"),
        (
            'title = "方案"\n[period]\nuntil = 2025-12-31',
            "unknown key `period.until`. Known: basis, basis_from, from, to",
        ),
        ('title = "方案"\n[period]\nto = 2025\nbasis = "甲"\nbasis_from = "乙"', "`to` must be a date, not 2025"),
        ('title = "方案"\nperiod = 5', "`period` must be a"),
        ("title = 方案", "can't be read as TOML"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_key(tmp_path: Path, text: str, message: str) -> None:
    path = a_file(tmp_path, text)

    with pytest.raises(MetadataError) as error:
        read_metadata(path)

    assert str(error.value).startswith(f"{path}: ")
    assert message in str(error.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(MetadataError, match=r"hongkou\.toml: no such file"):
        read_metadata(tmp_path / "hongkou.toml")


def test_what_is_written_is_read_again(policies: Corpus) -> None:
    for document in policies.documents:
        own = replace(document.metadata, notice_title=None)
        assert metadata_from("x.toml", toml_of(own)) == own
    odd = Metadata(
        '带"引号"\\和\n换行\x7f', issuer="x", repealed=True, repealed_on=date(2024, 2, 29), implements=("甲", "乙")
    )
    assert metadata_from("x.toml", toml_of(odd)) == odd
