"""哪些地方提到X: every clause that has the words."""

from __future__ import annotations

import pytest

from corpus.script import fold
from corpus.types import Corpus
from tests.rag.builders import Ask
from tests.rag.contract import breaches


@pytest.mark.parametrize(
    ("question", "words", "documents"),
    [
        ("哪些地方提到“区块链”？", "区块链", None),
        ("虹口的意见里哪几条提到了“区块链”？", "区块链", ("hongkou-2020",)),
        ("2016年的意见哪几处提到“云计算”？", "云计算", ("shanghai-2016",)),  # printed 雲計算
    ],
)
def test_every_clause_with_the_words_is_listed(
    question: str, words: str, documents: tuple[str, ...] | None, ask: Ask, policies: Corpus
) -> None:
    answer = ask(question)
    expected = [
        clause.clause_id
        for clause in policies.clauses
        if words in fold(clause.text) and (documents is None or clause.document_id in documents)
    ]
    assert [citation.clause_id for citation in answer.citations] == expected
    assert answer.facts == {"kind": "mentions", "total": len(expected), "complete": True}
    assert all(words in fold(citation.quote) for citation in answer.citations)
    assert breaches(answer, policies) == []


def test_a_title_is_looked_for_in_the_texts_that_name_it(ask: Ask) -> None:
    answer = ask("《关于加快嘉定区直播和短视频产业发展的若干意见》在嘉定的方案里被提到了几次？")
    assert [c.clause_path for c in answer.citations] == ["附件2/二/(一)/1", "附件3/三/(九)"]


def test_words_of_headings_are_looked_for_in_headings(ask: Ask) -> None:
    answer = ask("嘉定的方案连附件，标题里带“人才”的条款有哪些？")
    assert [c.clause_path for c in answer.citations] == ["正文/四/(四)", "附件1/四/(二)", "附件3/三/(三)"]


def test_words_that_stand_nowhere_are_not_listed(ask: Ask) -> None:
    answer = ask("哪些地方提到“葡萄酒庄”？")
    assert (answer.status, answer.reason) == ("refused", "not_stated")
    assert "葡萄酒庄" in answer.answer
