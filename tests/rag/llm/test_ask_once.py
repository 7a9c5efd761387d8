"""Short requests beside the answer, and what a model may and may not change about a question."""

from __future__ import annotations

import json

import pytest

from corpus.types import Corpus
from index.search import HybridIndex
from rag.answer import PolicyQa
from rag.llm.ask_once import standalone_by_model
from rag.llm.types import Limits
from rag.types import Turn
from tests.rag.llm.scripted import fails, says, serving
from tests.rag.llm.test_misbehaviour import opened

LIMITS = Limits(first=2, idle=2, total=5)
STORY = (
    "你好，我说一下我的情况，我妈妈七十多了腿脚不好，每次都要在窗口排很久的队，我又要上班请不了那么多假，"
    "昨天邻居说现在有的地方掏钱在手机上点一点就行，不用站着等叫号，我想问问我们虹口区这边到底有没有这样的好事呀？"
)


def test_a_story_is_searched_as_the_model_puts_it_too(policies: Corpus, index: HybridIndex) -> None:
    clause = "hongkou-2020#二/(二)/8"
    said = "虹口区推进各级医疗机构线上支付，试点推广医保移动支付[1]。"
    with serving(says("虹口区在线医疗有没有医保移动支付？"), says(said)) as script:
        answer = PolicyQa(policies, index, opened(script.url), LIMITS).ask(STORY)
    assert STORY in json.dumps(script.requests[0], ensure_ascii=False)
    assert answer.rewritten_question == "虹口区在线医疗有没有医保移动支付？"
    assert [citation.clause_id for citation in answer.citations] == [clause]


@pytest.mark.parametrize("written", ["虹口区给予3000元补贴吗？", "Is there a subsidy?", "", "问" * 200])
def test_what_adds_numbers_or_is_no_question_is_not_used(written: str) -> None:
    with serving(says(written)) as script:
        assert (
            standalone_by_model(opened(script.url), "那虹口呢？", [Turn("user", "长宁的在线医疗")], LIMITS, []) is None
        )


def test_a_model_that_fails_changes_nothing() -> None:
    with serving(fails(500)) as script:
        assert (
            standalone_by_model(opened(script.url), "那虹口呢？", [Turn("user", "长宁的在线医疗")], LIMITS, []) is None
        )
