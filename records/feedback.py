"""👍 and 👎 on answers, and the working off of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

from sqlalchemy import select

from rag.personal import masked
from records.database import Database
from records.errors import NotFoundError, UnusableError
from records.exchanges import storable
from records.tables import AnswerRow, Feedback, Json, Question

Reason = Literal["引用错误", "答非所问", "部门错误", "已过期", "其他"]
REASONS: tuple[str, ...] = get_args(Reason)
COMMENT = 1000  # characters


@dataclass(frozen=True)
class Given:
    """A vote on the answer `answer_id` (its trace_id). A reason goes with 👎 only."""

    answer_id: str
    vote: Literal["up", "down"]
    reason: str | None = None
    comment: str = ""


class FeedbackBook:
    def __init__(self, database: Database) -> None:
        self._database = database

    def give(self, given: Given) -> None:
        """Kept when this returns; a later vote on the same answer takes the earlier one's place.

        Raises NotFoundError for an answer that was never given, UnusableError for a reason that there isn't.
        """
        if given.reason is not None and given.reason not in REASONS:
            raise UnusableError(f"reason: one of {'、'.join(REASONS)}.")
        if given.vote == "up" and given.reason:
            raise UnusableError("reason: goes with a down vote only.")
        with self._database.sessions.begin() as session:
            if session.get(Question, given.answer_id) is None:
                raise NotFoundError(f"no answer {given.answer_id!r}. Take the trace_id of the answer.")
            row = session.scalar(select(Feedback).where(Feedback.question_id == given.answer_id))
            row = row or Feedback(question_id=given.answer_id)
            row.given_at = datetime.now(UTC)
            row.vote = 1 if given.vote == "up" else -1
            row.reason = given.reason
            row.comment = storable(masked(given.comment[:COMMENT]))
            row.worked_off_at = row.worked_off_by = None
            session.add(row)

    def listed(self, limit: int, open_only: bool) -> list[Json]:
        """The latest first, each with its question and what was answered."""
        query = (
            select(Feedback, Question, AnswerRow)
            .join(Question, Question.id == Feedback.question_id)
            .outerjoin(AnswerRow, AnswerRow.question_id == Question.id)
            .order_by(Feedback.given_at.desc(), Feedback.id.desc())
        )
        if open_only:
            query = query.where(Feedback.worked_off_at.is_(None), Feedback.vote == -1)
        with self._database.sessions() as session:
            found = session.execute(query.limit(limit)).all()
        return [
            {
                "id": row.id,
                "answer_id": row.question_id,
                "given_at": row.given_at.isoformat(),
                "vote": "up" if row.vote > 0 else "down",
                "reason": row.reason,
                "comment": row.comment,
                "question": question.text,
                "asked_as": (answer.body.get("rewritten_question") if answer else None) or question.text,
                "status": answer.status if answer else None,
                "answer": answer.body["answer"] if answer else None,
                "worked_off_at": row.worked_off_at.isoformat() if row.worked_off_at else None,
                "worked_off_by": row.worked_off_by,
            }
            for row, question, answer in found
        ]

    def work_off(self, identity: int, who: str) -> None:
        """Raises NotFoundError."""
        with self._database.sessions.begin() as session:
            row = session.get(Feedback, identity)
            if row is None:
                raise NotFoundError(f"no feedback {identity}.")
            row.worked_off_at, row.worked_off_by = datetime.now(UTC), who
