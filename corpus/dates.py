"""Days as documents print them."""

from __future__ import annotations

import re
from datetime import date

from corpus.numerals import number_of
from corpus.script import fold

DAY = (
    r"(?:(?:19|20)\d\d|[一二][〇零0o○一二三四五六七八九]{3})\s*年\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})\s*月"
    r"\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*日"
)
_PARTS = re.compile(
    r"((?:19|20)\d\d|[一二][〇零0o○一二三四五六七八九]{3})\s*[年.\-/]\s*([0-9]{1,2}|[一二三四五六七八九十]{1,2})\s*[月.\-/]"
    r"\s*([0-9]{1,2}|[一二三四五六七八九十]{1,3})"
)


def day_of(words: str) -> date | None:
    """The first day that the words print, 2024年7月29日 or as a page's table has it, 2024-07-29; or None if there is none or it is no day of the calendar."""
    found = _PARTS.search(fold(words))
    if not found:
        return None
    year, month, day = (number_of(re.sub("[0o○]", "〇", g) if not g.isdigit() else g) for g in found.groups())
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None
