"""Tables in a clause's text: one row a line, its cells parted by tabs or, in Markdown, by |."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.script import fold

_RULE = re.compile(r"\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?)?\s*")
_HEADER = 30  # characters of a header's cell
_NUMBER = re.compile(r"[\d.,%()/-]+")


@dataclass(frozen=True)
class Cell:
    """`text` is `clause.text[start:end]`; `header` is what stands above its column, or empty."""

    header: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Row:
    """A line of a table. `clause.text[start:end]` is the line as printed."""

    cells: tuple[Cell, ...]
    start: int
    end: int

    def under(self, header: str) -> Cell | None:
        """The cell in the column of this header, blanks in it left aside."""
        return next((cell for cell in self.cells if _squeezed(cell.header) == _squeezed(header)), None)


@dataclass(frozen=True)
class Table:
    """`header` is empty where the first row is none. Rows don't hold the header's."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    start: int
    end: int


def is_row(line: str) -> bool:
    """A line of three cells or more, or of Markdown: what a cell begins with numbers no clause."""
    return line.strip(" ").count("\t") > 1 or (line.startswith("|") and line.count("|") > 1)


def is_rule(line: str) -> bool:
    """|---|---|, which parts the header from the rows in Markdown."""
    return ("--" in line or ":-" in line) and "|" in line and bool(_RULE.fullmatch(line.strip()))


def tables_in(text: str) -> tuple[Table, ...]:
    """The tables of a clause's text in order, each of at least two rows with two cells or more."""
    rows: list[Table] = []
    block: list[tuple[int, int]] = []
    for start, end in [*_lines(text), (len(text), len(text))]:
        if start < end and _is_part(text[start:end]):
            block.append((start, end))
            continue
        if start < end and not text[start:end].strip():
            continue
        if len(block) > 1 and (table := _table(text, block)):
            rows.append(table)
        block = []
    return tuple(rows)


def _is_part(line: str) -> bool:
    return "\t" in line.strip(" ") or (line.lstrip().startswith("|") and line.count("|") > 1)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in re.finditer(r"[^\r\n\u2028\u2029\u0085]+", text))


def _table(text: str, block: list[tuple[int, int]]) -> Table | None:
    cells = [_cells(text, *span) for span in block if not is_rule(text[slice(*span)])]
    spans = [span for span in block if not is_rule(text[slice(*span)])]
    if len(cells) < 2:
        return None
    head = tuple(cell[0] for cell in cells[0])
    is_header = _is_header(head) or len(spans) < len(block)
    header = head if is_header else ()
    rows = []
    for own, (start, end) in zip(cells[is_header:], spans[is_header:], strict=True):
        lead = max(0, len(header) - len(own)) if header else 0  # cells merged with those above stand at the left
        named = [
            Cell(header[lead + n] if lead + n < len(header) else "", words, begin, stop)
            for n, (words, begin, stop) in enumerate(own)
        ]
        rows.append(Row(tuple(cell for cell in named if cell.text), start, end))
    return Table(header, tuple(rows), spans[0][0], spans[-1][1])


def _is_header(cells: tuple[str, ...]) -> bool:
    """Short names of columns: no figures, no sentences."""
    return len(cells) > 1 and all(
        cell and len(cell) <= _HEADER and not _NUMBER.fullmatch(fold(cell)) and "。" not in cell for cell in cells
    )


def _cells(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """The cells of a line, empty ones with them, with their places."""
    line = text[start:end]
    sign = "|" if line.lstrip().startswith("|") else "\t"
    rows, begin = [], 0
    for found in [*re.finditer(r"(?<!\\)\|" if sign == "|" else "\t", line), None]:
        stop = found.start() if found else len(line)
        piece = line[begin:stop]
        words = piece.strip()
        lead = start + begin + len(piece) - len(piece.lstrip())
        rows.append((words, lead, lead + len(words)))
        begin = stop + 1
    if sign == "|":  # one outside at either end
        rows = rows[1:-1] if rows and not rows[-1][0] else rows[1:]
    return rows


def _squeezed(words: str) -> str:
    return re.sub(r"\s", "", fold(words))
