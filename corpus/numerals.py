"""Chinese numerals as they number headings and state amounts."""

from __future__ import annotations

import re

DIGITS = {d: i for i, d in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "◯": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
ZEROS = "零〇○◯o0"  # as 第一百○一条 prints it; a letter and a figure only inside such a number
NUMERAL = "[零〇○◯一二三四五六七八九十百千]{1,12}"  # the longest below ten thousand has seven characters
_HUNDRED, _THOUSAND, _TEN_THOUSAND = 100, 1_000, 10_000
_LONGEST = 12  # digits of a number that a text can mean
_CIRCLED = {
    chr(code): number
    for number, code in enumerate((*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0)), start=1)
}  # ① to ㊿


def number_of(numeral: str) -> int | None:
    """`十一` -> 11, `一百三十三` -> 133, `12` -> 12, `③` -> 3; None if it is no number or has more than twelve digits."""
    if len(numeral) > _LONGEST:
        return None
    if re.fullmatch("[0-9]+", numeral):
        return int(numeral)
    if len(numeral) == 1 and (circled := _CIRCLED.get(numeral)):
        return circled
    if not re.fullmatch("[零〇○◯一二两三四五六七八九十百千]+", numeral):
        return None
    if not any(unit in numeral for unit in UNITS):  # 二〇二一
        return int("".join(str(DIGITS[c]) for c in numeral))
    total, digit = 0, 0
    for character in numeral:
        if character in UNITS:
            total += (digit or 1) * UNITS[character]
            digit = 0
        else:
            digit = DIGITS[character]
    return total + digit


def numeral_of(number: int) -> str:
    """11 -> `十一`, 1260 -> `一千二百六十`, for addresses typed with the other kind of digits. From ten thousand on the
    figures stand one by one.
    """
    digits = "零一二三四五六七八九"
    if number >= _TEN_THOUSAND:
        return "".join(digits[int(figure)] for figure in str(number))
    if number >= _THOUSAND:
        thousands, rest = divmod(number, _THOUSAND)
        tail = numeral_of(rest) if rest else ""
        tail = ("零" if 0 < rest < _HUNDRED else "") + ("一" if 10 <= rest < 20 else "") + tail
        return f"{digits[thousands]}千{tail}"
    if number < 10:
        return digits[number]
    if number < 20:
        return "十" + (digits[number - 10] if number > 10 else "")
    if number < 100:
        tens, ones = divmod(number, 10)
        return digits[tens] + "十" + (digits[ones] if ones else "")
    hundreds, rest = divmod(number, 100)
    if not rest:
        return digits[hundreds] + "百"
    tail = numeral_of(rest)
    if rest < 10:
        tail = "零" + tail
    elif rest < 20:
        tail = "一" + tail
    return digits[hundreds] + "百" + tail
