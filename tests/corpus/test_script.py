from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.script import fold, simplify


@settings(deadline=None, derandomize=True, database=None, max_examples=300)
@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    folded = fold(text)

    assert len(folded) == len(text)
    assert all(fold(character) == folded[index] for index, character in enumerate(text))


@pytest.mark.parametrize(
    "character",
    ["ﬁ", "㎏", "…", "㈱", "İ", "½", "①", "⑳", "Ⅲ", "𠮷", "👍", "\u0301", "\u00a0", "\u3000", "㍿", "\ufb03"],
)
def test_a_character_that_would_grow_stays_one_character(character: str) -> None:
    assert len(fold(character)) == 1


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("專項：互聯網＋", "专项:互联网+"),
        ("（一）", "(一)"),
        ("１２．５Ｇ", "12.5g"),
        ("2020—2022", "2020-2022"),
        ("2020–2022", "2020-2022"),
        ("〔2020〕1号", "[2020]1号"),
        ("【甲】", "[甲]"),
        ("，；：！？", ",;:!?"),
        ("MaaS", "maas"),
        ("、。“”《》", "、。“”《》"),
    ],
)
def test_script_width_and_case_are_folded(printed: str, folded: str) -> None:
    assert fold(printed) == folded


def test_a_circled_number_stays_a_numbering() -> None:
    assert fold("①②⑳") == "①②⑳"


def test_half_a_character_folds_to_itself() -> None:
    assert fold("甲\ud800") == "甲\ud800"


def test_simplifying_leaves_punctuation_and_width_as_printed() -> None:
    assert simplify("專項１：互聯網＋（試點）〔2020〕") == "专项１：互联网＋（试点）〔2020〕"


def test_half_a_character_leaves_a_text_unsimplified() -> None:
    assert simplify("專項\ud800") == "專項\ud800"
