"""The titles that the lines before the first numbering print: the notice's own, and that of the text it issues."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from corpus.facts import is_fact
from corpus.front_lines import TITLE_LIMIT, is_addressees, is_date, is_number, is_organ, is_title
from corpus.script import fold

_LETTERHEAD = re.compile(r".{2,40}(?:文件|令)|第[〇零一二三四五六七八九十百0-9]+号|\(?(?:此件|本文|公开方式).{0,20}\)?")
_LINE = 60  # characters of one line of a title
_LINES = 6  # that one title is printed over
_OPENS = re.compile(r"关于")
_CLOSES = re.compile(
    r"(?:的|》)?(?:通知|意见|决定|决议|公告|通告|批复|复函|函|通报|请示|报告|答复)(?:\([^()]{1,20}\))*$"
)
_ADDITION = re.compile(r"[(（][^()（）]{1,24}[)）]")
_NO_TITLE = re.compile(
    r"[。；;，,、:：!！>]$|(?:通过|批准|修正|修订|公布|施行)[)）]?$|^(?:为|根据|按照|经[^济营费办贸]|现[将就印予]|附件|附表|抄送)"
)


def titles_in(lines: Sequence[str]) -> list[tuple[str, int]]:
    """Each title with how many of the lines it and what stands before it take, in order. A title that is printed over
    several lines is put together.
    """
    rows: list[tuple[str, int]] = []
    pieces: list[str] = []
    for number, line in enumerate(lines, start=1):
        words = " ".join(line.lstrip("# ").strip("* ").split())
        if not pieces and rows and rows[-1][1] == number - 1 and _ADDITION.fullmatch(words) and not is_date(words):
            rows[-1] = (rows[-1][0] + words, number)
            continue
        if not _may_belong(words):
            pieces = []
            continue
        pieces = [*pieces[1 - _LINES :], words]
        joined = _joined(pieces)
        if _is_whole(joined):
            rows.append((joined, number))
            pieces = []
    return rows


def _may_belong(words: str) -> bool:
    if not words or len(words) > TITLE_LIMIT + _LINE or _NO_TITLE.search(words):
        return False
    return not (
        is_fact(words)
        or is_number(words)
        or is_date(words)
        or is_addressees(words)
        or _LETTERHEAD.fullmatch(fold(words))
    )


def _joined(pieces: Sequence[str]) -> str:
    """Offices that stand on lines of their own keep a blank between them, the parts of one sentence don't."""
    text = ""
    for piece, following in zip_longest(pieces, pieces[1:]):
        if following and following.startswith(piece):
            continue  # a letterhead, whose office the title names
        text += f" {piece}" if text and is_organ(text) and (is_organ(piece) or not piece.startswith("关于")) else piece
    return text


def _is_whole(words: str) -> bool:
    """Whether a title ends here: in 关于…的 the word that says what it is, in any other the kind of text."""
    if not is_title(words) or words.count("《") != words.count("》"):
        return False
    outside = re.sub("《[^》]*》", "《》", fold(words))
    return (
        not _OPENS.search(outside)
        or bool(_CLOSES.search(outside))
        or bool(
            re.search(
                "(?:办法|规定|条例|措施|方案|规划|计划|细则|意见|政策|标准|指引|指南|公约|解释|规则|纲要)(?:\\([^()]{1,20}\\))*$",
                outside,
            )
            and len(outside) > 12
        )
    )
