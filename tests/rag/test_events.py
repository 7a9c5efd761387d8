"""An answer as it comes about."""

from __future__ import annotations

import asyncio

from corpus.types import Corpus
from index.search import HybridIndex
from rag.answer import PolicyQa
from rag.events import Event, as_async
from rag.llm.types import Limits
from rag.wire import event_json
from tests.rag.llm.scripted import says, serving
from tests.rag.llm.test_misbehaviour import CLAUSE, GOOD, QUESTION, opened

LIMITS = Limits(first=2, idle=2, total=6)


def shown(events: list[Event]) -> str:
    """The text that is left on the screen: what was taken back is gone."""
    text = "".join(event.data["text"] for event in events if event.kind == "delta")
    gone = [(e.data["start"], e.data["end"]) for e in events if e.kind == "verify" and not e.data["ok"]]
    return "".join(character for i, character in enumerate(text) if not any(a <= i < b for a, b in gone))


def test_without_a_model_the_answer_comes_in_one_piece(qa: PolicyQa) -> None:
    events = list(qa.stream(QUESTION))
    assert [event.kind for event in events] == ["status", "citations", "delta", "done"]
    assert events[2].data["text"] == events[3].data["answer"].answer


def test_what_is_left_on_the_screen_is_the_answer(policies: Corpus, index: HybridIndex) -> None:
    with serving(
        says("虹口区在线医疗由区教育局", "负责[1]。虹口区在线医疗由区卫生健康委、区医保局、区科委负责", "[", "1]。")
    ) as script:
        events = list(PolicyQa(policies, index, opened(script.url), LIMITS).stream(QUESTION))
    answer = events[-1].data["answer"]
    assert (answer.mode, answer.answer) == ("llm", GOOD)
    assert shown(events) == GOOD
    assert [event.kind for event in events if event.kind == "citations"] == ["citations"]
    assert all("[" not in e.data["text"] or "]" in e.data["text"] for e in events if e.kind == "delta")


def test_when_the_extractive_answer_takes_over_the_models_words_are_taken_back(
    policies: Corpus, index: HybridIndex
) -> None:
    with serving(says("虹口区在线医疗由区教育局负责[1]。")) as script:
        events = list(PolicyQa(policies, index, opened(script.url), LIMITS).stream(QUESTION))
    assert shown(events) == events[-1].data["answer"].answer


def test_every_event_can_be_written_as_json(qa: PolicyQa) -> None:
    rows = [event_json(event) for event in qa.stream(QUESTION)]
    assert rows[-1]["event"] == "done"
    assert rows[-1]["answer"]["citations"][0]["clause_id"] == CLAUSE


def test_the_async_iteration_gives_the_same_events(qa: PolicyQa) -> None:
    async def collect() -> list[str]:
        return [event.kind async for event in as_async(qa.stream(QUESTION))]

    assert asyncio.run(collect()) == ["status", "citations", "delta", "done"]
