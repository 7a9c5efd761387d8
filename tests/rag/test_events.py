"""An answer as it comes about."""

from __future__ import annotations

import asyncio

from corpus.types import Corpus
from index.search import HybridIndex
from rag.answer import PolicyQa
from rag.events import as_async
from rag.llm.types import Limits
from rag.messages import MESSAGES
from rag.wire import event_json
from tests.rag.llm.scripted import says, serving
from tests.rag.llm.test_misbehaviour import CLAUSE, GOOD, PLAN, QUESTION, opened

LIMITS = Limits(first=2, idle=2, total=6)


def test_without_a_model_the_answer_comes_in_one_piece(qa: PolicyQa) -> None:
    events = list(qa.stream(QUESTION))
    assert [event.kind for event in events] == ["status", "citations", "delta", "done"]
    assert events[2].data["text"] == events[3].data["answer"].answer


def test_a_sentence_is_shown_once_it_has_passed(policies: Corpus, index: HybridIndex) -> None:
    faulty = "虹口区在线医疗由区教育局负责[1]。"
    with serving(says(PLAN), says(f"【答】{GOOD}虹口区在线医疗由区教育局", "负责[", "1]。"), says(faulty)) as script:
        events = list(PolicyQa(policies, index, opened(script.url), LIMITS).stream(QUESTION))
    answer = events[-1].data["answer"]
    assert (answer.mode, answer.answer) == ("llm", GOOD)
    assert [event.data["text"] for event in events if event.kind == "delta"] == [GOOD]
    assert [event.data["ok"] for event in events if event.kind == "verify"] == [True]
    assert MESSAGES["unchecked"] in answer.warnings
    assert len(script.requests) == 3


def test_of_what_the_extractive_answer_replaces_nothing_is_shown(policies: Corpus, index: HybridIndex) -> None:
    with serving(says(PLAN), says("虹口区在线医疗由区教育局负责[1]。")) as script:
        events = list(PolicyQa(policies, index, opened(script.url), LIMITS).stream(QUESTION))
    answer = events[-1].data["answer"]
    assert (answer.mode, answer.plan["fell_back"]) == ("extractive", ["writing"])
    assert "".join(event.data["text"] for event in events if event.kind == "delta") == answer.answer


def test_every_event_can_be_written_as_json(qa: PolicyQa) -> None:
    rows = [event_json(event) for event in qa.stream(QUESTION)]
    assert rows[-1]["event"] == "done"
    assert rows[-1]["answer"]["citations"][0]["clause_id"] == CLAUSE


def test_the_async_iteration_gives_the_same_events(qa: PolicyQa) -> None:
    async def collect() -> list[str]:
        return [event.kind async for event in as_async(qa.stream(QUESTION))]

    assert asyncio.run(collect()) == ["status", "citations", "delta", "done"]
