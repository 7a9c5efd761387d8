"""The front of a document: its title, notice, addressees, 文号, issuer and date, as printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from corpus.front_lines import DATE, TITLE_LIMIT, is_addressees, is_date, is_number, is_organ, is_title
from corpus.lines import Line
from corpus.numerals import number_of
from corpus.places import known_places
from corpus.script import fold, simplify
from corpus.types import Metadata, Period

_YEARS = re.compile(r"[(（](\d{4})\s*[-—–~至]+\s*(\d{4})\s*年?[)）]")
PROSE = 120  # a paragraph of this length before the first numbering opens 前言
_MOST_ORGANS = 60  # that sign one document
_PRINTS = re.compile("印发|颁布|公布")
_LEVEL = re.compile("新区|[市区县州](?![域块级场])")
_PLACE = re.compile(r"[一-鿿]{2,4}?(?:新区|[市区县州])(?![域块级场])")


def date_of(line: str) -> date | None:
    """The day that a date line prints, or None if it is no day of the calendar."""
    found = DATE.search(fold(line))
    if not found:
        return None
    year, month, day = (
        number_of(re.sub("[0o○]", "〇", g) if i == 0 and not g.isdigit() else g) for i, g in enumerate(found.groups())
    )
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None


def title_end(lines: Sequence[Line]) -> int:
    """How many of the lines before the first numbering belong to 标题; the rest are 前言."""
    last = 0
    for index, line in enumerate(lines, start=1):
        text = line.text
        if len(text) > PROSE and not _PRINTS.search(fold(text)):
            break
        if is_title(text) or is_number(text) or is_date(text) or is_addressees(text):
            last = index
    if last == 0 and lines and len(lines[0].text) <= TITLE_LIMIT and lines[0].text[-1] not in "。；;：:":
        last = 1
    return last


@dataclass(frozen=True)
class SignOff:
    """Where a sign-off begins among the lines, and what it prints."""

    index: int
    issuer: str | None
    issued_on: date | None


def sign_off(lines: Sequence[Line]) -> SignOff | None:
    """Issuer and date at the end of a part: a date line with the organs above it, few lines after."""
    for index in range(len(lines) - 1, max(len(lines) - 5, 0), -1):
        if not is_date(lines[index].text):
            continue
        first = index
        while first > 1 and index - first < _MOST_ORGANS and is_organ(lines[first - 1].text):
            first -= 1
        issuer = " ".join(line.text for line in lines[first:index]) or None
        return SignOff(first, issuer, date_of(lines[index].text))
    return None


def metadata_of(front: Sequence[Line], closing: SignOff | None, fallback_title: str) -> Metadata:
    """What the text itself prints. Nothing is guessed: what isn't found is None."""
    titles = [line.text.lstrip("# ").strip() for line in front if is_title(line.text)]
    title = titles[-1] if titles else (front[0].text.lstrip("# ").strip()[:TITLE_LIMIT] if front else fallback_title)
    number = next((line.text.strip() for line in front if is_number(line.text)), None)
    issuer, issued_on = None, None
    for before, line in pairwise(front):
        if is_date(line.text):
            issued_on = date_of(line.text)
            issuer = before.text if is_organ(before.text) else issuer
    if closing:
        issuer, issued_on = issuer or closing.issuer, issued_on or closing.issued_on
    return Metadata(
        title=title,
        issuer=simplify(issuer) if issuer else None,
        document_number=number,
        issued_on=issued_on,
        jurisdiction=place_of(issuer) or place_of(title),
        period=_period_in(title),
    )


def place_of(words: str | None) -> str | None:
    """The innermost place that opens an issuer's name or a title: 上海市嘉定区… -> 嘉定区.

    A name counts when it is a known place, stands inside one, or is a government's.
    """
    plain = simplify(words) if words else ""
    known = max((name for name in known_places() if plain.startswith(name)), key=len, default="")
    place, rest = known_places().get(known), plain[len(known) :]
    is_short = place != known  # 长沙 may go on as 长沙市 or 长沙县
    if is_short and place and (level := _LEVEL.match(rest)):
        place, rest, is_short = known + level[0], rest[level.end() :], False
    while found := _PLACE.match(rest):
        rest = rest[found.end() :]
        if (place is None or is_short) and not rest.startswith(("人民政府", "政府")):
            return place
        place = found[0]
    return place


_VALID_UNTIL = re.compile(r"有效期(?:限)?(?:截)?(?:至|到)\s*(\d{4})年(\d{1,2})月(\d{1,2})日")
_IN_FORCE = re.compile(
    r"自\s*(\d{4})年(\d{1,2})月(\d{1,2})日起(?:施行|实施|执行|生效)(?:[,。]?\s*有效期(?:限)?(?:为)?\s*(\d{1,2}|[一二三四五十])年)?"
)


def period_in_text(text: str) -> Period | None:
    """有效期至…, 自…起施行，有效期五年: the document's own words on its period, wherever they stand."""
    folded = fold(text)
    until, force = _VALID_UNTIL.search(folded), _IN_FORCE.search(folded)
    if until is None and force is None:
        return None
    try:
        start = date(*map(int, force.groups()[:3])) if force else None
        end = date(*map(int, until.groups())) if until else None
        if force and force[4] and start and end is None:
            end = start.replace(year=start.year + (number_of(force[4]) or 0)) - timedelta(days=1)
    except (ValueError, OverflowError):  # no day of the calendar
        return None
    found = until or force
    assert found is not None
    return Period(start, end, text[found.start() : found.end()], "正文")


def _period_in(title: str) -> Period | None:
    """Years in brackets at the end of the document's own title, quoted titles left aside."""
    own = re.sub("《[^》]*》", "", title)
    found = _YEARS.search(own)
    if not found:
        return None
    return Period(date(int(found[1]), 1, 1), date(int(found[2]), 12, 31), found[0], "标题")
