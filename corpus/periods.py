"""How long a document holds, by its own words: since when, until when, and that another one has taken its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.dates import DAY, day_of
from corpus.numerals import number_of
from corpus.script import fold
from corpus.types import Period

_N = "(?:[0-9]{1,2}|[一二三四五六七八九十两]{1,3})"
_FROM_ISSUE = r"自?(?:印发|发布|公布|颁布|发文|下发|印制)之日(?:起)?"
_BEGINS = re.compile(
    rf"(?:(?:自|从|于)\s*(?P<day>{DAY})\s*(?:起|开始)?|{_FROM_ISSUE})(?:正式|试|起|开始)*(?:施行|实施|执行|生效|实行|试行)"
)
_LASTS = re.compile(
    rf"(?:有效期(?:限)?|试行期(?:限)?|实施期(?:限)?|执行期(?:限)?)(?:为|是|暂定|定为|:)?\s*(?P<years>{_N})\s*(?P<unit>年|个月)|试行\s*(?P<trial>{_N})\s*年"
)
_ENDS = re.compile(
    rf"(?:有效期(?:限)?(?:调整|延长|延续)?(?:截)?(?:至|到|为)|(?:实施|施行|执行|有效|试行|截止|终止)(?:期限)?(?:至|到)|(?:至|到))\s*(?P<day>{DAY})\s*(?:止|终止|失效|截止)?"
)
_SPAN = re.compile(
    rf"(?:有效期(?:限)?|执行期(?:限)?|实施期(?:限)?|政策期限|时间)(?:为|自|从|:)*\s*(?P<start>{DAY})\s*(?:起)?\s*(?:至|到|-|—)+\s*(?P<end>{DAY})"
)
_OF_ANOTHER = re.compile(r"》(?:\([^()]{1,40}\))?[^,，。;；]{0,6}$")  # the sentence is about a text that it names
_SENTENCE = re.compile(r"[^。;；\n]+")
_LONGEST = 600  # characters of a sentence that is read


@dataclass(frozen=True)
class Stated:
    """What is known of the day of issue: when it was printed, else when it was signed."""

    printed_on: date | None
    issued_on: date | None

    @property
    def day(self) -> date | None:
        return self.printed_on or self.issued_on


def period_in_text(text: str, stated: Stated) -> Period | None:
    """The document's own words on its period, wherever they stand; the last that give one count."""
    folded = fold(text)
    rows = []
    for sentence in _SENTENCE.finditer(folded):
        if len(sentence[0]) <= _LONGEST and (found := _period(sentence[0], stated)):
            start, end, (first, last) = found
            basis = text[sentence.start() + first : sentence.start() + last]
            rows.append(Period(start, end, basis, "正文"))
    return _merged(rows)


def says_period(sentence: str) -> str | None:
    """The words of a folded sentence that say since or until when its document holds; None where there are none."""
    found = _period(sentence, Stated(None, None)) if len(sentence) <= _LONGEST else None
    return sentence[slice(*found[2])] if found else None


def _period(sentence: str, stated: Stated) -> tuple[date | None, date | None, tuple[int, int]] | None:
    if span := _SPAN.search(sentence):
        return day_of(span["start"]), day_of(span["end"]), span.span()
    begins = _BEGINS.search(sentence)
    if begins and _OF_ANOTHER.search(sentence[: begins.start()]):
        begins = None
    lasts = _LASTS.search(sentence, begins.end() if begins else 0)
    ends = _ENDS.search(sentence, begins.end() if begins else 0) if begins or "有效期" in sentence else None
    if begins is None and not (ends and "有效期" in sentence):
        return None
    start = (day_of(begins["day"]) if begins["day"] else stated.day) if begins else None
    end = day_of(ends["day"]) if ends else _after(start, lasts)
    marks = [found for found in (begins, lasts, ends) if found]
    return start, end, (min(m.start() for m in marks), max(m.end() for m in marks))


def _after(start: date | None, lasts: re.Match[str] | None) -> date | None:
    """The last day of so many years or months from `start`."""
    if start is None or lasts is None:
        return None
    count = number_of((lasts["years"] or lasts["trial"]).replace("两", "二")) or 0
    months = count if lasts["unit"] == "个月" else 12 * count
    year, month = divmod(start.month - 1 + months, 12)
    try:
        return start.replace(year=start.year + year, month=month + 1) - timedelta(days=1)
    except ValueError:  # the 29th of February, or past the calendar's end
        return None


def _merged(rows: list[Period]) -> Period | None:
    """The last; one that gives only the other end of the period completes it."""
    if not rows:
        return None
    last = rows[-1]
    for row in reversed(rows[:-1]):
        if last.start is None and row.start is not None and row.end is None:
            return Period(row.start, last.end, last.basis, last.basis_from)
    return last
