"""Who issued a document: by its sign-off, what is printed about it, its title, or the line that says who adopted it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from corpus.dates import DAY, day_of
from corpus.front_lines import is_organ
from corpus.script import fold

_ORGAN_END = r"(?:人民政府|政府|办公厅|办公室|委员会|委|局|厅|部|院|署|会|中心|法院|银行|总队|管委会)"
_GLUED = re.compile("(?<=[局厅委部院署室府])(?=[一-鿿]{2,4}?[省市区县][^、]{2})")
_ADOPTED = re.compile(
    rf"(?P<day>{DAY})\s*(?P<organ>[^,。;()《0-9]{{2,40}}?)(?:第[一二三四五六七八九十百0-9]+次(?:主席团)?(?:全体)?(?:常务)?会议|会议|令第).*?"
    r"(?P<act>通过|修订|修正|修改|公布|发布)"
)
_PUBLISHED = re.compile(rf"(?P<day>{DAY})\s*(?P<organ>[^,。;()《0-9]{{2,40}}?)(?P<act>公布|发布|颁布)(?:施行)?")
_CHANGED = re.compile("修正|修改")
_APPROVED = re.compile("批准")
_SESSION = re.compile(r"第[一二三四五六七八九十百0-9]+届")


@dataclass(frozen=True)
class Adoption:
    """A line such as 2021年12月29日泰安市第十七届人民代表大会常务委员会第四十一次会议通过.

    `is_change` where only some words of the text were changed, so that its own days went on.
    """

    day: date | None
    organ: str
    is_change: bool = False


def adoptions_in(lines: Iterable[str]) -> list[Adoption]:
    """In the order printed; a higher body's approval is none."""
    rows = []
    for line in lines:
        for piece in re.split(r"[;；]|(?<=通过)\s*[,，]?|(?<=[修修][订正])\s*[,，]", line[:2000]):
            folded = fold(piece)
            if _APPROVED.search(folded) and "通过" not in folded:
                continue
            if found := _ADOPTED.search(folded) or _published(folded):
                organ = _SESSION.sub("", piece[found.start("organ") : found.end("organ")]).strip(" 由经")
                rows.append(Adoption(day_of(found["day"]), organ, bool(_CHANGED.search(folded))))
    return rows


def _published(folded: str) -> re.Match[str] | None:
    """1985年7月6日 林业部公布, and nothing after it."""
    found = _PUBLISHED.fullmatch(folded.strip())
    return found if found and is_organ(found["organ"]) else None


def organs_in(line: str) -> tuple[str, ...]:
    """The offices that a sign-off or a title's beginning names, one or several."""
    words = [w for w in re.split(r"[\s、，,]+", line.strip()) if w]
    rows: list[str] = []
    for word in words:
        rows += _GLUED.split(word)
    return tuple(row for row in rows if is_organ(row))


def organs_of_title(title: str) -> tuple[str, ...]:
    """国务院办公厅、中央军委办公厅关于… -> both; none where the title begins with its subject."""
    head, sign, _ = re.sub("《[^》]*》", "《》", title).partition("关于")
    if not sign or not head.strip():
        found = re.match(rf"(.{{2,40}}?{_ORGAN_END})(?:转发|印发|公布|发布|对)", title)
        return organs_in(found[1]) if found else ()
    return organs_in(head)
