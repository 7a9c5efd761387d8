"""How the lines at a document's front and end look: titles, 文号, dates, addressees, organs."""

from __future__ import annotations

import re

from corpus.script import fold

_NUMBER = re.compile(r"[一-鿿]{1,12}[〔\[(（【]\s*(?:19|20)\d\d\s*[〕\])）】]\s*(?:第)?\d{1,5}号")
DATE = re.compile(
    r"\(?((?:19|20)\d\d|二[〇零0o○]..)\s*年\s*([0-9]{1,2}|[一二三四五六七八九十]{1,2})\s*月"
    r"\s*([0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*日\)?"
)
_ADDRESSEES = re.compile(r"^(?!.*(?:如下|以下|根据|为了|为贯彻|现))[^。]{2,160}[:：]$")
_TITLE_TAIL = re.compile(
    r"(?:意见|方案|规划|计划|办法|规定|条例|细则|通知|决定|公告|通告|措施|政策|规则|标准|纲要|指南|法|指引|清单|"
    r"要点|函|批复|报告|目录|说明|须知)(?:\((?:[^()]{1,20})\))*$"
)
_ORGAN_TAIL = re.compile(r"(?:政府|委员会|委|局|办公厅|办公室|厅|部|院|署|办|会)$")
TITLE_LIMIT = 90


def is_title(line: str) -> bool:
    """A line that can name a document: short, no sentence, ending the way titles end."""
    if len(line) > 2 * TITLE_LIMIT:
        return False
    folded = fold(line).lstrip("# ").rstrip()
    if len(folded) > TITLE_LIMIT or folded[-1:] in "。;:,、":
        return False
    return bool(_TITLE_TAIL.search(folded)) and not _NUMBER.fullmatch(line)


def is_number(line: str) -> bool:
    return len(line) <= TITLE_LIMIT and bool(_NUMBER.fullmatch(line.strip()))


def is_date(line: str) -> bool:
    return len(line) <= TITLE_LIMIT and bool(DATE.fullmatch(fold(line).strip()))


def is_addressees(line: str) -> bool:
    return len(line) <= 2 * TITLE_LIMIT and bool(_ADDRESSEES.match(fold(line)))


def is_organ(line: str) -> bool:
    if len(line) > 60:
        return False
    folded = fold(line)
    return bool(_ORGAN_TAIL.search(folded)) and "。" not in folded
