"""1.3人户家庭, 2.2人户: items whose words begin with a figure, told from decimals by the row that they make."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.headings import NUMBERED, Label
from corpus.label_text import label_text
from corpus.lines import Line

_ITEM = re.compile(r"([0-9]{1,2}) ?[.、] ?(?=[0-9])")


def with_items(lines: Sequence[Line], labels: Sequence[Label | None]) -> list[Label | None]:
    """The labels, with those of items that a figure follows: 1, 2, … line after line below a line that announces them."""
    rows = list(labels)
    before = 0
    for index, line in enumerate(lines):
        label = rows[index]
        if label is not None:
            before = (label.number or 0) if label.rank.name == NUMBERED.name else 0
            continue
        item = _item_at(line.text)
        number = int(item.words) if item else 0
        if item is None or not (number == before + 1 and (before or _begins(lines, rows, index))):
            continue
        rows[index] = item
        before = number
    return rows


def _begins(lines: Sequence[Line], labels: Sequence[Label | None], index: int) -> bool:
    """Whether the line before announces items, and the line after is the second."""
    if index == 0 or index + 1 == len(lines) or lines[index - 1].text[-1] not in "：:":
        return False
    after = labels[index + 1] or _item_at(lines[index + 1].text)
    return after is not None and after.rank.name == NUMBERED.name and after.number == 2


def _item_at(line: str) -> Label | None:
    if "\t" in line or line.startswith("|"):
        return None
    text = label_text(line)
    found = _ITEM.match(text.words) if text else None
    if text is None or found is None:
        return None
    end = text.ends[found.end() - 1]
    return Label(NUMBERED, line[text.begin : end], end, found[1])
