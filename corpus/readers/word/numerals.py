"""Numbers the way Word prints them before a paragraph. A new format is a row of `FORMATS`."""

from __future__ import annotations

import re
from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_MOST = 9999  # what the counted formats reach; past it Word prints figures as well
Shown = Callable[[int], str]


def shown(number: int, number_format: str, custom: str = "") -> str:
    """11 as `chineseCounting` -> 十一. `custom` is the pattern of the format of that name: 001, 002 … pads with zeros.

    A format that isn't known, or doesn't reach the number, gives figures.
    """
    if number_format == "custom":
        zeros = re.match("0*", custom)
        return f"{number:0{len(zeros[0]) + 1 if zeros else 1}d}"
    return FORMATS.get(number_format, str)(number) if 0 < number <= _MOST else str(number)


def _counted(digits: str, units: str, tens_alone: bool = True, bare: bool = False) -> Shown:
    """`digits` from zero to nine, `units` ten, hundred, thousand. `tens_alone`: 十一 instead of 一十一; `bare`: no zero
    and no one before a unit, as in Japanese.
    """

    def show(number: int) -> str:
        words, gap = "", False
        for place in range(3, -1, -1):
            digit = number // 10**place % 10
            if digit == 0:
                gap = bool(words)
                continue
            words += digits[0] if gap and not bare else ""
            gap = False
            is_one = digit == 1 and place > 0 and (bare or (tens_alone and place == 1 and not words))
            words += ("" if is_one else digits[digit]) + (units[place - 1] if place else "")
        return words

    return show


def _by_digit(digits: str) -> Shown:
    return lambda number: "".join(digits[int(figure)] for figure in str(number))


def _to_ninety_nine(below: Shown, above: Shown) -> Shown:
    return lambda number: (below if number < 100 else above)(number)


def _cycle(names: str) -> Shown:
    return lambda number: names[(number - 1) % len(names)]


def _row(first: str, reach: int) -> Shown:
    """Characters that follow one another, as ①②③; past their end figures."""
    return lambda number: chr(ord(first) + number - 1) if number <= reach else str(number)


def _circled(number: int) -> str:
    """① to ㊿, which stand in three places."""
    firsts = ((20, "①", 1), (35, "㉑", 21), (50, "㊱", 36))
    return next((chr(ord(one) + number - begin) for end, one, begin in firsts if number <= end), str(number))


def _roman(number: int) -> str:
    words = ""
    for value, letters in _ROMAN:
        words += letters * (number // value)
        number %= value
    return words


def _letters(number: int) -> str:
    """a … z, aa, bb …: the letter again with each round."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


_THOUSANDS = _counted("零一二三四五六七八九", "十百千")
_HUNDREDS = _to_ninety_nine(_THOUSANDS, _by_digit(_DIGITS))
_JAPANESE = _counted("〇一二三四五六七八九", "十百千", bare=True)
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_FULL_WIDTH = _by_digit("０１２３４５６７８９")

FORMATS: dict[str, Shown] = {
    "none": lambda _number: "",
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _FULL_WIDTH,
    "decimalFullWidth2": _FULL_WIDTH,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _row("⒈", 20),
    "decimalEnclosedParen": _row("⑴", 20),
    "numberInDash": lambda number: f"- {number} -",
    "chineseCounting": _HUNDREDS,
    "chineseCountingThousand": _THOUSANDS,
    "chineseLegalSimplified": _counted(_FORMAL, "拾佰仟", tens_alone=False),
    "taiwaneseCounting": _HUNDREDS,
    "taiwaneseCountingThousand": _THOUSANDS,
    "taiwaneseDigital": _by_digit(_DIGITS),
    "ideographDigital": _by_digit(_DIGITS),
    "ideographLegalTraditional": _counted("零壹貳參肆伍陸柒捌玖", "拾佰仟", tens_alone=False),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": lambda number: _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12],
    "ideographEnclosedCircle": _row("㊀", 10),
    "japaneseCounting": _JAPANESE,
    "japaneseDigitalTenThousand": _by_digit(_DIGITS),
    "japaneseLegal": _counted("〇壱弐参四伍六七八九", "拾百阡", bare=True),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
}
