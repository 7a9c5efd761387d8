"""Characters side by side are a row, with the blanks that are printed between them."""

from __future__ import annotations

import pytest

from corpus.readers.layout.rows import parts_of, row_of, rows_of, text_of
from corpus.readers.layout.types import Glyph
from tests.corpus.readers.typeset import Words, glyphs


def at(*placed: tuple[str, float], size: float = 10, base: float = 100) -> list[Glyph]:
    """Words and where they begin, a Chinese character as wide as the type is high."""
    return [glyph for text, left in placed for glyph in glyphs(Words(text, left, base, size))]


@pytest.mark.parametrize(
    ("glyphs", "text"),
    [
        (at(("甲乙", 0), ("丙", 20)), "甲乙丙"),
        (at(("甲", 0), ("乙", 12)), "甲乙"),  # a line that was stretched
        (at(("甲", 0), ("乙", 20)), "甲 乙"),  # room for a character
        (at(("甲", 0), ("乙", 60)), "甲\t乙"),  # stands apart
        (at(("第一章\u3000总则", 0)), "第一章\u3000总则"),
        (at(("ab", 0), ("cd", 10)), "abcd"),
        (at(("ab", 0), ("cd", 15)), "ab cd"),
        (at(("ab cd", 0)), "ab cd"),
        (at(("到2025年", 0)), "到2025年"),
        (at(("关于印", 0)) + at(("发", 30.5)), "关于印发"),
        (at(("印", 0), ("发", 25), ("通", 50), ("知", 75)), "印发通知"),  # spaced out to fill the line
    ],
)  # fmt: skip
def test_a_blank_stands_where_there_is_room_for_one(glyphs: list[Glyph], text: str) -> None:
    assert text_of(glyphs) == text


def test_characters_on_other_heights_are_other_rows() -> None:
    lower, upper = at(("乙", 0), base=120), at(("甲", 0), base=100)
    assert [row.text for row in rows_of(lower + upper)] == ["甲", "乙"]


def test_a_raised_note_stays_in_its_row() -> None:
    note = at(("①", 10), size=5, base=96.5)
    assert [row.text for row in rows_of(at(("甲", 0), ("乙", 15)) + note)] == ["甲①乙"]


def test_a_character_that_is_drawn_twice_is_one() -> None:
    row = row_of(at(("甲乙", 0)) + at(("甲乙", 0.3)))
    assert row is not None
    assert row.text == "甲乙"


def test_no_row_is_of_blanks() -> None:
    assert rows_of(at((" \u3000", 0))) == []


def test_a_row_is_cut_where_it_is_empty() -> None:
    row = row_of(at(("甲乙 ", 0), ("丙", 50), ("丁", 61)))
    assert row is not None
    assert [part.text for part in parts_of(row, 2)] == ["甲乙", "丙丁"]
    assert parts_of(row, 9) == [row]
