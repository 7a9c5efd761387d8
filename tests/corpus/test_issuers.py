"""Who issued a document: sign-offs, titles, and the line that says who adopted it."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.issuers import Adoption, adoptions_in, organs_in, organs_of_title


@pytest.mark.parametrize(
    ("title", "organs"),
    [
        ("青石市人民政府办公室关于印发夜市管理办法的通知", ("青石市人民政府办公室",)),
        ("青石市民政局 青石市财政局关于发放津贴的通知", ("青石市民政局", "青石市财政局")),
        ("青石市民政局青石市财政局关于发放津贴的通知", ("青石市民政局", "青石市财政局")),
        ("国务院办公厅、中央军委办公厅关于调查工作的通知", ("国务院办公厅", "中央军委办公厅")),
        ("关于发放津贴的通知", ()),
        ("青石市夜市管理办法", ()),
    ],
)
def test_a_title_begins_with_who_issues(title: str, organs: tuple[str, ...]) -> None:
    assert organs_of_title(title) == organs


def test_offices_that_sign_on_one_line_are_told_apart() -> None:
    assert organs_in("青石市民政局　青石市财政局") == ("青石市民政局", "青石市财政局")


def test_an_adoption_names_its_body_without_the_session() -> None:
    line = "2021年12月29日 青石市第十七届人民代表大会常务委员会第四十一次会议通过"
    assert adoptions_in([line]) == [Adoption(date(2021, 12, 29), "青石市人民代表大会常务委员会")]


def test_the_approval_of_a_higher_body_is_no_adoption() -> None:
    assert adoptions_in(["2022年1月21日 山北省第十三届人民代表大会常务委员会第三十三次会议批准"]) == []


def test_an_office_that_published_it_is_named_without_a_session() -> None:
    assert adoptions_in(["1985年7月6日 青石部公布"]) == [Adoption(date(1985, 7, 6), "青石部")]


def test_a_sentence_about_something_published_is_no_adoption() -> None:
    assert adoptions_in(["1985年7月6日 青石部公布了一批名单"]) == []
