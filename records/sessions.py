"""Sessions that keys have opened: random, kept as a hash, ended by signing out, by the key's end or by time."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, delete, select

from records.database import Database
from records.keys import Holder, holder_in
from records.tables import Key, SessionRow


class SessionBook:
    """What isn't in the table is no session, so that nothing else has to be secret: there is no signature to forge."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, key_id: str, seconds: int) -> str:
        """A new session's token, 256 random bits. It is kept nowhere; the table has its SHA-256."""
        token, now = secrets.token_urlsafe(32), datetime.now(UTC)
        row = SessionRow(digest=_digest(token), key_id=key_id, made_at=now, ends_at=now + timedelta(seconds=seconds))
        with self._database.sessions.begin() as session:
            session.add(row)
        return token

    def holder_of(self, token: str) -> Holder | None:
        """None for a session that there isn't, that has ended, or whose key has been revoked.

        It is looked up by its hash: how long that takes tells nothing about the tokens that there are.
        """
        wanted = select(Key).join(SessionRow, SessionRow.key_id == Key.id)
        wanted = wanted.where(SessionRow.digest == _digest(token), SessionRow.ends_at > datetime.now(UTC))
        with self._database.sessions() as session:
            row = session.scalars(wanted).one_or_none()
        return holder_in(row) if row else None

    def end(self, token: str) -> bool:
        """Whether there was such a session."""
        return self._drop(SessionRow.digest == _digest(token)) > 0

    def end_all(self, key_id: str) -> int:
        """How many sessions of the key have been ended."""
        return self._drop(SessionRow.key_id == key_id)

    def forget_ended(self) -> int:
        """How many rows, whose time was over, are gone."""
        return self._drop(SessionRow.ends_at <= datetime.now(UTC))

    def _drop(self, which: ColumnElement[bool]) -> int:
        with self._database.sessions.begin() as session:
            return len(session.execute(delete(SessionRow).where(which).returning(SessionRow.digest)).all())


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
