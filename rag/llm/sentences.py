"""A model's text as it arrives -> whole sentences with the clause numbers they cite."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_MARK = re.compile(r"[\[［【]\s*(\d{1,3}(?:\s*[,，、]\s*\d{1,3})*)\s*[\]］】]")
_END = re.compile(
    r"(?:[。！？!?]|\n)[”’」』)）]*(?:\s*[\[［【]\s*\d{1,3}(?:\s*[,，、]\s*\d{1,3})*\s*[\]］】][。．.]?)*"
)
_BEHIND = re.compile(r"([。；;！!？?]+)\s*((?:\[\d+\])+)[。．.]?$")  # marks behind the full stop
_GOES_ON = re.compile(r"[\s]*[\[［【”’」』)）。]")
_MARKDOWN = re.compile(r"^\s*(?:[-*+•]\s+|#+\s*|\d{1,2}[.、)]\s+|>\s*|\|)|\*\*|__|`")


@dataclass(frozen=True)
class Said:
    """One sentence: `text` without marks, `numbers` it cites, as printed; `marked` has the marks where they stand."""

    text: str
    numbers: tuple[int, ...]
    marked: str = field(default="", compare=False)


class SentenceReader:
    """Cuts a stream into sentences."""

    def __init__(self) -> None:
        self._buffer = ""

    def feed(self, piece: str) -> list[Said]:
        """The sentences that are complete now."""
        self._buffer += piece
        rows = []
        while (found := _END.search(self._buffer)) and self._is_over(found.end()):
            rows.append(said(self._buffer[: found.end()]))
            self._buffer = self._buffer[found.end() :]
        return [row for row in rows if row.text]

    def rest(self) -> list[Said]:
        """What is left when the stream has ended; a sentence without its end is left out unless it cites."""
        row, is_whole = said(self._buffer), bool(_END.search(self._buffer))
        self._buffer = ""
        return [row] if row.text and (row.numbers or is_whole) else []

    def finished(self) -> list[Said]:
        """What is left when the stream has broken: the last sentence only if it has its end."""
        found = _END.search(self._buffer)
        row = said(self._buffer[: found.end()]) if found else None
        self._buffer = ""
        return [row] if row and row.text else []

    def _is_over(self, end: int) -> bool:
        """Marks may follow the full stop: it takes one more character to know."""
        behind = self._buffer[end:]
        return bool(behind.strip(" ")) and not _GOES_ON.match(behind)


def said(text: str) -> Said:
    numbers = [int(n) for found in _MARK.finditer(text) for n in re.findall(r"\d+", found[1])]
    return Said(plain(_MARK.sub("", text)), tuple(dict.fromkeys(numbers)), _marked(text))


def _marked(text: str) -> str:
    """Empty where marks stand in front, of nothing."""
    marked = _MARK.sub(lambda found: "".join(f"[{n}]" for n in re.findall(r"\d+", found[1])), plain(text))
    return "" if marked.startswith("[") else _BEHIND.sub(r"\2\1", marked)


def plain(text: str) -> str:
    """Without Markdown's marks and line breaks."""
    return _MARKDOWN.sub("", text.replace("\n", " ")).strip()


def cited_numbers(numbers: Sequence[int], offered: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Those that were offered, and those that were not."""
    known = tuple(n for n in numbers if 1 <= n <= offered)
    return known, tuple(n for n in numbers if n not in known)
