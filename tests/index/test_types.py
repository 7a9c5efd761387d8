"""What the index hands on can't be changed by who receives it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from corpus.sentences import sentences_of
from index.types import RetrievedClause, ScoredSentence, SearchUnit
from tests.builders import a_clause

CLAUSE = a_clause()
(SENTENCE, *_) = sentences_of(CLAUSE.text)


@pytest.mark.parametrize(
    ("thing", "field"),
    [
        (SearchUnit(CLAUSE, "示例区 一、在线教育"), "search_text"),
        (ScoredSentence(SENTENCE, 1.5), "score"),
        (RetrievedClause(CLAUSE, 1.5), "score"),
    ],
    ids=["SearchUnit", "ScoredSentence", "RetrievedClause"],
)
def test_a_result_is_frozen(thing: object, field: str) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(thing, field, None)


def test_a_unit_without_a_sentence_is_the_whole_clause() -> None:
    assert SearchUnit(CLAUSE, "示例区 一、在线教育").sentence is None


def test_a_clause_found_by_words_alone_has_no_cosine() -> None:
    found = RetrievedClause(CLAUSE, 1.5)
    assert (found.cosine, found.sentences, dict(found.signals)) == (None, (), {})
