"""Where a question asks two things."""

from __future__ import annotations

import pytest

from rag.reading.parts import asking_pieces, topical_parts


@pytest.mark.parametrize(
    ("asked", "pieces"),
    [
        ("养鸟登记谁审批，几天办完？", ["养鸟登记谁审批", "几天办完"]),
        ("鸟粮价格谁定谁批？", ["鸟粮价格谁定", "谁批"]),
        ("养鸟登记由谁负责？", []),
        ("养鸟登记，由谁负责？", []),
    ],
)
def test_each_stretch_that_asks_is_a_piece(asked: str, pieces: list[str]) -> None:
    assert asking_pieces(asked) == pieces


def test_only_pieces_with_a_topic_of_their_own_are_parts() -> None:
    assert topical_parts("养鸟登记证怎么申请？鸟类疫苗接种收多少钱？") == ["养鸟登记证怎么申请", "鸟类疫苗接种收多少钱"]
    assert topical_parts("养鸟登记证谁审批？多少天？") == []


def test_a_story_has_no_parts() -> None:
    assert asking_pieces("我养了一只鸟，" * 20 + "谁管？几天办完？") == []
