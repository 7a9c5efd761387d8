"""A page is read the way that its words run, however it lies in the file."""

from __future__ import annotations

import math

import pytest

from corpus.readers.layout.drawing import Drawn, Outline, page_of, turn_of
from corpus.readers.layout.types import Rule

BOX = ((0.0, 0.0), (600.0, 800.0))


def turned(point: tuple[float, float], turn: int) -> tuple[float, float]:
    x, y = point
    for _ in range(turn):
        x, y = -y, x
    return x, y


def drawn(text: str, x: float, y: float, turn: int | None = 0, width: float = 10) -> Drawn:
    """A character at a place of the upright page, upwards; the page lies turned in the file."""
    corners = turned((x, y - 2), turn or 0), turned((x + width, y + 8), turn or 0)
    return Drawn(text, turn, 10, turned((x, y), turn or 0), corners)


@pytest.mark.parametrize("turn", range(4))
def test_a_page_that_lies_turned_is_read_upright(turn: int) -> None:
    box = turned(BOX[0], turn), turned(BOX[1], turn)
    bar = Outline((turned((100, 690), turn), turned((200, 690), turn)), True)
    page = page_of(box, [drawn("甲", 100, 700, turn), drawn("乙", 110, 700, turn)], [bar])
    assert [(g.text, round(g.left), round(g.right), round(g.base)) for g in page.glyphs] == [
        ("甲", 100, 110, 100), ("乙", 110, 120, 100),
    ]  # fmt: skip
    assert (round(page.width), round(page.height)) == (600, 800)
    assert [tuple(map(round, rule)) for rule in page.rules] == [(100, 110, 200, 110)]


def test_words_that_run_otherwise_are_left_out() -> None:
    words = [drawn("甲", 100, 700), drawn("乙", 110, 700), drawn("密", 300, 300, None), drawn("侧", 300, 300, 1)]
    assert [glyph.text for glyph in page_of(BOX, words).glyphs] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("angle", "turn"), [(0, 0), (90, 1), (180, 2), (270, 3), (-90, 3), (2, 0), (45, None), (10, None)]
)
def test_a_direction_is_a_quarter_turn_or_none(angle: float, turn: int | None) -> None:
    assert turn_of(math.cos(math.radians(angle)), math.sin(math.radians(angle))) == turn


def test_one_sign_for_two_characters_is_both_and_one_drawn_twice_is_one() -> None:
    dashes = [drawn("—", 100, 700, width=20), drawn("—", 100, 700, width=20)]
    bold = [drawn("甲", 130, 700), drawn("甲", 130, 700)]
    joined = [drawn("f", 150, 700), drawn("i", 150, 700)]
    assert [glyph.text for glyph in page_of(BOX, [*dashes, *bold, *joined]).glyphs] == ["——", "甲", "fi"]


def test_bars_and_pen_strokes_are_rules_and_filled_shapes_are_none() -> None:
    def rules(points: list[tuple[float, float]], is_stroked: bool) -> tuple[Rule, ...]:
        return page_of(BOX, [], [Outline(tuple(points), is_stroked)]).rules

    square = [(0.0, 0.0), (50.0, 0.0), (50.0, 50.0), (0.0, 50.0), (0.0, 0.0)]
    assert len(rules(square, True)) == 4
    assert rules(square, False) == ()
    assert len(rules([(0.0, 0.0), (50.0, 0.0), (50.0, 1.0), (0.0, 1.0)], False)) == 1
    assert rules([(0.0, 0.0), (50.0, 50.0)], True) == ()
