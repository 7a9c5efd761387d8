"""What is read of a clause whose stretches are looked at, and how each stretch is marked."""

from __future__ import annotations

from typing import cast

import numpy as np
import numpy.typing as npt
import pytest

from index.pointing import FRONT, SHOWN, likelihoods, window
from index.ranker import Ranker


class Marker:
    """Marks the character 乙 with 3, others with -3; -inf for what is beyond the first `read`."""

    def __init__(self, read: int = 1000) -> None:
        self.read = read
        self.shown: list[tuple[str, str]] = []

    def marks(self, _question: str, front: str, words: str) -> npt.NDArray[np.float32]:
        self.shown.append((front, words))
        rows = [3.0 if one == "乙" else -3.0 for one in words[: self.read]]
        return np.array([*rows, *[-np.inf] * (len(words) - len(rows))], np.float32)


def marked(marker: Marker, text: str, around: tuple[int, int], *stretches: tuple[int, int]) -> tuple[float, ...]:
    return likelihoods(cast("Ranker", marker), "问", "标题", text, around, stretches)


@pytest.mark.parametrize(
    ("length", "around", "read"),
    [
        (50, (10, 20), (0, 50)),
        (1000, (0, 30), (0, SHOWN)),
        (1000, (970, 1000), (1000 - SHOWN, 1000)),
        (1000, (500, 520), (400, 400 + SHOWN)),
        (1000, (100, 700), (100, 100 + SHOWN)),
    ],
)
def test_the_window_lies_around_what_is_looked_at(length: int, around: tuple[int, int], read: tuple[int, int]) -> None:
    assert window("字" * length, around) == read


def test_a_stretch_is_marked_by_the_mean_of_its_characters() -> None:
    assert marked(Marker(), "甲乙丙丁", (0, 4), (0, 1), (1, 2), (1, 3)) == (-3.0, 3.0, 0.0)


def test_what_is_not_read_is_surely_not_meant() -> None:
    text = ("乙" + "甲" * 900) * 4
    far = [(901 * place, 901 * place + 1) for place in range(4)]
    assert marked(Marker(), text, far[0], *far[:2]) == (3.0, 3.0)
    assert marked(Marker(), text, far[0], *far) == (3.0, 3.0, 3.0, float("-inf"))
    assert marked(Marker(read=2), "甲甲甲乙", (0, 4), (3, 4)) == (float("-inf"),)


def test_the_end_of_what_stands_before_is_read_with_it_in_simplified_characters() -> None:
    marker = Marker()
    likelihoods(cast("Ranker", marker), "问", "甲" * 100 + "乙", "區民政局負責", (0, 6), [(0, 4)])
    assert marker.shown == [("甲" * (FRONT - 1) + "乙", "区民政局负责")]
