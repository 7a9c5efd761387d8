"""What the answer path needs of a language model, whatever serves it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Role = Literal["system", "user", "assistant"]
FailureReason = Literal[
    "unreachable", "unauthorised", "rate_limited", "refused_request", "server_error", "no_first_words", "stalled",
    "too_slow", "cut_off", "malformed", "circuit_open",
]  # fmt: skip


@dataclass(frozen=True)
class Message:
    role: Role
    content: str


@dataclass(frozen=True)
class Limits:
    """Seconds and characters that an answer may take. `idle` is between two pieces of one stream."""

    first: float = 30.0
    idle: float = 20.0
    total: float = 90.0
    characters: int = 6000
    tokens: int = 1024


class ModelError(Exception):
    """The model gave no usable answer. The message names the reason, and never a key or the text sent."""

    def __init__(self, reason: FailureReason, detail: str = "") -> None:
        super().__init__(f"{reason}{f' ({detail})' if detail else ''}")
        self.reason: FailureReason = reason


@dataclass(frozen=True)
class Usage:
    """Tokens as an endpoint counts them."""

    prompt: int
    completion: int


class TokenStream(Protocol):
    """Pieces of a model's answer as they arrive. Iterating raises ModelError; `close` ends the request.

    One that knows its tokens has them as `usage` once it has ended.
    """

    def __iter__(self) -> Iterator[str]: ...

    def close(self) -> None: ...


class LanguageModel(Protocol):
    """A chat model. Safe to share between threads.

    One whose endpoint can be held to a JSON schema also has `shaped(messages, limits, schema)`.
    """

    @property
    def name(self) -> str: ...

    def stream(self, messages: Sequence[Message], limits: Limits) -> TokenStream: ...


@dataclass(frozen=True)
class Models:
    """Which model plans look-ups and which writes answers; None where that is done without one."""

    plans: LanguageModel | None
    writes: LanguageModel | None

    @property
    def name(self) -> str:
        """Both, where they are two."""
        rows = dict.fromkeys(model.name for model in (self.writes, self.plans) if model)
        return " + ".join(rows)
