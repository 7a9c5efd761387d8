"""What is here: every document by its title, whole and counted."""

from __future__ import annotations

import pytest

from corpus.types import Corpus
from tests.rag.builders import Ask
from tests.rag.contract import breaches


@pytest.mark.parametrize("question", ["收录了哪些文件？", "库里有几份文件？", "一共收录了多少份政策？"])
def test_what_is_here_is_listed_whole(question: str, ask: Ask, policies: Corpus) -> None:
    answer = ask(question)
    assert [citation.document_id for citation in answer.citations] == [document.id for document in policies.documents]
    assert answer.facts is not None
    assert (answer.facts["total"], answer.facts["complete"]) == (5, True)
    assert breaches(answer, policies) == []


@pytest.mark.parametrize("question", ["上海有哪些文件？", "市里一共有几份文件"])
def test_a_place_limits_what_is_listed(question: str, ask: Ask) -> None:
    assert {row.document_id for row in ask(question).citations} == {"shanghai-2016", "shanghai-2020"}


@pytest.mark.parametrize("question", ["有哪些扶持政策？", "嘉定行动方案是落实哪些文件的？", "虹口怎么落实消费政策？"])
def test_a_topic_is_not_answered_with_what_is_here(question: str, ask: Ask) -> None:
    answer = ask(question)
    assert answer.facts is None or answer.facts["kind"] != "documents"
