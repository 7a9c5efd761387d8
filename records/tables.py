"""The tables. Times are UTC and aware; `question_id` is the answer's trace_id."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, Index, String, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Json = dict[str, Any]


class UtcDateTime(TypeDecorator[datetime]):
    """SQLite has no time zones: what it gives back is marked as the UTC it is."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    type_annotation_map = {datetime: UtcDateTime, Json: JSON, list[str]: JSON, list[Json]: JSON}  # noqa: RUF012


class Question(Base):
    """A question as it came in, personal data masked, kept before it is answered."""

    __tablename__ = "questions"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[str | None] = mapped_column(String(64))
    asked_at: Mapped[datetime] = mapped_column(index=True)
    channel: Mapped[str] = mapped_column(String(16))  # api, openai, window
    text: Mapped[str] = mapped_column(Text)
    filters: Mapped[Json]


class AnswerRow(Base):
    """What was answered. `body` is the answer object with personal data masked; `digests` its clauses' as they were."""

    __tablename__ = "answers"
    question_id: Mapped[str] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    answered_at: Mapped[datetime] = mapped_column(index=True)
    status: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(String(16))
    place: Mapped[str | None] = mapped_column(String(100))
    departments: Mapped[list[str]]
    mode: Mapped[str] = mapped_column(String(16))
    model: Mapped[str | None] = mapped_column(String(200))
    corpus_version: Mapped[str] = mapped_column(String(64))
    latency_ms: Mapped[float]
    pin_id: Mapped[int | None]
    body: Mapped[Json]
    digests: Mapped[Json]


class Feedback(Base):
    """👍 (1) or 👎 (-1) to one answer; the last one given counts."""

    __tablename__ = "feedback"
    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[str] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), unique=True)
    given_at: Mapped[datetime] = mapped_column(index=True)
    vote: Mapped[int]
    reason: Mapped[str | None] = mapped_column(String(16))
    comment: Mapped[str] = mapped_column(Text)
    worked_off_at: Mapped[datetime | None]
    worked_off_by: Mapped[str | None] = mapped_column(String(100))


class Pin(Base):
    """An answer that staff worded. `citations` are {clause_id, quote, digest}; `state` is reviewed or needs_review."""

    __tablename__ = "pins"
    id: Mapped[int] = mapped_column(primary_key=True)
    wordings: Mapped[list[str]]
    answer: Mapped[str] = mapped_column(Text)
    citations: Mapped[list[Json]]
    state: Mapped[str] = mapped_column(String(16))
    why: Mapped[str] = mapped_column(Text)  # what sent it back for review
    made_by: Mapped[str] = mapped_column(String(100))
    reviewed_at: Mapped[datetime]
    corpus_version: Mapped[str] = mapped_column(String(64))


class Key(Base):
    """An API key; only a SHA-256 of its secret is kept."""

    __tablename__ = "keys"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    role: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class AuditEntry(Base):
    """One action of staff. Never deleted by retention."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(40))
    target: Mapped[str] = mapped_column(String(200))
    detail: Mapped[Json]


class SessionRow(Base):
    """A session that a key has opened; of its token and its proof only a SHA-256 is kept. One that is over is deleted."""

    __tablename__ = "sessions"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    key_id: Mapped[str] = mapped_column(ForeignKey("keys.id", ondelete="CASCADE"), index=True)
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    proof: Mapped[str] = mapped_column(String(64))


Index("questions_conversation_asked", Question.conversation_id, Question.asked_at)
