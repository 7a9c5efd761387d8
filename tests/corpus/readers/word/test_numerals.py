from __future__ import annotations

import pytest

from corpus.readers.word.numerals import FORMATS, shown


@pytest.mark.parametrize(
    ("number_format", "printed"),
    [
        ("decimal", {1: "1", 10: "10"}),
        ("decimalZero", {1: "01", 12: "12"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 35: "㉟", 36: "㊱", 50: "㊿", 51: "51"}),
        ("decimalEnclosedCircleChinese", {3: "③"}),
        ("decimalEnclosedFullstop", {2: "⒉", 21: "21"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一〇〇", 123: "一二三"}),
        (
            "chineseCountingThousand",
            {
                1: "一", 10: "十", 19: "十九", 20: "二十", 100: "一百", 101: "一百零一", 110: "一百一十",
                119: "一百一十九", 200: "二百", 1000: "一千", 1001: "一千零一", 1010: "一千零一十", 1260: "一千二百六十",
            },
        ),
        ("taiwaneseCountingThousand", {33: "三十三", 305: "三百零五"}),
        ("taiwaneseCounting", {15: "十五", 105: "一〇五"}),
        ("ideographDigital", {9: "九", 10: "一〇", 21: "二一"}),
        ("taiwaneseDigital", {10: "一〇"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 12: "壹拾贰", 102: "壹佰零贰"}),
        ("ideographLegalTraditional", {2: "貳", 20: "貳拾"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "甲"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("ideographZodiacTraditional", {1: "甲子", 12: "乙亥", 61: "甲子"}),
        ("ideographEnclosedCircle", {1: "㊀", 10: "㊉", 11: "11"}),
        ("japaneseCounting", {10: "十", 21: "二十一", 101: "百一", 110: "百十", 1100: "千百"}),
        ("japaneseLegal", {3: "参"}),
        ("upperRoman", {4: "IV", 9: "IX", 14: "XIV"}),
        ("lowerRoman", {8: "viii"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA"}),
        ("lowerLetter", {28: "bb"}),
        ("none", {5: ""}),
        ("hebrew1", {5: "5"}),
    ],
)  # fmt: skip
def test_a_number_is_printed_as_word_prints_it(number_format: str, printed: dict[int, str]) -> None:
    assert {number: shown(number, number_format) for number in printed} == printed


@pytest.mark.parametrize(("pattern", "printed"), [("01, 02, 03, ...", "07"), ("0001", "0007"), ("", "7")])
def test_a_format_of_ones_own_pads_with_zeros(pattern: str, printed: str) -> None:
    assert shown(7, "custom", pattern) == printed


@pytest.mark.parametrize("number_format", [name for name in FORMATS if name != "none"])
def test_a_number_that_no_format_reaches_is_given_in_figures(number_format: str) -> None:
    assert [shown(number, number_format) for number in (0, -3, 10_000, 10**11)] == ["0", "-3", "10000", "1" + "0" * 11]
