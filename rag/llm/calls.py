"""The requests of one answer to its models: how many, how long, how many tokens."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.script import fold
from rag.llm.types import LanguageModel, Limits, Message, ModelError, TokenStream, Usage

LOG = logging.getLogger("policyqa.model")
MOST = 4  # requests of one answer: plan, words, words after a second plan, repair
_OF_CHINESE, _OF_OTHERS = 0.7, 0.3  # tokens of a character, about
_A_MESSAGE = 4  # tokens around each message


@dataclass(frozen=True)
class Spent:
    """`is_estimated` where an endpoint doesn't count."""

    requests: int = 0
    prompt: int = 0
    completion: int = 0
    is_estimated: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "requests": self.requests,
            "prompt": self.prompt,
            "completion": self.completion,
            "estimated": self.is_estimated,
        }


class Calls:
    """Bounds what one answer asks of models; `limits.total` is for all of its requests together."""

    def __init__(self, limits: Limits, streams: list[TokenStream]) -> None:
        """Each request is put into `streams`, so that it can be ended from outside."""
        self._limits, self._streams = limits, streams
        self._end = time.monotonic() + limits.total
        self.spent = Spent()

    @property
    def left(self) -> int:
        return MOST - self.spent.requests if time.monotonic() < self._end else 0

    def text(
        self,
        model: LanguageModel,
        messages: Sequence[Message],
        characters: int,
        share: float = 1.0,
        schema: dict[str, Any] | None = None,
    ) -> str:
        """All that the model writes, no longer than `characters` and in no more than a share of the time that is left.

        Raises ModelError.
        """
        return "".join(self.pieces(model, messages, characters, share, schema))

    def pieces(
        self,
        model: LanguageModel,
        messages: Sequence[Message],
        characters: int | None = None,
        share: float = 1.0,
        schema: dict[str, Any] | None = None,
    ) -> Iterator[str]:
        """What the model writes, as it comes. Raises ModelError."""
        seconds = (self._end - time.monotonic()) * share
        if self.left <= 0 or seconds <= 0:
            raise ModelError("too_slow", "no request left")
        limits = replace(
            self._limits,
            first=min(self._limits.first, seconds),
            total=seconds,
            characters=min(characters or self._limits.characters, self._limits.characters),
        )
        shaped = getattr(model, "shaped", None) if schema else None
        stream = shaped(messages, limits, schema) if shaped else model.stream(messages, limits)
        self._streams.append(stream)
        size, written = 0, []
        try:
            for piece in stream:
                written.append(piece)
                size += len(piece)
                yield piece
                if size > limits.characters:
                    return
        finally:
            stream.close()
            self._count(messages, "".join(written), getattr(stream, "usage", None))

    def _count(self, messages: Sequence[Message], written: str, usage: Usage | None) -> None:
        prompt = usage.prompt if usage else sum(tokens_of(m.content) + _A_MESSAGE for m in messages)
        completion = usage.completion if usage else tokens_of(written)
        self.spent = Spent(
            self.spent.requests + 1,
            self.spent.prompt + prompt,
            self.spent.completion + completion,
            self.spent.is_estimated or usage is None,
        )


def tokens_of(text: str) -> int:
    """About how many tokens a model reads it as."""
    chinese = sum("一" <= character <= "鿿" for character in fold(text))
    return round(chinese * _OF_CHINESE + (len(text) - chinese) * _OF_OTHERS)
