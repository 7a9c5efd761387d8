"""The front and the end of a document: its titles, 文号, issuer, date and place, as printed. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from corpus.dates import DAY, day_of
from corpus.facts import Fact, facts_of, is_fact
from corpus.front_lines import (
    TITLE_LIMIT,
    is_addressees,
    is_adoption,
    is_colophon,
    is_date,
    is_number,
    is_order,
    is_organ,
    number_in,
    order_in,
)
from corpus.issuers import Adoption, adoptions_in, organs_in, organs_of_title
from corpus.lines import Line
from corpus.periods import Stated, period_in_text
from corpus.places import known_places
from corpus.repeal import repeal_of
from corpus.script import fold, simplify
from corpus.titles import titles_in
from corpus.types import Metadata, Period

_YEARS = re.compile(r"[(（](\d{4})\s*[-—–~至]+\s*(\d{4})\s*年?[)）]")
PROSE = 120  # a paragraph of this length before the first numbering opens 前言
_FRONT = 120  # lines that may stand before the opening paragraph
_BELOW = 6  # lines under a law's title that say who adopted it and when
_MOST_ORGANS = 60  # that sign one document
_PRINTS = re.compile("印发|颁布|公布")
_LEVEL = re.compile("新区|[市区县州](?![域块级场])")
_PLACE = re.compile(r"[一-鿿]{2,4}?(?:新区|[市区县州])(?![域块级场])")
_SIGNED = re.compile(rf"(?P<organs>[^。；;:：]{{4,60}}?)\s*(?P<day>{DAY})")
_BEGINS_WITH_DAY = re.compile(rf"\s*[(（]?{DAY}")
_PRINTED_ON = re.compile(rf"(?P<day>{DAY})\s*印发")
_PERSON = re.compile(r"[一-鿿\s\u3000]{2,12}[:：\s][一-鿿\s\u3000]{2,8}")
_SCOPE = re.compile(r"在([一-鿿]{2,12})行政区域内")
_BEGINS: tuple[str, Fact] = ("实施日期", "from")
_ENDS: tuple[tuple[str, Fact], ...] = (("失效日期", "to"), ("有效期至", "until"), ("废止日期", "repealed"))
_OF_AN_ACCOUNT = re.compile("公众号|微信|网站|客户端|日报|新闻|平台")


def title_end(lines: Sequence[Line]) -> int:
    """How many of the lines before the first numbering belong to 标题; the rest are 前言."""
    lines = lines[:_FRONT]
    stop = next((i for i, line in enumerate(lines) if _is_prose(line.text)), len(lines))
    last = max((number for _, number in titles_in([line.text for line in lines[:stop]])), default=0)
    for index, line in enumerate(lines[:stop], start=1):
        text = line.text
        stands_in_front = is_number(text) or is_date(text) or is_addressees(text) or is_fact(text) or is_adoption(text)
        if stands_in_front or _SIGNED.fullmatch(fold(text)):
            last = max(last, index)
    if last == 0 and lines and len(lines[0].text) <= TITLE_LIMIT and lines[0].text[-1] not in "。；;：:":
        last = 1
    return last


def _is_prose(text: str) -> bool:
    return len(text) > PROSE and not _PRINTS.search(fold(text)) and not is_fact(text)


@dataclass(frozen=True)
class SignOff:
    """Where a sign-off begins among the lines, and what it prints."""

    index: int
    issuer: str | None
    issued_on: date | None


def sign_off(lines: Sequence[Line]) -> SignOff | None:
    """Issuer and date at the end of a part: a date line with the organs above it; below it only the colophon."""
    last = len(lines) - 1
    while last > 0 and (is_colophon(lines[last].text) or is_fact(lines[last].text)):
        last -= 1
    for index in range(last, max(last - 4, 0), -1):
        if signed := _signed_at(lines, index):
            return signed
    return None


def _signed_at(lines: Sequence[Line], index: int) -> SignOff | None:
    """The sign-off whose date stands in this line."""
    text = lines[index].text
    one = _SIGNED.fullmatch(fold(text)) if len(text) <= TITLE_LIMIT else None
    if one and organs_in(text[: one.end("organs")]):
        return SignOff(index, text[: one.end("organs")].strip(), day_of(one["day"]))
    if not is_date(text):
        return None
    first = index
    while first > 1 and index - first < _MOST_ORGANS and _signs(lines[first - 1].text, first == index):
        first -= 1
    organs = [line.text for line in lines[first:index] if is_organ(line.text)]
    return SignOff(first, " ".join(organs) or None, day_of(text))


def _signs(text: str, is_nearest: bool) -> bool:
    """An organ, or right above the date the person who signs for it."""
    return is_organ(text) or (is_nearest and bool(_PERSON.fullmatch(text)) and not is_addressees(text))


def metadata_of(front: Sequence[Line], closing: SignOff | None, fallback_title: str, text: str = "") -> Metadata:
    """What the text itself prints. What isn't found is None. `front` are the lines before the first numbering."""
    front = front[:_FRONT]
    lines = [line.text for line in front]
    end = title_end(front)
    facts = facts_of(lines)
    title, notice = _titles(lines[:end], facts, fallback_title)
    signed = next((one for i in range(1, len(front)) if (one := _signed_at(front, i))), None)
    below = lines[end + _BELOW :]
    adopted = adoptions_in([*lines[: end + _BELOW], *takewhile(_BEGINS_WITH_DAY.match, below)])
    issuer = _issuer(signed, closing, facts, notice or title, adopted)
    issued_on = _issued_on(signed, closing, facts, adopted)
    printed = _PRINTED_ON.search(fold(text[-400:]))
    stated = Stated(day_of(printed["day"]) if printed else _first_day(adopted), issued_on)
    period = _period_of_page(facts) or period_in_text(text, stated) or _period_in(title)
    repeal = repeal_of(facts)
    return Metadata(
        title=title,
        notice_title=notice,
        issuer=simplify(issuer) if issuer else None,
        document_number=_number(lines[:end], lines[end : end + _BELOW], facts),
        issued_on=issued_on,
        jurisdiction=_place(issuer, notice or title, text, facts.get("site")),
        period=period,
        repealed=True if repeal else None,
        repealed_on=repeal.day if repeal else None,
    )


def with_repeal(given: Metadata, front: Sequence[Line]) -> Metadata:
    """The metadata, and where it doesn't say whether the document is repealed, that the page says so."""
    if given.repealed is not None or given.repealed_on is not None:
        return given
    repeal = repeal_of(facts_of(line.text for line in front[:_FRONT]))
    return replace(given, repealed=True, repealed_on=repeal.day) if repeal else given


def _titles(lines: Sequence[str], facts: Mapping[Fact, str], fallback: str) -> tuple[str, str | None]:
    """The text's own title, and the notice's that issues it."""
    found = [title for title, _ in titles_in(lines)]
    named = facts.get("title") or _headline(lines)
    if named and not any(_squeezed(named) == _squeezed(title) for title in found):
        found = [named, *(title for title in found if _squeezed(title) not in _squeezed(named))]
    if not found:
        first = next((line for line in lines if not is_fact(line) and not is_number(line)), "")
        return (first.lstrip("# ").strip()[:TITLE_LIMIT] or fallback), None
    is_notice = len(found) > 1 and re.search("印发|发布|公布|转发|通知|令", found[0])
    return (found[-1], found[0]) if is_notice and found[0] != found[-1] else (found[0], None)


def _headline(lines: Sequence[str]) -> str | None:
    """Of a page the line above what it prints about itself."""
    if len(lines) < 2 or not is_fact(lines[1]) or is_fact(lines[0]) or is_number(lines[0]):
        return None
    return lines[0].lstrip("# ").strip()[:TITLE_LIMIT]


def _squeezed(words: str) -> str:
    return re.sub(r"\s", "", fold(words))


def _number(lines: Sequence[str], below: Sequence[str], facts: Mapping[Fact, str]) -> str | None:
    printed = next((number for line in lines if (number := number_in(line))), None)
    printed = printed or next((number for line in (*lines, *below) if (number := order_in(line))), None)
    if printed is None:
        orders = [line.strip() for line in lines if is_order(line)]
        printed = "".join(orders[:2]) or None
    return printed or facts.get("number")


def _issuer(
    signed: SignOff | None, closing: SignOff | None, facts: Mapping[Fact, str], title: str, adopted: Sequence[Adoption]
) -> str | None:
    for one in (signed, closing):
        if one and one.issuer:
            return " ".join(organs_in(one.issuer)) or one.issuer
    if adopted:
        return adopted[-1].organ
    if named := facts.get("issuer"):
        return named
    if organs := organs_of_title(title):
        return " ".join(organs)
    source = facts.get("source", "")
    return source if organs_in(source.removesuffix("官网")) and not _OF_AN_ACCOUNT.search(source) else None


def _issued_on(
    signed: SignOff | None, closing: SignOff | None, facts: Mapping[Fact, str], adopted: Sequence[Adoption]
) -> date | None:
    for one in (signed, closing):
        if one and one.issued_on:
            return one.issued_on
    if adopted:
        return adopted[-1].day
    return day_of(facts.get("dated", "")) or day_of(facts.get("published", ""))


def _first_day(adopted: Sequence[Adoption]) -> date | None:
    """Since when a text that was adopted, and changed in some words later, has stood."""
    whole = [one for one in adopted if not one.is_change]
    return whole[-1].day if whole and whole[-1] is not adopted[-1] else None


def _place(issuer: str | None, title: str, text: str, site: str | None) -> str | None:
    if place := place_of(issuer) or place_of(title):
        return place
    scope = _SCOPE.search(fold(text))
    return (place_of(scope[1]) if scope else None) or place_of(site)


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


def _period_of_page(facts: Mapping[Fact, str]) -> Period | None:
    """实施日期 and 失效日期, or another day that ends it, as a page prints them."""
    days = {row: day for row in (_BEGINS, *_ENDS) if (day := day_of(facts.get(row[1], "")))}
    if not days:
        return None
    end = next((row for row in _ENDS if row in days), None)
    printed = "，".join(f"{name}：{facts[key]}" for name, key in days if (name, key) in (_BEGINS, end))
    return Period(days.get(_BEGINS), days[end] if end else None, printed, "页面")


def _period_in(title: str) -> Period | None:
    """Years in brackets at the end of the document's own title, quoted titles left aside."""
    own = re.sub("《[^》]*》", "", title)
    found = _YEARS.search(own)
    if not found:
        return None
    return Period(date(int(found[1]), 1, 1), date(int(found[2]), 12, 31), found[0], "标题")
