"""1, 1.1, 2.1.1: which decimals at a line's start number a heading. An amount or a date is no next number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.headings import DECIMAL, NUMBERED, Label, Rank, decimal_at
from corpus.label_text import label_text
from corpus.lines import Line
from corpus.nesting import base_level

_TOP = re.compile("[0-9]{1,2}(?= {1,4}[^0-9 ]|[一-鿿])")  # 1 总则: a number and a title
_GLUED = re.compile("[0-9]{1,2}(?:[年月日个名家项亿万千百元倍人户件条次位类种级度米天周]|小时|公里)")
_TITLE = 40
_STEP = 3  # as far as numbers may jump
_Numbers = tuple[int, ...]


def with_decimals(lines: Sequence[Line], labels: Sequence[Label | None]) -> list[Label | None]:
    """The labels, with the decimals of a text that is numbered by them."""
    found = {i: label for i, line in enumerate(lines) if (label := _decimal(line, labels[i])) is not None}
    if not any(label.rank is DECIMAL and _numbers(label)[1:] == (1,) for label in found.values()):
        return list(labels)
    rows = list(labels)
    current: _Numbers = ()
    accepted: dict[int, Label] = {}
    item = 0  # the latest number of a list under a heading
    rest = [_numbers(label) for label in found.values()]
    for place, (index, label) in enumerate(found.items(), start=1):
        numbers = _numbers(label)
        is_top = len(numbers) == 1
        if _follows(numbers, current) and not (
            is_top and not _is_top(label, (rest[later] for later in range(place, len(rest))), item)
        ):
            accepted[index] = label
            current, item = numbers, 0
        elif is_top:
            item = numbers[0]
    if not any(len(_numbers(label)) > 1 for label in accepted.values()):
        return rows
    level = base_level(labels, min(accepted), NUMBERED.level)
    for index, label in accepted.items():
        rows[index] = replace(label, rank=Rank(DECIMAL.name, level + len(_numbers(label)) - 1, DECIMAL.pattern))
    return rows


def _decimal(line: Line, label: Label | None) -> Label | None:
    if "\t" in line.text or line.text.startswith("|"):
        return None
    if decimal := decimal_at(line.text):
        return decimal
    if label is not None:
        return label if label.rank is NUMBERED else None
    return _top_at(line.text)


def _top_at(line: str) -> Label | None:
    """1　总则, without a stop after the number."""
    text = label_text(line)
    found = _TOP.match(text.words) if text else None
    if text is None or found is None or len(line) > _TITLE or line[-1] in "。；;：:，," or _GLUED.match(text.words):
        return None
    end = text.ends[found.end() - 1]
    return Label(NUMBERED, line[text.begin : end], end, found[0])


def _numbers(label: Label) -> _Numbers:
    return tuple(map(int, re.findall("[0-9]+", label.address)))


def _follows(numbers: _Numbers, current: _Numbers) -> bool:
    """2.1 after 1.3 or 2 or 2.0; never 3.5 after 1.2."""
    depth = len(numbers)
    padded = (*current, *[0] * depth)[:depth]
    for index, (own, before) in enumerate(zip(numbers, padded, strict=True)):
        if own != before:
            return before < own <= before + _STEP and all(n <= 1 for n in numbers[index + 1 :])
    return False


def _is_top(label: Label, rest: Iterable[_Numbers], item: int) -> bool:
    """Whether what comes next goes on under this number, or the text has no more decimals and the number is none of
    a list's. `rest` are the numbers that come behind it.
    """
    number, is_bare = _numbers(label)[0], label.printed.isdigit()
    for numbers in rest:
        if numbers == (number,):
            return False  # an item of a list: the heading is the last of this number before its decimals
        if len(numbers) > 1:
            return numbers[0] == number or (numbers[0] > number and is_bare)
    return is_bare or item != number - 1 or number == 1
