"""Everything that is kept, opened together."""

from __future__ import annotations

from dataclasses import dataclass

from records.audit import AuditLog
from records.database import Database, open_database
from records.exchanges import Exchanges
from records.feedback import FeedbackBook
from records.journal import Journal
from records.keys import KeyRing
from records.pins import PinBoard
from records.sessions import SessionBook


@dataclass(frozen=True)
class Records:
    database: Database
    journal: Journal
    exchanges: Exchanges
    feedback: FeedbackBook
    pins: PinBoard
    keys: KeyRing
    sessions: SessionBook
    audit: AuditLog

    def close(self) -> None:
        """Writes what waits to be written, then lets the database go."""
        self.journal.close()
        self.database.close()


def open_records(url: str, migrate: bool = True) -> Records:
    """Raises RecordsError saying what to do about the address."""
    database = open_database(url, migrate)
    journal = Journal(database)
    pins = PinBoard(database)
    pins.refresh()
    return Records(
        database, journal, Exchanges(database, journal), FeedbackBook(database), pins,
        KeyRing(database), SessionBook(database), AuditLog(database),
    )  # fmt: skip
