from __future__ import annotations

import pytest

from corpus.numerals import number_of, numeral_of


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("零", 0),
        ("一", 1),
        ("十", 10),
        ("十一", 11),
        ("二十", 20),
        ("二十三", 23),
        ("九十九", 99),
        ("一百", 100),
        ("一百零五", 105),
        ("一百一十", 110),
        ("一百三十三", 133),
        ("两百", 200),
        ("一千二百六十", 1260),
        ("二〇二一", 2021),
        ("7", 7),
        ("12", 12),
        ("2021", 2021),
        ("①", 1),
        ("③", 3),
        ("⑳", 20),
    ],
)
def test_a_numeral_is_read_as_its_number(numeral: str, number: int) -> None:
    assert number_of(numeral) == number


@pytest.mark.parametrize("words", ["", "甲", "第一", "一、", "1.5", "-1", "一万个", "①②"])
def test_words_that_are_no_numeral_have_no_number(words: str) -> None:
    assert number_of(words) is None


@pytest.mark.parametrize(
    ("number", "numeral"),
    [
        (0, "零"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (21, "二十一"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (115, "一百一十五"),
        (133, "一百三十三"),
        (999, "九百九十九"),
    ],
)
def test_a_number_is_written_as_articles_are_numbered(number: int, numeral: str) -> None:
    assert numeral_of(number) == numeral


def test_every_number_up_to_999_is_read_back_from_its_numeral() -> None:
    assert [number_of(numeral_of(number)) for number in range(1000)] == list(range(1000))
