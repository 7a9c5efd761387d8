"""One score from signals of different kinds, with z-scores worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from index.fusion import SENTENCE_WEIGHTS, WEIGHTS, best_of_each, fuse, standardised


def scores(*values: float) -> np.ndarray:
    return np.array(values, np.float32)


def test_a_standardised_signal_has_mean_zero_and_deviation_one() -> None:
    # mean 3, deviation sqrt((4 + 1 + 1 + 4) / 4) = sqrt(2.5)
    z = standardised(scores(1, 2, 4, 5))
    assert z.tolist() == pytest.approx(
        [-2 / math.sqrt(2.5), -1 / math.sqrt(2.5), 1 / math.sqrt(2.5), 2 / math.sqrt(2.5)]
    )


def test_one_hit_among_three_stands_out_by_the_root_of_two() -> None:
    # mean 2, deviation sqrt((16 + 4 + 4) / 3) = sqrt(8)
    assert standardised(scores(6, 0, 0)).tolist() == pytest.approx(
        [4 / math.sqrt(8), -2 / math.sqrt(8), -2 / math.sqrt(8)]
    )


@pytest.mark.parametrize(
    ("value", "size"), [(0.0, 3), (1.0, 5), (0.1, 1), (0.1, 7), (0.1, 211), (123.456, 211)], ids=str
)
def test_a_signal_that_tells_nothing_apart_counts_nothing(value: float, size: int) -> None:
    assert not standardised(np.full(size, value, np.float32)).any()


def test_a_signal_in_another_unit_weighs_the_same() -> None:
    assert standardised(scores(1, 2, 4, 5)).tolist() == pytest.approx(standardised(scores(100, 200, 400, 500)).tolist())


def test_an_owner_counts_by_its_best_sentence() -> None:
    owners = np.array([0, 0, 1, 2, 2, 2], np.int64)
    assert best_of_each(scores(0.2, 0.9, 0.4, 0.1, 0.3, 0.2), owners, 3).tolist() == pytest.approx([0.9, 0.4, 0.3])


def test_an_owner_without_sentences_gets_the_lowest_score() -> None:
    owners = np.array([0, 2], np.int64)
    assert best_of_each(scores(0.5, 0.2), owners, 3).tolist() == pytest.approx([0.5, 0.2, 0.2])


def test_an_owner_without_sentences_does_not_beat_negative_scores() -> None:
    assert best_of_each(scores(-0.5), np.array([0], np.int64), 2).tolist() == pytest.approx([-0.5, -0.5])


def test_no_sentences_at_all_give_zeros() -> None:
    assert best_of_each(scores(), np.array([], np.int64), 2).tolist() == [0, 0]


def test_fused_scores_are_the_weighted_sum_of_the_z_scores() -> None:
    # z of (1, 3): -1 and 1. z of (10, 0): 1 and -1.
    fused = fuse({"meaning": scores(1, 3), "words": scores(10, 0)}, {"meaning": 2.0, "words": 0.5})
    assert fused.tolist() == pytest.approx([2 * -1 + 0.5 * 1, 2 * 1 + 0.5 * -1])


def test_a_signal_without_a_weight_is_left_out() -> None:
    fused = fuse({"meaning": scores(1, 3), "rumour": scores(10, 0)}, {"meaning": 1.0})
    assert fused.tolist() == pytest.approx([-1, 1])


def test_a_weight_without_a_signal_changes_nothing() -> None:
    fused = fuse({"words": scores(10, 0)}, {"meaning": 2.0, "words": 0.5})
    assert fused.tolist() == pytest.approx([0.5, -0.5])


def test_by_default_sentences_count_twice_what_clauses_do_and_words_half() -> None:
    signals = {
        "clause_meaning": scores(3, 1),  # z 1, -1
        "sentence_meaning": scores(1, 3),  # z -1, 1
        "clause_words": scores(3, 1),  # z 1, -1
        "sentence_words": scores(3, 1),  # z 1, -1
    }
    assert set(signals) == set(WEIGHTS)
    assert fuse(signals).tolist() == pytest.approx([1 - 2 + 0.5 + 0.5, -1 + 2 - 0.5 - 0.5])


def test_a_sentences_words_count_as_much_as_its_meaning() -> None:
    fused = fuse({"meaning": scores(3, 1), "words": scores(1, 3)}, SENTENCE_WEIGHTS)
    assert fused.tolist() == pytest.approx([0, 0])
