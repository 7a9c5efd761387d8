"""版记, below the sign-off: 主题词, 抄送, who printed it and when, 印数, 主动公开. No words of the document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.dates import DAY, day_of
from corpus.front_lines import is_date, is_organ
from corpus.headings import label_at
from corpus.lines import Line
from corpus.script import fold

_LINE = 200  # characters of a line of it
_MOST = 40  # lines
_REACH, _NAME = 8, 24  # lines that offices are listed on, and characters of one
_BEGINS = re.compile(
    r"主 ?题 ?词[:\s].*|[抄分印]\s?[送报发][:：].*|(?:报|发|主\s?送)[:].*|"
    rf".{{0,60}}{DAY}\s*[印翻]\s?发.{{0,12}}|[(\[]?(?:共?\s?印|印数)\s*[:]?\s*\d+\s*份.*|"
    r"[(\[]?(?:此件|本文|信息)?(?:公开方式|公开属性|公开类别|公开发布|主动公开|依申请公开|不予公开|不公开|有删减|删减)[^。]{0,20}[)\]]?|"
    r"[(\[](?:此件|本文)[^。]{0,24}[)\]]|[(\[]?联\s?系\s?(?:人|电话)[:].{0,60}|(?:打字|校对|责任编辑)[:].{0,40}"
)
_PRINTED = re.compile(rf"(?P<organ>[^\d:：]{{0,60}}?)\s*(?P<day>{DAY})\s*[印翻]\s?发")
_STAFF = re.compile("(?:秘书|文电|文书|综合|行政)(?:局|处|科|一处|二处|股|室)$")


@dataclass(frozen=True)
class Colophon:
    """Where it begins among the lines, and who printed the document and when, if it says so."""

    index: int
    issuer: str | None
    issued_on: date | None


def colophon_of(lines: Sequence[Line]) -> Colophon | None:
    """The colophon at the end of a part: from its first line on there is nothing else."""
    first: int | None = None
    for index in range(len(lines) - 1, max(0, len(lines) - _MOST), -1):
        if _begins(lines[index].text):
            first = index
        elif not _is_listed(lines, index):
            break
    if first is None:
        return None
    organ, day = _printed(lines[first:])
    return Colophon(first, organ, day)


def _begins(text: str) -> bool:
    return len(text) <= _LINE and bool(_BEGINS.fullmatch(fold(text).strip()))


def _is_listed(lines: Sequence[Line], index: int) -> bool:
    """Whether the line goes on with the offices of a 抄送 above it."""
    for place in range(index, max(0, index - _REACH), -1):
        text = lines[place].text
        if _begins(text):
            return place < index and text[0] in "抄主分印报发"
        if len(text) > _LINE or label_at(text) or is_date(text):
            return False
        if any(len(name) > _NAME for name in re.split("[，、,；;。.]", text)):
            return False
    return False


def _printed(lines: Sequence[Line]) -> tuple[str | None, date | None]:
    """云湖市人民政府办公室秘书处 2022年6月8日印发 -> the office and the day."""
    for line in lines:
        if found := _PRINTED.search(fold(line.text[:_LINE])):
            organ = _STAFF.sub("", line.text[found.start("organ") : found.end("organ")].strip())
            return (organ if organ and is_organ(organ) else None), day_of(found["day"])
    return None, None
