"""A model inside this process that plays a script: one reply a request, the last one again and again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from rag.llm.types import Limits, Message, ModelError

Reply = str | ModelError


class ScriptedModel:
    """Keeps what it was asked."""

    name = "scripted"

    def __init__(self, *replies: Reply) -> None:
        self._replies = replies
        self.asked: list[Sequence[Message]] = []

    def stream(self, messages: Sequence[Message], limits: Limits) -> _Pieces:
        self.asked.append(messages)
        reply = self._replies[min(len(self.asked), len(self._replies)) - 1]
        return _Pieces(reply, limits.characters)

    @property
    def last(self) -> str:
        """The last message of the last request."""
        return self.asked[-1][-1].content


class _Pieces:
    def __init__(self, reply: Reply, characters: int) -> None:
        self._reply, self._characters = reply, characters

    def __iter__(self) -> Iterator[str]:
        if isinstance(self._reply, ModelError):
            raise self._reply
        for start in range(0, min(len(self._reply), self._characters), 5):
            yield self._reply[start : start + 5]

    def close(self) -> None:
        """Nothing is open."""


def a_plan(*requests: dict[str, Any], question: str = "") -> str:
    return json.dumps({"question": question, "requests": list(requests)}, ensure_ascii=False)


def a_find(*topic: str, **slots: Any) -> dict[str, Any]:
    return {"op": "find", "topic": list(topic), **slots}
