"""Sessions that keys have opened: random, kept as a hash, ended by signing out, by the key's end or by time."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, delete, select

from records.database import Database
from records.keys import Holder, holder_in
from records.tables import Key, SessionRow


@dataclass(frozen=True)
class Opened:
    """What the browser gets, once: a token for its cookie, which every port of the host receives, and a proof for the page."""

    token: str
    proof: str


@dataclass(frozen=True)
class Session:
    """One that is under way. Who has its token alone may have it from the cookie that another port of the host got."""

    holder: Holder
    proof_digest: str = field(repr=False)

    def is_proven_by(self, proof: str) -> bool:
        return hmac.compare_digest(_digest(proof), self.proof_digest)


class SessionBook:
    """What isn't in the table is no session, so that nothing else has to be secret: there is no signature to forge."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, key_id: str, seconds: int) -> Opened:
        """A new session: token and proof are 256 random bits each, kept nowhere; the table has their SHA-256."""
        opened, now = Opened(secrets.token_urlsafe(32), secrets.token_urlsafe(32)), datetime.now(UTC)
        row = SessionRow(
            digest=_digest(opened.token), proof=_digest(opened.proof), key_id=key_id, made_at=now,
            ends_at=now + timedelta(seconds=seconds),
        )  # fmt: skip
        with self._database.sessions.begin() as session:
            session.add(row)
        return opened

    def find(self, token: str) -> Session | None:
        """None for a session that there isn't, that has ended, or whose key has been revoked.

        It is looked up by its hash: how long that takes tells nothing about the tokens that there are.
        """
        wanted = select(Key, SessionRow.proof).join(SessionRow, SessionRow.key_id == Key.id)
        wanted = wanted.where(SessionRow.digest == _digest(token), SessionRow.ends_at > datetime.now(UTC))
        with self._database.sessions() as session:
            row = session.execute(wanted).one_or_none()
        holder = holder_in(row[0]) if row else None
        return Session(holder, row[1]) if row and holder else None

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
