"""How sure it is that a clause answers. What speaks for it, not by how much."""

from __future__ import annotations

import math
from typing import Any

import pytest

from rag.confidence import (
    THRESHOLD,
    Trees,
    nearest_nodes,
    open_trees,
    pair_coverage,
    probability,
)  # fmt: skip
from rag.familiarity import Familiarity
from rag.lookup import Library
from rag.question import Understanding
from rag.routes.lookup import features
from tests.builders import a_corpus, an_index
from tests.rag.builders import found


def test_a_threshold_is_a_probability() -> None:
    assert 0 < THRESHOLD < 1


ONE_TREE: list[list[Any]] = [["words", 0.5, 1, 2], [-1.0], ["pairs", 0.2, 3, 4], [0.5], [2.0]]


def test_nothing_for_and_nothing_against_is_even() -> None:
    assert probability({}, Trees(0.0, [])) == 0.5


@pytest.mark.parametrize(
    ("values", "gain"),
    [
        ({"words": 0.5, "pairs": 9.0}, -1.0),  # up to the limit is left
        ({"words": 0.6, "pairs": 0.2}, 0.5),
        ({"words": 0.6, "pairs": 0.3}, 2.0),
        ({"pairs": 0.3}, -1.0),  # a feature that is lacking is 0
    ],
)
def test_the_gains_of_what_is_reached_are_added_up(values: dict[str, float], gain: float) -> None:
    assert probability(values, Trees(0.25, [ONE_TREE, [[1.0]]])) == pytest.approx(1 / (1 + math.exp(-(1.25 + gain))))


@pytest.mark.parametrize("value", [1e9, -1e9])
def test_extreme_gains_stay_between_nought_and_one(value: float) -> None:
    assert 0.0 <= probability({}, Trees(value, [])) <= 1.0


@pytest.mark.parametrize(
    ("words", "haystack", "share"),
    [
        ("在线教育", "在线教育由区教育局负责", 1.0),
        ("在线教育", "发展在线医疗", 1 / 3),  # 在线 of 在线, 线教, 教育
        ("在线教育", "无人工厂", 0.0),
        ("教", "无人工厂", 1.0),  # no pair that could be missing
        ("", "无人工厂", 1.0),
    ],
)
def test_the_share_of_pairs_that_stand_in_the_clause(words: str, haystack: str, share: float) -> None:
    assert pair_coverage(words, haystack) == pytest.approx(share)


def test_a_word_that_few_clauses_have_weighs_more() -> None:
    corpus = a_corpus()  # 在线 in all three clauses, 金融 in one, 航天 in none
    familiarity = Familiarity(corpus, an_index(corpus).words)
    assert familiarity.weight("在线") < familiarity.weight("金融") < familiarity.weight("航天")


@pytest.mark.parametrize(
    "question", ["虹口区在线教育由谁负责", "a", "12345", "虹口", "“上海微校”是什么", "嘉定的元宇宙"]
)
def test_every_feature_of_every_question_is_a_finite_number(
    question: str, understanding: Understanding, library: Library
) -> None:
    query = understanding.query(question)
    rows = features(query, library.find(query), library)
    assert rows
    assert all(math.isfinite(value) for value in rows.values())


def test_a_quoted_term_that_the_clause_lacks_is_noticed(understanding: Understanding, library: Library) -> None:
    clause = library.corpus.clause("hongkou-2020#二/(二)/6")
    assert clause is not None
    rows = [found(clause)]
    inside = features(understanding.query("虹口的“学分银行”是什么"), rows, library)
    outside = features(understanding.query("虹口的“揭榜挂帅”是什么"), rows, library)
    assert inside["quoted_missing"] == 0.0
    assert outside["quoted_missing"] == 1.0


@pytest.mark.parametrize("table", ["meaning", "unread", "words"])
def test_every_shipped_tree_is_of_features(table: str, understanding: Understanding, library: Library) -> None:
    query = understanding.query("虹口区在线教育由谁负责")
    assert set({node[0] for tree in open_trees()[table].trees for node in tree if len(node) > 1}) <= set(
        features(query, library.find(query), library)
    )


def test_the_nearest_are_the_first_found(understanding: Understanding, library: Library) -> None:
    rows = library.find(understanding.query("在线教育"))
    assert nearest_nodes(rows, 2) == (rows[0].clause, rows[1].clause)
    assert nearest_nodes((), 2) == ()
