"""Files whose lines end where the page did: which lines go on with the sentence of the line before.

Told by the text's whole shape (how many full lines end without a stop), by how the line before ended, and by whether
the number that the line begins with is the next one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.headings import ARTICLE, SECTION, Label
from corpus.lines import Line

_ENDED = "。；;：:！？!?)）”》」』】|"
_SHARE = 0.15  # of full lines without a stop at their end, from which on a text is hard-wrapped
_FULL, _WIDEST = 0.75, 90  # of the usual width, and characters of it
_LEAST = 8
_PROSE = re.compile("[，。；、：,;]")
_HEADING = 40
_GOES_ON = "，、,（(《“〈-—"


def is_unfinished(text: str) -> bool:
    return text[-1] not in _ENDED


def width_of(lines: Sequence[Line]) -> int:
    """The width that a hard-wrapped text was set to, in characters; 0 for any other text."""
    lengths = sorted(_width(line.text) for line in lines if "\t" not in line.text and line.text[0] != "|")
    if not lengths:
        return 0
    width = lengths[int(0.9 * (len(lengths) - 1))]
    if not _LEAST <= width <= _WIDEST:
        return 0
    full = [line.text for line in lines[:-1] if _width(line.text) >= _FULL * width and is_unfinished(line.text)]
    prose = sum(1 for text in full if _PROSE.search(text))
    is_wrapped = len(full) >= max(2, _SHARE * len(lines)) and 2 * prose >= len(full)
    return width if is_wrapped else 0


def _width(text: str) -> int:
    """Letters and figures are half as wide."""
    return len(text) - sum(character < "\u0250" for character in text) // 2


def continued(lines: Sequence[Line], labels: Sequence[Label | None]) -> frozenset[int]:
    """The lines, by index, whose beginning only looks like a label."""
    if not width_of(lines):
        return frozenset()
    later = _last_places(lines, labels)
    rows: set[int] = set()
    latest: dict[int, int] = {}
    for index, label in enumerate(labels):
        if label is None:
            continue
        if index and _may_go_on(lines, labels, index, rows) and not _fits(label, latest, index, later):
            rows.add(index)
            continue
        latest = {level: number for level, number in latest.items() if level <= label.rank.level}
        latest[label.rank.level] = label.number or 0
    return frozenset(rows)


def unfinished_before(lines: Sequence[Line]) -> frozenset[int]:
    """In a hard-wrapped text without numbering: the lines that go on with the one before, by index."""
    width = width_of(lines)
    if not width:
        return frozenset()
    return frozenset(
        index
        for index in range(1, len(lines))
        if is_unfinished(lines[index - 1].text)
        and _width(lines[index - 1].text) >= _FULL * width
        and not (lines[index].indented or lines[index].after_blank)
    )


def _may_go_on(lines: Sequence[Line], labels: Sequence[Label | None], index: int, rows: set[int]) -> bool:
    """Whether the line before left a sentence open."""
    line, before = lines[index], lines[index - 1]
    if line.after_blank or not is_unfinished(before.text) or "\t" in before.text:
        return False
    label = labels[index - 1]
    if label is None or index - 1 in rows:
        return len(before.text) >= _LEAST
    return not is_bare_heading(before.text, label)


def is_bare_heading(text: str, label: Label) -> bool:
    """A label with a short title and no sentence: 二、重点任务. An article has no such title but between blanks."""
    words = text[label.end :]
    if label.rank is ARTICLE and len(words) > 2 * _LEAST:
        return False
    return len(words) <= _HEADING and not re.search("[，,；;。]", words)


def _fits(label: Label, latest: dict[int, int], index: int, later: dict[str, int]) -> bool:
    """Whether the number is the next of its kind, and doesn't come again behind a sentence's end."""
    if later.get(label.address, index) > index and label.rank.level <= SECTION.level:
        return False
    before = latest.get(label.rank.level)
    return label.number == (1 if before is None else before + 1)


def _last_places(lines: Sequence[Line], labels: Sequence[Label | None]) -> dict[str, int]:
    """For each label the last line that it begins behind a finished one."""
    return {
        label.address: index
        for index, label in enumerate(labels)
        if label and (index == 0 or not is_unfinished(lines[index - 1].text))
    }
