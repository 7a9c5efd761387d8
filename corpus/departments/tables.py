"""Columns of a table that say who is responsible: 牵头单位, 责任单位, 配合单位."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.departments.brackets import parts_of
from corpus.departments.kinds import Where
from corpus.departments.listed import listed
from corpus.departments.pairs import folded_round
from corpus.departments.roles import role_of_label, says_the_same
from corpus.tables import Cell, tables_in
from corpus.types import Department, Role


def is_table(text: str) -> bool:
    """Whether a table of the text has a column of roles: then its rows say who is responsible."""
    return any(role_of_label(folded_round(header)) for table in tables_in(text) for header in table.header)


def table_bodies(text: str, where: Where) -> Iterator[tuple[int, int, tuple[Department, ...]]]:
    """Start, end and bodies of each cell under such a head; 同上 has the bodies of the cell above it."""
    for table in tables_in(text):
        above: dict[str, tuple[Department, ...]] = {}
        for cell in (cell for row in table.rows for cell in row.cells):
            role = role_of_label(folded_round(cell.header))
            if role is None or cell.start == cell.end:
                continue
            bodies = above.get(cell.header, ()) if _is_ditto(cell) else tuple(_bodies(text, cell, role, where))
            above[cell.header] = bodies
            yield cell.start, cell.end, bodies


def _is_ditto(cell: Cell) -> bool:
    return cell.text.strip() in ("〃", "″", '"') or says_the_same(folded_round(cell.text))


def _bodies(text: str, cell: Cell, role: Role, where: Where) -> Iterator[Department]:
    """A cell may say roles of its own: 市科委牵头，市商务委配合, or labels."""
    inside = folded_round(text[cell.start : cell.end]).replace("<br>", "、   ")
    for part in parts_of(inside):
        own = part.role if part.end < len(inside.rstrip()) or part.start else role
        own = role if own == "responsible" else own
        yield from listed(text, cell.start + part.start, cell.start + part.end, own, "table", where)
