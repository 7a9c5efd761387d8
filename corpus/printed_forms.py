"""Characters that stand for others in print: radicals for the characters they are drawn like, signs that don't show.

Files made from PDF and old fonts have the radical ⺠ (U+2EA0) where the word has 民 (U+6C11), and signs of no width
between characters.
"""

from __future__ import annotations

import re
import unicodedata

# Signs without width or ink: a soft hyphen, joiners, marks of direction, a byte-order mark in the middle of a text.
INVISIBLE = "\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_DROPPED = dict.fromkeys(map(ord, INVISIBLE))

# CJK Radicals Supplement, which NFKC leaves alone: the unified ideograph of the same form (Unicode's
# EquivalentUnifiedIdeograph), those without one left out.
_SUPPLEMENT = dict(
    zip(
        "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺶⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乛乚乙亻冂几刀刂卜㔾小小兀尣尢巳幺彑彐忄㣺扌攵旡日月歺母民氵氺灬爫爫丬牛犭王疋目示礻竹糹纟罓罒㓁羊耂肀聿月臼艹艹艹虎衤覀西见角讠贝足车辶辶辶邑钅長镸长门阜阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
_COMPATIBLE = [*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00)]  # Kangxi radicals, compatibility ideographs
USUAL = str.maketrans(
    _SUPPLEMENT
    | {chr(c): n for c in _COMPATIBLE if (n := unicodedata.normalize("NFKC", chr(c))) != chr(c) and len(n) == 1}
)


def usual(text: str) -> str:
    """Radicals and compatibility forms as the characters that they stand for, one for one."""
    return text.translate(USUAL)


def visible(text: str) -> str:
    """The text without the signs that don't show."""
    return text.translate(_DROPPED) if _INVISIBLE.search(text) else text


def places(text: str) -> list[int]:
    """For each character of `visible(text)`, and for its end, where it stands in `text`."""
    rows = [index for index, character in enumerate(text) if ord(character) not in _DROPPED]
    return [*rows, rows[-1] + 1 if rows else 0]
