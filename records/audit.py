"""Who did what, in order."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from records.database import Database
from records.exchanges import storable
from records.tables import AuditEntry, Json


class AuditLog:
    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, actor: str, action: str, target: str, **detail: Any) -> None:
        """`actor` is a key's name and id, or `command line`; details hold no key and no question."""
        entry = AuditEntry(
            at=datetime.now(UTC),
            actor=actor[:120],
            action=action,
            target=storable(target[:200]),
            detail=storable(detail),
        )
        with self._database.sessions.begin() as session:
            session.add(entry)

    def listed(self, limit: int) -> list[Json]:
        """The latest first."""
        with self._database.sessions() as session:
            rows = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)).all()
        return [
            {
                "id": r.id,
                "at": r.at.isoformat(),
                "actor": r.actor,
                "action": r.action,
                "target": r.target,
                "detail": r.detail,
            }
            for r in rows
        ]
