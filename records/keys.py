"""API keys: made once, kept as a hash, compared in constant time, revocable with the sessions that they opened."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import delete, select

from records.database import Database
from records.errors import NotFoundError
from records.tables import Json, Key, SessionRow

Role = Literal["anonymous", "staff", "admin"]
RANKS: dict[Role, int] = {"anonymous": 0, "staff": 1, "admin": 2}
_FORM = re.compile(r"pq_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_NOBODY = hashlib.sha256(b"nobody").hexdigest()


@dataclass(frozen=True)
class Holder:
    """Who a request comes from. `key_id` is None for anonymous ones."""

    role: Role = "anonymous"
    key_id: str | None = None
    name: str = ""

    def may(self, role: Role) -> bool:
        return RANKS[self.role] >= RANKS[role]


ANONYMOUS = Holder()


def looks_like_key(text: str) -> bool:
    """Whether it has the form of one of our keys, valid or not."""
    return text.startswith("pq_")


def key_id_in(key: str) -> str | None:
    """The id that a key says it has; None for what can be none of ours."""
    form = _FORM.fullmatch(key)
    return form[1] if form else None


class KeyRing:
    def __init__(self, database: Database) -> None:
        self._database = database

    def make(self, name: str, role: Role) -> tuple[str, str]:
        """(id, key). The key is 256 random bits behind its id and can't be shown again."""
        identity, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
        row = Key(id=identity, name=name, role=role, digest=_digest(secret), made_at=datetime.now(UTC))
        with self._database.sessions.begin() as session:
            session.add(row)
        return identity, f"pq_{identity}_{secret}"

    def holder_of(self, key: str) -> Holder | None:
        """None for a key that was never made or has been revoked."""
        form = _FORM.fullmatch(key)
        if form is None:
            return None
        with self._database.sessions() as session:
            row = session.get(Key, form[1])
        same = hmac.compare_digest(_digest(form[2]), row.digest if row else _NOBODY)
        return holder_in(row) if row and same else None

    def has(self, identity: str) -> bool:
        """Whether such a key was ever made."""
        with self._database.sessions() as session:
            return session.get(Key, identity) is not None

    def revoke(self, identity: str) -> None:
        """Ends its sessions too. Raises NotFoundError."""
        with self._database.sessions.begin() as session:
            row = session.get(Key, identity)
            if row is None:
                raise NotFoundError(f"no key {identity!r}. See: policyqa keys list")
            row.revoked_at = row.revoked_at or datetime.now(UTC)
            session.execute(delete(SessionRow).where(SessionRow.key_id == identity))

    def listed(self) -> list[Json]:
        with self._database.sessions() as session:
            rows = session.scalars(select(Key).order_by(Key.made_at)).all()
        return [
            {
                "id": row.id,
                "name": row.name,
                "role": row.role,
                "made_at": row.made_at.isoformat(),
                "revoked_at": row.revoked_at.isoformat() if row.revoked_at else None,
            }
            for row in rows
        ]


def holder_in(row: Key) -> Holder | None:
    """None once the key is revoked."""
    role = row.role
    if row.revoked_at is not None or role not in ("staff", "admin"):
        return None
    return Holder("admin" if role == "admin" else "staff", row.id, row.name)


def _digest(secret: str) -> str:
    """A key is random enough that one round of SHA-256 can't be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()
