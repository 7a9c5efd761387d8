"""Chinese numerals as they number headings and state amounts."""

from __future__ import annotations

import re

DIGITS = {d: i for i, d in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = "[零〇一二三四五六七八九十百千]{1,12}"  # the longest below ten thousand has seven characters
_LONGEST = 12  # digits of a number that a text can mean
_CIRCLED_ONE = ord("①")


def number_of(numeral: str) -> int | None:
    """`十一` -> 11, `一百三十三` -> 133, `12` -> 12, `③` -> 3; None if it is no number or has more than twelve digits."""
    if len(numeral) > _LONGEST:
        return None
    if re.fullmatch("[0-9]+", numeral):
        return int(numeral)
    if len(numeral) == 1 and "①" <= numeral <= "⑳":
        return ord(numeral) - _CIRCLED_ONE + 1
    if not re.fullmatch("[零〇一二两三四五六七八九十百千]+", numeral):
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
    """11 -> `十一`, for addresses typed with the other kind of digits. Holds up to 999."""
    digits = "零一二三四五六七八九"
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
