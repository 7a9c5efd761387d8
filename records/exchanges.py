"""Questions and their answers: kept as they come, read again against the texts of today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select

from corpus.types import Corpus
from rag.personal import personal_in, without
from rag.types import Answer, Filters, Turn
from rag.wire import as_json
from records.database import Database
from records.journal import Journal
from records.tables import AnswerRow, Json, Question

REMOVED = "已移除"
CHANGED = "已修改"


class Exchanges:
    """What was asked and answered, personal data masked."""

    def __init__(self, database: Database, journal: Journal) -> None:
        self._database, self._journal = database, journal

    def asked(
        self, identity: str, question: str, filters: Filters, channel: str, conversation: str | None
    ) -> Future[None]:
        row = Question(
            id=identity, conversation_id=conversation, asked_at=datetime.now(UTC), channel=channel,
            text=storable(without(question, personal_in(question))), filters=storable(vars(filters)),
        )  # fmt: skip
        return self._journal.put(row)

    def answered(
        self, answer: Answer, question: str, history: Sequence[Turn], corpus: Corpus, pin_id: int | None
    ) -> Future[None]:
        """The answer object as it was given; what the question holds of personal data is masked wherever it recurs."""
        personal = personal_in("\n".join([question, *(turn.content for turn in history)]))
        cited = [citation.clause_id for citation in (*answer.citations, *answer.nearest)]
        row = AnswerRow(
            question_id=answer.trace_id, answered_at=datetime.now(UTC), status=answer.status, reason=answer.reason,
            place=answer.citations[0].jurisdiction if answer.citations else None,
            departments=[row.name for row in answer.departments], mode=answer.mode, model=answer.model,
            corpus_version=answer.corpus_version, latency_ms=answer.latency_ms, pin_id=pin_id,
            body=storable(as_json(answer), personal),
            digests={clause_id: clause.digest for clause_id in cited if (clause := corpus.clause(clause_id))},
        )  # fmt: skip
        return self._journal.put(row)

    def answer(self, identity: str, corpus: Corpus) -> Json | None:
        """The answer object as it was given, each citation with `state`: null, 已修改 or 已移除. None when there is none."""
        with self._database.sessions() as session:
            row = session.get(AnswerRow, identity)
        return None if row is None else _of_today(row, corpus)

    def conversation(self, identity: str, corpus: Corpus, channel: str | None = None) -> list[Json]:
        """Its questions in order, each with its answer, or null where none was finished; of one channel, if given."""
        query = (
            select(Question, AnswerRow)
            .outerjoin(AnswerRow, AnswerRow.question_id == Question.id)
            .where(Question.conversation_id == identity)
            .order_by(Question.asked_at)
        )
        if channel is not None:
            query = query.where(Question.channel == channel)
        with self._database.sessions() as session:
            found = session.execute(query).all()
        return [
            {
                "id": question.id,
                "asked_at": question.asked_at.isoformat(),
                "question": question.text,
                "answer": _of_today(answer, corpus) if answer else None,
            }
            for question, answer in found
        ]

    def conversations(self, limit: int, before: datetime | None = None) -> list[Json]:
        """The latest first: a question without a conversation stands as one of its own."""
        identity = func.coalesce(Question.conversation_id, Question.id).label("identity")
        last = func.max(Question.asked_at).label("last")
        query = (
            select(identity, func.min(Question.asked_at), last, func.count()).group_by(identity).order_by(last.desc())
        )
        if before is not None:
            query = query.having(last < before)
        with self._database.sessions() as session:
            found = session.execute(query.limit(limit)).all()
        return [
            {"id": row[0], "started_at": _iso(row[1]), "last_at": _iso(row[2]), "questions": row[3]} for row in found
        ]

    def forget_older_than(self, days: int) -> int:
        """Deletes questions with their answers and feedback; how many. 0 days keeps everything."""
        if days == 0:
            return 0
        with self._database.sessions.begin() as session:
            old = session.execute(delete(Question).where(Question.asked_at < datetime.now(UTC) - timedelta(days=days)))
            return int(getattr(old, "rowcount", 0))

    def forget(self, conversation: str) -> int:
        """Deletes one conversation, or one question that stands alone; how many questions."""
        with self._database.sessions.begin() as session:
            gone = session.execute(
                delete(Question).where((Question.conversation_id == conversation) | (Question.id == conversation))
            )
            return int(getattr(gone, "rowcount", 0))


def storable(value: Any, personal: Mapping[str, str] | None = None) -> Any:
    """The value without what no database takes (NUL, halves of a character) and without `personal`."""
    if isinstance(value, str):
        clean = value.encode("utf-8", "replace").decode().replace("\0", "�")
        return without(clean, dict(personal)) if personal else clean
    if isinstance(value, Mapping):
        return {key: storable(item, personal) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item, personal) for item in value]
    return value


def _of_today(row: AnswerRow, corpus: Corpus) -> Json:
    body = dict(row.body)
    for name in ("citations", "nearest"):
        body[name] = [{**citation, "state": _state(citation, row, corpus)} for citation in body[name]]
    return body


def _state(citation: Mapping[str, Any], row: AnswerRow, corpus: Corpus) -> str | None:
    clause = corpus.clause(citation["clause_id"])
    if clause is None:
        return REMOVED
    return None if clause.digest == row.digests.get(clause.clause_id) else CHANGED


def _iso(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
