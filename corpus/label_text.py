"""The first characters of a line as its label reads: without marks of Markdown and signs that don't show, and with the
one-character numberings ㈠ ⒈ ⑴ written out. Each character knows where in the line it ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.printed_forms import INVISIBLE
from corpus.script import fold

_REACH = 64  # a label and what must not follow it stand among a line's first characters
_DROPPED = frozenset(INVISIBLE) | frozenset("*_\\`")  # with the signs of emphasis, and that before an escaped point
_MARKS = re.compile(r"[\s#>]*(?:[-+•●■◆]\s+[\s#>]*){0,4}")  # headings, quotes and lists of Markdown
_CHINESE = "一二三四五六七八九十"
# What one character stands for: ㈠ for (一), ⒈ for 1., ⑴ for (1); ❶ for ①.
_WRITTEN_OUT = (
    {chr(0x3220 + n): f"({_CHINESE[n]})" for n in range(10)}
    | {chr(0x3280 + n): f"({_CHINESE[n]})" for n in range(10)}
    | {chr(0x2474 + n): f"({n + 1})" for n in range(20)}
    | {chr(0x2488 + n): f"{n + 1}." for n in range(20)}
    | {chr(0x1F101 + n): f"{n}、" for n in range(10)}
    | {chr(start + n): chr(0x2460 + n) for start in (0x2776, 0x2780, 0x278A) for n in range(10)}
    | {chr(0x24F5 + n): chr(0x2460 + n) for n in range(10)}
    | {chr(0x24EB + n): chr(0x246A + n) for n in range(10)}
)
# What the words of a numbered line can begin with; any other line is passed over at once.
_MAY_BEGIN = frozenset("第专任行工一二三四五六七八九十百千零〇○(0123456789①②③④⑤⑥⑦⑧⑨⑩") | frozenset(
    chr(code) for start, stop in ((0x246A, 0x2474), (0x3251, 0x3260), (0x32B1, 0x32C0)) for code in range(start, stop)
)


@dataclass(frozen=True)
class LabelText:
    """`words` are folded; `ends[i]` is where in the line the i-th of them ends; `begin` where the first begins."""

    words: str
    ends: tuple[int, ...]
    begin: int


def label_text(line: str, at: int = 0) -> LabelText | None:
    """What stands at `at`, or None where no label can begin. Offsets count from `at`."""
    piece = line[at : at + _REACH]
    marks = _MARKS.match(piece)
    start = marks.end() if marks else 0
    while start < len(piece) and piece[start] in _DROPPED:
        start += 1
        start = _MARKS.match(piece, start).end()  # type: ignore[union-attr]
    if start == len(piece) or not _may_begin(piece[start]):
        return None
    words: list[str] = []
    ends: list[int] = []
    for index in range(start, len(piece)):
        character = piece[index]
        if character in _DROPPED:
            continue
        written = _WRITTEN_OUT.get(character) or fold(character)
        words.append(written)
        ends.extend([index + 1] * len(written))
    return LabelText("".join(words), tuple(ends), start)


def _may_begin(character: str) -> bool:
    return character in _WRITTEN_OUT or fold(character) in _MAY_BEGIN
