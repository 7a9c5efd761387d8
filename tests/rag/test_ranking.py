"""The candidates of a search compared with one another."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from corpus.types import Corpus
from index.types import RetrievedClause
from rag import ranking


@pytest.fixture
def weights(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    table: dict[str, float] = {"pairs": 1.0, "score": 0.1}
    monkeypatch.setattr(ranking, "WEIGHTS", table)
    monkeypatch.setattr(
        ranking, "features", lambda query, found, corpus: [{"pairs": row.signals["p"], "score": 0.0} for row in found]
    )
    return table


def _found(pairs: float, cosine: float | None = 0.9) -> RetrievedClause:
    return RetrievedClause(SimpleNamespace(), 1.0, {"p": pairs}, cosine)  # type: ignore[arg-type]


def _ranked(found: list[RetrievedClause]) -> tuple[RetrievedClause, ...]:
    query: Any = None
    return ranking.ranked(query, found, Corpus(()))


def test_the_clause_with_the_greatest_sum_comes_first_and_scores_follow(weights: dict[str, float]) -> None:
    rows = _ranked([_found(0.1), _found(0.9)])
    assert [row.signals["p"] for row in rows] == [0.9, 0.1]
    assert rows[0].score > rows[1].score


def test_the_searchs_order_stands_without_vectors_and_nothing_stays_nothing(weights: dict[str, float]) -> None:
    assert [row.signals["p"] for row in _ranked([_found(0.1, None), _found(0.9, None)])] == [0.1, 0.9]
    assert _ranked([]) == ()


def test_a_pair_is_worth_more_the_fewer_clauses_have_it() -> None:
    rarity = ranking._rarity(frozenset({"补贴", "托育", "无此"}), [frozenset({"补贴"}), frozenset({"补贴", "托育"})])
    assert set(rarity) == {"补贴", "托育"}
    assert rarity["托育"] > rarity["补贴"]
