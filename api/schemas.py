"""Requests as they come over the wire, bounded; answers are the contract's answer object as `rag.wire` writes it."""

from __future__ import annotations

from base64 import b64decode
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

from api.limits import QUESTION, TURN, TURNS
from corpus.readers import READERS
from rag.types import Filters, Turn
from records.errors import UnusableError
from records.feedback import COMMENT, Reason
from records.pins import ANSWER, CITED, WORDING, WORDINGS, Wanted

Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Conversation = Annotated[str, StringConstraints(pattern="^[A-Za-z0-9_-]{8,64}$")]


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
    conversation_id: Conversation | None = None

    def turns(self) -> list[Turn]:
        return [Turn(turn.role, turn.content) for turn in self.history]


class FeedbackIn(BaseModel):
    """A vote on an answer; a reason goes with 👎 only."""

    model_config = ConfigDict(extra="forbid")

    answer_id: Annotated[str, StringConstraints(pattern="^[0-9a-f]{32}$")]
    vote: Literal["up", "down"]
    reason: Reason | None = None
    comment: Annotated[str, StringConstraints(max_length=COMMENT)] = ""


class CitedIn(BaseModel):
    """A clause that a pinned answer rests on; without a quote the whole of it."""

    model_config = ConfigDict(extra="forbid")

    clause_id: Annotated[str, StringConstraints(min_length=1, max_length=400)]
    quote: Annotated[str, StringConstraints(min_length=1, max_length=20000)] | None = None


class PinIn(BaseModel):
    """A worded answer with [1]…[n] in it, the questions that get it, and the clauses that carry it."""

    model_config = ConfigDict(extra="forbid")

    wordings: Annotated[
        list[Annotated[str, StringConstraints(min_length=1, max_length=WORDING)]],
        Field(min_length=1, max_length=WORDINGS),
    ]
    answer: Annotated[str, StringConstraints(min_length=1, max_length=ANSWER)]
    citations: Annotated[list[CitedIn], Field(min_length=1, max_length=CITED)]

    def as_wanted(self) -> Wanted:
        return Wanted(tuple(self.wordings), self.answer, tuple((row.clause_id, row.quote) for row in self.citations))


class KeyIn(BaseModel):
    """Whom the key is for, and what it may do."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    role: Literal["staff", "admin"]


class SessionIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    key: Annotated[str, StringConstraints(min_length=1, max_length=200)]


def _read(suffix: str) -> str:
    if suffix not in READERS:
        raise ValueError(f"one of {', '.join(READERS)}")
    return suffix


class DocumentIn(BaseModel):
    """A text, the kind of file it is, and its metadata as TOML, if there is any. What is no text, as a .docx, is `text`
    in base64.
    """

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, StringConstraints(min_length=1)]
    encoding: Literal["text", "base64"] = "text"
    suffix: Annotated[str, AfterValidator(_read), WithJsonSchema({"type": "string", "enum": list(READERS)})] = ".txt"
    metadata: str | None = None

    def data(self) -> bytes:
        """The file. Raises UnusableError where it is no base64."""
        if self.encoding == "text":
            return self.text.encode()
        try:
            return b64decode("".join(self.text.split()), validate=True)
        except ValueError:
            raise UnusableError("text: no base64. Encode the file, or send its text without `encoding`.") from None


class ReceivedOut(BaseModel):
    """One file of a delivery, and why it wasn't taken or what to look at."""

    name: str
    fate: Literal["added", "changed", "unchanged", "known", "skipped", "refused"]
    document_id: str
    reason: str
    warnings: list[str]


class DeliveryOut(BaseModel):
    """What became of the files; the rest only where something may have changed."""

    files: list[ReceivedOut]
    corpus_version: str | None = None
    pins_to_review: int | None = None


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
