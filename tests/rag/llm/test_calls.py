"""How often, how long and how much the models of one answer are asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from rag.llm.calls import MOST, Calls, tokens_of
from rag.llm.types import Limits, Message, ModelError, TokenStream, Usage
from tests.rag.llm.scripted_model import ScriptedModel

ASKED = [Message("user", "虹口区在线医疗")]  # 7 characters: about 5 tokens, and 4 around the message


def test_tokens_are_estimated_where_nobody_counts() -> None:
    calls = Calls(Limits(), [])
    assert calls.text(ScriptedModel("由区科委负责"), ASKED, 100) == "由区科委负责"
    assert calls.spent.as_json() == {"requests": 1, "prompt": 5 + 4, "completion": 4, "estimated": True}


def test_tokens_are_the_endpoints_where_it_counts() -> None:
    calls = Calls(Limits(), [])
    calls.text(Counting(), ASKED, 100)
    calls.text(Counting(), ASKED, 100)
    assert calls.spent.as_json() == {"requests": 2, "prompt": 14, "completion": 6, "estimated": False}


def test_four_requests_are_the_most() -> None:
    calls, model = Calls(Limits(), []), ScriptedModel("好")
    for _ in range(MOST):
        calls.text(model, ASKED, 10)
    assert calls.left == 0
    with pytest.raises(ModelError):
        calls.text(model, ASKED, 10)
    assert len(model.asked) == MOST


def test_all_requests_share_one_time() -> None:
    calls, model = Calls(Limits(total=0.0), []), ScriptedModel("好")
    with pytest.raises(ModelError):
        calls.text(model, ASKED, 10)
    assert model.asked == []


def test_a_request_that_fails_is_counted_too() -> None:
    calls = Calls(Limits(), [])
    with pytest.raises(ModelError):
        calls.text(ScriptedModel(ModelError("stalled")), ASKED, 10)
    assert calls.spent.requests == 1


def test_each_request_can_be_ended_from_outside() -> None:
    streams: list[TokenStream] = []
    Calls(Limits(), streams).text(ScriptedModel("好"), ASKED, 10)
    assert len(streams) == 1


def test_letters_are_fewer_tokens_than_characters() -> None:
    assert tokens_of("虹口区" * 10) == 21
    assert tokens_of("a" * 10) == 3


class Counting:
    """A model whose endpoint counts."""

    name = "counting"

    def stream(self, messages: Sequence[Message], limits: Limits) -> Any:  # noqa: ARG002
        return self

    usage = Usage(7, 3)

    def __iter__(self) -> Iterator[str]:
        yield "好"

    def close(self) -> None:
        """Nothing is open."""
