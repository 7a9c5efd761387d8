"""One score from signals of different kinds, with z-scores worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from index.fusion import SENTENCE_WEIGHTS, SENTENCE_WORDS, WEIGHTS, best_of_each, fuse, standardised


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


def test_an_owner_without_any_gets_the_mean_of_the_others_bests() -> None:
    owners = np.array([0, 0, 2], np.int64)
    assert best_of_each(scores(0.5, 0.3, 0.1), owners, 3).tolist() == pytest.approx([0.5, (0.5 + 0.1) / 2, 0.1])


def test_an_owner_without_any_is_neither_helped_nor_held_back() -> None:
    bests = best_of_each(scores(-0.5, -0.1), np.array([0, 2], np.int64), 3)
    assert standardised(bests)[1] == pytest.approx(0, abs=1e-6)


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


SIGNALS = (
    "clause_meaning",
    "sentence_meaning",
    "entry_meaning",
    "clause_words",
    "sentence_words",
    "entry_words",
    "sentence_sound",
)


def test_every_signal_of_the_search_has_a_weight() -> None:
    assert set(WEIGHTS) == set(SIGNALS)
    assert min(WEIGHTS.values()) > 0


def test_by_default_meaning_counts_before_words() -> None:
    for kind in ("clause", "sentence"):
        assert WEIGHTS[f"{kind}_meaning"] > WEIGHTS[f"{kind}_words"]


@pytest.mark.parametrize("name", SIGNALS)
def test_by_default_a_signal_counts_by_its_weight(name: str) -> None:
    alike = {other: scores(1, 1) for other in SIGNALS}
    assert fuse({**alike, name: scores(3, 1)}).tolist() == pytest.approx([WEIGHTS[name], -WEIGHTS[name]])


def test_a_sentences_meaning_goes_before_its_words() -> None:
    nearer, same_words = fuse({"meaning": scores(3, 1), "words": scores(1, 3)}, SENTENCE_WEIGHTS).tolist()
    assert nearer > same_words


def test_without_vectors_words_count_as_one_signal_of_two() -> None:
    assert sum(SENTENCE_WEIGHTS.values()) == 2 * sum(SENTENCE_WORDS.values())
