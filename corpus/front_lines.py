"""How the lines at a document's front and end look: titles, 文号, dates, addressees, organs."""

from __future__ import annotations

import re

from corpus.dates import DAY
from corpus.script import fold

_OPEN, _CLOSE = r"[〔\[(（【﹝［〖]", r"[〕\])）】﹞］〗]"
_NUMBER = re.compile(
    rf"(?:[一-鿿][一-鿿()（）\s]{{0,11}}?\s*{_OPEN}\s*(?:19|20)\d\d\s*{_CLOSE}\s*(?:第)?\s*\d{{1,5}}\s*号|[一-鿿]{{1,12}}令\s*第?\s*\d{{1,5}}\s*号)"
)
_SIGNER = re.compile(r"\s*签发人\s*[:：].{1,20}")
_ORDER = re.compile(r"[一-鿿]{4,30}令|\(?第\s*[〇零一二三四五六七八九十百0-9]{1,6}\s*号\)?")
_BY_ORDER = re.compile(rf"{DAY}\s*([一-鿿]{{2,24}}令\s*第?\s*\d{{1,5}}\s*号)(?:公布|发布)")
_COLOPHON = re.compile(
    r"\(?(?:此件|本文|信息)?(?:公开方式|公开发布|主动公开|依申请公开|不予公开|有删减|删减)[^。]{0,20}\)?|抄\s*[送报][:：].*|"
    r".{0,40}\d{1,2}日\s*印发.{0,12}|\(?(?:此件|本文)[^。]{0,24}\)?|共印\s*\d+\s*份.*|附件?[:：].{0,80}|[\d]+[.．、].{0,60}\.(?:docx?|xlsx?|pdf|zip|rar|jpg|png)"
)
DATE = re.compile(rf"\(?{DAY}\)?")
_ADOPTION = re.compile(rf"\(?{DAY}[^。]{{2,240}}(?:通过|修[订正改]|公布|发布|批准|施行)\)?")
_ADDRESSEES = re.compile(r"^(?!.*(?:如下|以下|根据|为了|为贯彻|现))[^。]{2,160}[:：]$")
_TITLE_TAIL = re.compile(
    r"(?:意见|方案|规划|计划|办法|规定|条例|细则|通知|决定|公告|通告|措施|政策|规则|标准|纲要|指南|法|指引|清单|"
    r"要点|函|批复|报告|通报|请示|答复|决议|解释|公约|预案|制度|安排|目录|说明|须知)(?:\((?:[^()]{1,20})\))*$"
)
_ORGAN_TAIL = re.compile(r"(?:政府|委员会|委|局|办公厅|办公室|厅|部|院|署|办|会|中心|银行|总队|支队|集团|公司)$")
TITLE_LIMIT = 90


def is_title(line: str) -> bool:
    """A line that can name a document: short, no sentence, ending the way titles end."""
    if len(line) > 2 * TITLE_LIMIT or "\t" in line:
        return False
    folded = fold(line).lstrip("# ").rstrip()
    if len(folded) > TITLE_LIMIT or folded[-1:] in "。;:,、":
        return False
    return bool(_TITLE_TAIL.search(folded)) and not is_number(line)


def is_number(line: str) -> bool:
    return number_in(line) is not None


def number_in(line: str) -> str | None:
    """The 文号 that the line is, as printed; who signs it may stand beside it."""
    printed = line.lstrip("#").strip(" *")
    if len(line) > TITLE_LIMIT:
        return None
    folded = fold(printed)
    found = _NUMBER.match(folded)
    if found is None or (found.end() < len(folded) and not _SIGNER.fullmatch(folded, found.end())):
        return None
    return printed[: found.end()]


def order_in(line: str) -> str | None:
    """国家市场监督管理总局令第56号 in a line that says so beside a day: 2022年4月14日 …令第56号公布."""
    found = _BY_ORDER.search(fold(line)) if len(line) <= 4 * TITLE_LIMIT else None
    return line[found.start(1) : found.end(1)].strip() if found else None


def is_order(line: str) -> bool:
    """国务院令, 第707号: an order's number on a line or two of its own."""
    return len(line) <= TITLE_LIMIT and bool(_ORDER.fullmatch(fold(line).strip()))


def is_colophon(line: str) -> bool:
    """What stands below the sign-off: 抄送, 印发, 此件公开发布, names of attached files."""
    return len(line) <= 2 * TITLE_LIMIT and bool(_COLOPHON.fullmatch(fold(line).strip()))


def is_date(line: str) -> bool:
    return len(line) <= TITLE_LIMIT and bool(DATE.fullmatch(fold(line).strip()))


def is_adoption(line: str) -> bool:
    """2001年3月13日 …令第27号公布: who adopted, amended or promulgated a law and when, on a line below its title."""
    return len(line) <= 4 * TITLE_LIMIT and bool(_ADOPTION.fullmatch(fold(line).strip()))


def is_addressees(line: str) -> bool:
    return len(line) <= 2 * TITLE_LIMIT and bool(_ADDRESSEES.match(fold(line)))


def is_organ(line: str) -> bool:
    if len(line) > 60 or "\t" in line or line.startswith("|"):
        return False  # a table's row ends in an organ as well
    folded = fold(line)
    return bool(_ORGAN_TAIL.search(folded)) and "。" not in folded
