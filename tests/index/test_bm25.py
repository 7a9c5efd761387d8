"""The words side of the index, with one score worked by hand."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from index.bm25 import Bm25


def test_a_known_terms_score_is_lucenes_bm25() -> None:
    # "空中" in 1 of 2 texts: idf = ln(1 + (2 - 1 + 0.5) / (1 + 0.5)) = ln 2.
    # Its text has 2 terms of 1.5 on average: tf = 1 / (1 + 1.2 * (1 - 0.6 + 0.6 * 2 / 1.5)).
    scores = Bm25.build([["空中", "课堂"], ["课堂"]]).scores(["空中"])
    assert scores.tolist() == pytest.approx([math.log(2) / (1 + 1.2 * (0.4 + 0.6 * 2 / 1.5)), 0], rel=1e-5)


def test_a_rare_term_counts_more_than_a_common_one() -> None:
    index = Bm25.build([["空中", "在线"], ["医院", "在线"], ["金融", "在线"]])
    assert index.scores(["空中"])[0] > index.scores(["在线"])[0] > 0


def test_the_shorter_of_two_texts_with_a_term_comes_first() -> None:
    scores = Bm25.build([["空中", "课堂", "教育", "学校"], ["空中"], ["医院"]]).scores(["空中"])
    assert scores[1] > scores[0] > scores[2] == 0


def test_a_repeated_term_repeats_its_score() -> None:
    index = Bm25.build([["空中", "课堂"], ["课堂"]])
    assert index.scores(["空中", "空中"]).tolist() == pytest.approx((2 * index.scores(["空中"])).tolist())


@pytest.mark.parametrize("terms", [["火星"], ["火星", "移民"], []], ids=["one", "two", "none"])
def test_terms_that_no_text_has_give_zeros(terms: list[str]) -> None:
    scores = Bm25.build([["空中"], ["课堂"], ["医院"]]).scores(terms)
    assert scores.shape == (3,)
    assert scores.dtype == np.float32
    assert not scores.any()


def test_an_unknown_term_beside_a_known_one_changes_nothing() -> None:
    index = Bm25.build([["空中", "课堂"], ["课堂"]])
    assert index.scores(["空中", "火星"]).tolist() == index.scores(["空中"]).tolist()


def test_a_text_without_terms_keeps_its_place() -> None:
    scores = Bm25.build([["空中"], [], ["课堂"]]).scores(["课堂"])
    assert scores.shape == (3,)
    assert np.flatnonzero(scores).tolist() == [2]


def test_a_saved_index_scores_as_before(tmp_path: Path) -> None:
    built = Bm25.build([["空中", "课堂"], ["课堂"], []])
    built.save(tmp_path / "words")
    loaded = Bm25.load(tmp_path / "words", 3)
    for terms in (["空中"], ["课堂", "空中"], ["火星"]):
        assert loaded.scores(terms).tolist() == built.scores(terms).tolist()


def test_building_and_saving_print_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    Bm25.build([["空中"], ["课堂"]]).save(tmp_path / "words")
    Bm25.load(tmp_path / "words", 2).scores(["空中"])
    assert capfd.readouterr() == ("", "")
