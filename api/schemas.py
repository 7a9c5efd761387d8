"""Requests as they come over the wire, bounded; answers are the contract's answer object as `rag.wire` writes it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.limits import QUESTION, TURN, TURNS
from rag.types import Filters, Turn

Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class FiltersIn(BaseModel):
    """What the question is narrowed to; names as the corpus prints them."""

    model_config = ConfigDict(extra="forbid")

    jurisdiction: Name | None = None
    document_id: Name | None = None
    department: Name | None = None

    def as_filters(self) -> Filters:
        return Filters(self.jurisdiction, self.document_id, self.department)


class TurnIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    role: Literal["user", "assistant"]
    content: Annotated[str, StringConstraints(max_length=TURN)]


class AskIn(BaseModel):
    """A question, the conversation before it, and what narrows it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"question": "虹口区在线金融服务由哪些部门负责？"}]},
    )

    question: Annotated[str, StringConstraints(min_length=1, max_length=QUESTION)]
    history: Annotated[list[TurnIn], Field(max_length=TURNS)] = []
    filters: FiltersIn = FiltersIn()
    as_of: date | None = None

    def turns(self) -> list[Turn]:
        return [Turn(turn.role, turn.content) for turn in self.history]


class ChatMessage(BaseModel):
    """OpenAI's message; content may be text or a list of parts, of which the text parts count."""

    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: str | list[dict[str, Any]] | None = None

    def text(self) -> str:
        if isinstance(self.content, str):
            return self.content
        return "".join(str(part.get("text", "")) for part in self.content or () if part.get("type") == "text")


class ChatIn(BaseModel):
    """OpenAI's chat completion request; what this service has no use for is accepted and left alone."""

    model: str = "policyqa"
    messages: Annotated[list[ChatMessage], Field(min_length=1, max_length=TURNS + 2)]
    stream: bool = False
    stream_options: dict[str, Any] | None = None


class Problem(BaseModel):
    """RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    instance: str | None = None
