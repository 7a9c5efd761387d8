"""The candidates of a search compared with one another."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from corpus.types import Corpus
from index.types import RetrievedClause
from rag import ranking


def _by_pairs(_query: object, found: Sequence[RetrievedClause], _corpus: Corpus) -> list[dict[str, float]]:
    return [{"pairs": row.signals["p"]} for row in found]


@pytest.fixture(autouse=True)
def _pairs_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "WEIGHTS", {"pairs": 1.0})
    monkeypatch.setattr(ranking, "features", _by_pairs)


def _found(pairs: float, cosine: float | None = 0.9) -> RetrievedClause:
    return RetrievedClause(SimpleNamespace(), 1.0, {"p": pairs}, cosine)  # type: ignore[arg-type]


def _ranked(found: list[RetrievedClause]) -> tuple[RetrievedClause, ...]:
    query: Any = None
    return ranking.ranked(query, found, Corpus(()))


def test_the_clause_with_the_greatest_sum_comes_first_and_scores_follow() -> None:
    rows = _ranked([_found(0.1), _found(0.9)])
    assert [row.signals["p"] for row in rows] == [0.9, 0.1]
    assert rows[0].score > rows[1].score


def test_the_searchs_order_stands_without_vectors_and_nothing_stays_nothing() -> None:
    assert [row.signals["p"] for row in _ranked([_found(0.1, None), _found(0.9, None)])] == [0.1, 0.9]
    assert _ranked([]) == ()


def test_a_pair_is_worth_more_the_fewer_clauses_have_it() -> None:
    rarity = ranking._rarity(frozenset({"补贴", "托育", "无此"}), [frozenset({"补贴"}), frozenset({"补贴", "托育"})])
    assert set(rarity) == {"补贴", "托育"}
    assert rarity["托育"] > rarity["补贴"]
