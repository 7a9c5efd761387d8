"""Lines of print -> paragraphs: where one ends, and how its lines are joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.front_lines import is_date, is_number, is_organ
from corpus.headings import label_at
from corpus.readers.layout.rows import Row, is_han

# All in heights of the type.
_CENTRED = 2.5  # room at both ends of a line that is set in the middle
_STEP = 0.8  # a line that begins further in than this is indented
_SPARE = 0.6  # room that a full line may leave beside what would not fit
_ROUND = 2  # indents are told apart to half a height
_BROKEN = 0.25  # share of the column that a line broken by hand may leave empty
_OTHER_SIZE = 1.15
_LEADING = 1.35  # times the distance of the lines beside it: a gap between paragraphs
_FULL_STOP = "。；;！？!?"
_SENTENCE_END = "。；;：:！？!?"
_CLOSED = "）)》”〕】"
_OPENING, _CLOSING = "（《“‘〔【「『([{〈", "，。；：、）》”’〕】」』！？)]}〉,.;:!?%％"
_DOTS, _FIGURES = ".．…·‥⋯", "0123456789IVX()（）"
_LEAST_DOTS, _MOST_FIGURES = 3, 6
_NUMBER_AT_END = re.compile(r"\t[(（]?[0-9]{1,4}[)）]?$")
_NUMBER_REACH = 8
_LABEL, _GAP = 10, 0.2  # characters among which a label stands, and the gap behind it, in heights of the type


@dataclass(frozen=True)
class Printed:
    """A line as its column holds it: how far in it begins (heights of its type), and the room after it."""

    row: Row
    text: str
    page: int
    indent: float
    spare: float  # between its end and its column's edge, in heights of its type
    is_entry: bool = False  # of a list of contents: a page's number at its end
    gap: float | None = None  # from the line above it in its column
    length: float = 0.0  # from its beginning to its end, in heights of its type
    words_at: float | None = None  # where the words behind its label or bullet begin, as `indent`


@dataclass(frozen=True)
class Measure:
    """Where a column's lines begin and end."""

    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left


def measure_of(rows: Sequence[Row]) -> Measure:
    """From where at least a twentieth of the lines begin, and two, to where as many end; a stray one counts for none."""
    size = median(row.size for row in rows)
    least = min(len(rows), max(2, len(rows) // 20))
    lefts, rights = sorted(row.left for row in rows), sorted(row.right for row in rows)
    left = next((v for v, w in zip(lefts, lefts[least - 1 :], strict=False) if w - v <= size / 2), lefts[0])
    falling = rights[::-1]
    right = next((v for v, w in zip(falling, falling[least - 1 :], strict=False) if v - w <= size), rights[-1])
    return Measure(left, max(left, right))


def printed_lines(rows: Sequence[Row], measure: Measure, page: int) -> list[Printed]:
    """The lines of one block, top to bottom."""
    lines = []
    above: Row | None = None
    for row in rows:
        size = row.size
        text = _without_leader(row.text)
        lines.append(
            Printed(
                row,
                text,
                page,
                (row.left - measure.left) / size,
                (measure.right - row.right) / size,
                text != row.text or _ends_in_page_number(text),
                (row.base - above.base) / size if above else None,
                (row.right - row.left) / size,
                _words_at(row, measure.left),
            )
        )
        above = row
    return lines


def _words_at(row: Row, left: float) -> float | None:
    """Where a list's words begin, behind the number or the bullet."""
    words = [glyph for glyph in row.glyphs[:_LABEL] if not glyph.is_blank]
    for before, after in pairwise(words):
        if after.left - before.right > _GAP * row.size:
            return (after.left - left) / row.size
    return None


def joined(lines: Sequence[Printed], first_indents: frozenset[int]) -> list[list[Printed]]:
    """The lines of each paragraph. `first_indents` are the document's, see `first_indents_of`."""
    paragraphs: list[list[Printed]] = []
    for number, line in enumerate(lines):
        after = lines[number + 1].gap if number + 1 < len(lines) else None
        if paragraphs and _goes_on(paragraphs[-1], line, first_indents, after):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def text_between(before: str, after: str) -> str:
    """What stands between two lines of a paragraph: a blank, where the words are Latin."""
    if not before or not after:
        return ""
    if is_han(before[-1]) or is_han(after[0]) or before[-1] in "-/":
        return ""
    if before[-1].isdigit() and after[0].isdigit():
        return ""
    return " "


def _goes_on(
    paragraph: Sequence[Printed], following: Printed, first_indents: frozenset[int], next_gap: float | None
) -> bool:
    line = paragraph[-1]
    breaks_off = _rounded(paragraph[0].indent) in first_indents and _breaks_off(line, following)
    if not (breaks_off or _is_full(line, following)):
        return False
    if not 1 / _OTHER_SIZE < following.row.size / line.row.size < _OTHER_SIZE:
        return False
    gaps = [gap for gap in (line.gap, next_gap) if gap is not None]
    if following.gap is not None and gaps and following.gap > min(gaps) * _LEADING:
        return False
    if line.is_entry or following.is_entry:
        return False
    if _begins_item(paragraph, following):
        return False
    if _is_centred(following):
        return _is_second_of_a_title(line, following)
    step = following.indent - line.indent
    if step > _STEP:
        return line.words_at is not None and abs(line.words_at - following.indent) < _STEP / 2
    if step < -_STEP or following.indent < _STEP:
        return True
    return _rounded(following.indent) not in first_indents


def _is_centred(line: Printed) -> bool:
    return line.indent > _CENTRED and abs(line.indent - line.spare) < _STEP


def _is_second_of_a_title(line: Printed, following: Printed) -> bool:
    """Whether a title goes on under a line that was full; who issues a document, when, and its number are no title."""
    text = following.text
    is_other = is_organ(text) or is_date(text) or is_number(text) or text[0] in _OPENING
    return line.text[-1] not in _SENTENCE_END and not is_other and label_at(text) is None


def _begins_item(paragraph: Sequence[Printed], following: Printed) -> bool:
    """Whether the next line's number opens a paragraph: it may be only mentioned, and stand there by chance."""
    label = label_at(following.text)
    if label is None:
        return False
    end = paragraph[-1].text[-1]
    if end in _SENTENCE_END or end in _CLOSED:
        return True
    own = label_at(paragraph[0].text)
    follows = own is not None and own.number is not None and label.number == own.number + 1
    return follows and own is not None and own.rank == label.rank


def _breaks_off(line: Printed, following: Printed) -> bool:
    """Whether the sentence goes on flush with the edge, where paragraphs begin further in: a line broken by hand."""
    flush = abs(following.indent) < _STEP and not label_at(following.text)
    return flush and line.text[-1] not in _FULL_STOP and line.spare < _BROKEN * (line.spare + line.length)


def _is_full(line: Printed, following: Printed) -> bool:
    """Whether what the next line begins with would not have fitted behind the line."""
    return line.spare <= _first_unit(following.row) / following.row.size + _SPARE


def _first_unit(row: Row) -> float:
    """The width of what can't be parted at the line's beginning: a word, or a character with the marks at it."""
    stop = 0
    glyphs = row.glyphs
    while stop < len(glyphs) - 1 and glyphs[stop].text[-1] in _OPENING:
        stop += 1
    while stop < len(glyphs) - 1 and not _may_part(glyphs[stop].text[-1], glyphs[stop + 1].text[0]):
        stop += 1
    return glyphs[stop].right - glyphs[0].left


def _may_part(before: str, after: str) -> bool:
    if after in _CLOSING or before in _OPENING:
        return False
    return after.isspace() or is_han(before) or is_han(after)


def first_indents_of(lines: Sequence[Printed]) -> frozenset[int]:
    """The indents, rounded, from which a full line steps back to the next: those of paragraphs' first lines."""
    counted: Counter[int] = Counter()
    for line, following in pairwise(lines):
        if _is_full(line, following) and line.indent - following.indent > _STEP:
            counted[_rounded(line.indent)] += 1
    return frozenset(near for indent in counted for near in (indent - 1, indent, indent + 1))


def _rounded(indent: float) -> int:
    return round(indent * _ROUND)


def _without_leader(text: str) -> str:
    """A line of a list of contents without the dots and the number that they lead to: the page's, not the text's."""
    before = text.rstrip(_FIGURES)
    words = before.rstrip(_DOTS + " \t\u00a0\u3000")
    dots = sum(char in _DOTS for char in before[len(words) :])
    is_entry = bool(words) and dots >= _LEAST_DOTS and 0 < len(text) - len(before) <= _MOST_FIGURES
    return words if is_entry else text


def _ends_in_page_number(text: str) -> bool:
    """A line of a list of contents that has room instead of dots."""
    return bool(_NUMBER_AT_END.search(text[-_NUMBER_REACH:]))
