"""Ruled tables: a line a row, whatever rules are missing, doubled or open."""

from __future__ import annotations

from corpus.readers.layout.grid import grids_of, lines_in
from corpus.readers.layout.types import Page, Rule
from tests.corpus.readers.typeset import HEIGHT, WIDTH, Bar, Sheet, Words, as_pages, table

ROWS = [["序号", "任务", "责任单位"], ["1", "建设公共厕所", "市城管局"], ["2", "开通线路", "市交通局"]]
SHEET = table(ROWS, [50, 120, 100], left=80, top=100)  # rows are 30 high


def page(sheet: Sheet) -> Page:
    (only,) = as_pages([sheet])
    return only


def rows_on(sheet: Sheet) -> list[list[str]]:
    found = page(sheet)
    (grid,) = grids_of(found)
    return lines_in(grid, found.glyphs)


def without(*bars: Bar) -> Sheet:
    return Sheet(SHEET.words, tuple(bar for bar in SHEET.bars if bar not in bars))


def test_cells_stand_in_rows_and_columns() -> None:
    assert rows_on(SHEET) == ROWS


def test_the_sides_may_be_open() -> None:
    assert rows_on(without((80, 100, 80, 190), (350, 100, 350, 190))) == ROWS


def test_the_foot_may_be_cut_off_by_the_page() -> None:
    assert rows_on(without((80, 190, 350, 190))) == ROWS


def test_rules_that_are_drawn_cell_by_cell_are_one_rule() -> None:
    pieces = [(80.0 + 30 * n, y, 110.0 + 30 * n, y) for n in range(9) for y in (100.0, 130.0, 160.0, 190.0)]
    down = [bar for bar in SHEET.bars if bar[0] == bar[2]]
    assert rows_on(Sheet(SHEET.words, (*pieces, *pieces, *down))) == ROWS


def test_a_cell_merged_over_rows_is_said_in_each_of_them() -> None:
    bars = [bar for bar in SHEET.bars if bar != (80, 160, 350, 160)]
    words = [word for word in SHEET.words if word.text != "市交通局"]
    sheet = Sheet(tuple(words), (*bars, (80, 160, 250, 160)))
    assert [row[2] for row in rows_on(sheet)] == ["责任单位", "市城管局", "市城管局"]


def test_a_cell_merged_over_columns_is_said_in_the_first() -> None:
    title = Words("分工表", 180, 92, 12)
    frame = [(80, 70, 350, 70), (80, 70, 80, 100), (350, 70, 350, 100)]
    assert rows_on(Sheet((*SHEET.words, title), (*SHEET.bars, *frame)))[0] == ["分工表", "", ""]


def test_words_that_are_broken_in_a_cell_are_closed_up() -> None:
    rows = [["任务", "单位"], ["建设夜市的公共厕所", "Free Wi-Fi Office"]]
    assert rows_on(table(rows, [60, 78])) == rows


def test_a_frame_and_an_underline_are_no_table() -> None:
    frame = (
        (50.0, 50.0, 500.0, 50.0),
        (50.0, 700.0, 500.0, 700.0),
        (50.0, 50.0, 50.0, 700.0),
        (500.0, 50.0, 500.0, 700.0),
    )
    assert grids_of(page(Sheet((Words("甲", 100, 100),), (*frame, (100.0, 105.0, 300.0, 105.0))))) == []


def test_two_tables_are_two() -> None:
    lower = table(ROWS, [50, 120, 100], left=80, top=400)
    both = page(Sheet((*SHEET.words, *lower.words), (*SHEET.bars, *lower.bars)))
    assert [lines_in(grid, both.glyphs) for grid in grids_of(both)] == [ROWS, ROWS]


def test_a_drawing_of_many_lines_is_no_table() -> None:
    hatching = [Rule(x / 4, 0, x / 4, 800) for x in range(8000)] + [Rule(0, y / 4, 500, y / 4) for y in range(8000)]
    assert grids_of(Page(WIDTH, HEIGHT, page(SHEET).glyphs, tuple(hatching))) == []
