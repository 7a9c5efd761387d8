"""Whatever stands on the pages, something is read, in bounded time, and no character that isn't there."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.readers.layout import Glyph, Page, Rule, reading_of_pages
from corpus.readers.layout.drawing import Drawn, Outline, page_of
from tests.corpus.readers.typeset import Sheet, Words, as_pages, table

NUMBERS = st.one_of(st.floats(-1e3, 1e3), st.sampled_from([0.0, 1e-9, -1e12, 1e12]))
TEXT = st.text("甲乙、。（）一二1.2ab \t…—附件第条\u3000\ufffd", min_size=1, max_size=2)
GLYPHS = st.builds(
    lambda text, left, width, base, size: Glyph(text, left, left + abs(width), base, size),
    TEXT, NUMBERS, st.floats(0, 30), NUMBERS, st.floats(1e-6, 1e3),
)  # fmt: skip
RULES = st.builds(lambda x, y, w, h: Rule(x, y, x + abs(w), y + abs(h)), NUMBERS, NUMBERS, NUMBERS, NUMBERS)
PAGES = st.builds(
    lambda width, height, glyphs, rules: Page(width, height, tuple(glyphs), tuple(rules)),
    st.floats(0, 1e3), st.floats(0, 1e3), st.lists(GLYPHS, max_size=60), st.lists(RULES, max_size=20),
)  # fmt: skip
ON_A_GRID = st.builds(
    lambda cells: Page(600, 800, tuple(Glyph(c, x * 16, x * 16 + 16, y * 20, 16) for (x, y), c in cells.items())),
    st.dictionaries(st.tuples(st.integers(0, 30), st.integers(0, 30)), st.sampled_from("甲乙。1（）"), max_size=150),
)
BOUNDED = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


def letters(text: str) -> Counter[str]:
    return Counter(char for char in text if not char.isspace())


@BOUNDED
@given(st.lists(st.one_of(PAGES, ON_A_GRID), max_size=4))
def test_any_pages_are_read(pages: list[Page]) -> None:
    reading = reading_of_pages(pages)
    assert len(reading.pages) == len(pages)
    assert list(reading.pages) == sorted(reading.pages)
    assert all(0 <= start <= len(reading.text) for start in reading.pages)
    drawn = {char for page in pages for glyph in page.glyphs for char in glyph.text}
    assert {char for char in reading.text if not char.isspace()} <= drawn


@BOUNDED
@given(ON_A_GRID)
def test_a_page_without_a_margin_loses_no_character(page: Page) -> None:
    middle = page._replace(glyphs=tuple(g._replace(base=200 + g.base / 2, size=8) for g in page.glyphs))
    read, drawn = letters(reading_of_pages([middle]).text), letters("".join(g.text for g in page.glyphs))
    dots = {"…", "."}
    assert {k: v for k, v in read.items() if k not in dots} == {k: v for k, v in drawn.items() if k not in dots}


@BOUNDED
@given(st.data())
def test_anything_that_is_drawn_makes_a_page(data: st.DataObject) -> None:
    any_number = st.floats(allow_nan=True, allow_infinity=True)
    point = st.tuples(any_number, any_number)
    drawn = st.builds(Drawn, TEXT, st.sampled_from([None, 0, 1, 2, 3]), any_number, point, st.tuples(point, point))
    outlines = st.builds(Outline, st.lists(point, max_size=4).map(tuple), st.booleans())
    page = page_of(
        ((0, 0), (600, 800)), data.draw(st.lists(drawn, max_size=20)), data.draw(st.lists(outlines, max_size=9))
    )
    reading_of_pages([page])


def test_no_pages_and_empty_pages_are_no_text() -> None:
    assert (reading_of_pages([]).text, reading_of_pages([]).pages) == ("", ())
    empty = Page(600, 800, ())
    words = as_pages([Sheet((Words("甲乙，丙丁。", 80, 300),))])
    reading = reading_of_pages([empty, *words, empty])
    assert (reading.text, reading.pages) == ("甲乙，丙丁。", (0, 0, 6))


def test_text_stands_above_between_and_below_its_tables() -> None:
    upper, lower = table([["甲", "乙"]], [60, 60], top=200), table([["丙", "丁"]], [60, 60], top=400)
    lines = [Words(line, 80, base) for line, base in (("上。", 180), ("中。", 300), ("下。", 600))]
    sheet = Sheet((*lower.words, *upper.words, *lines), (*upper.bars, *lower.bars))
    assert reading_of_pages(as_pages([sheet])).text.split("\n") == ["上。", "甲\t乙", "中。", "丙\t丁", "下。"]


def test_a_row_that_the_page_cuts_is_whole_and_the_header_is_said_once() -> None:
    head = ["序号", "任务", "单位"]
    first = table([head, ["1", "公布编号", "城管局"], ["2", "夜市的公共厕所", "建设局"]], [50, 120, 80])
    second = table([head, ["", "，由街道管理。", ""], ["3", "巡查", "公安局"]], [50, 120, 80])
    reading = reading_of_pages(as_pages([first, second]))
    assert reading.text.split("\n") == [
        "序号\t任务\t单位",
        "1\t公布编号\t城管局",
        "2\t夜市的公共厕所，由街道管理。\t建设局",
        "3\t巡查\t公安局",
    ]
    assert reading.pages[1] == reading.text.index("3\t")
