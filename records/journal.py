"""Rows written by one thread, many to a transaction: a row is kept once its future is done."""

from __future__ import annotations

import logging
import queue
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import groupby

from sqlalchemy import exc

from records.database import Database
from records.tables import Base

LOG = logging.getLogger("policyqa.records")
_TOGETHER = 200  # entries a transaction
_WAITING = 5000  # entries that wait for a database that is away
_PARENTS_FIRST = {table.name: i for i, table in enumerate(Base.metadata.sorted_tables)}
AWAY = (exc.OperationalError, exc.InterfaceError, exc.TimeoutError)  # what a database raises that may come back
_PAUSE = 0.5  # seconds before a database that is away is tried again


@dataclass(frozen=True)
class _Entry:
    row: Base
    written: Future[None] = field(default_factory=Future)


class Journal:
    """Keeps rows in the order they were put. A database that is away is waited for; nothing is dropped meanwhile."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._entries: queue.Queue[_Entry | None] = queue.Queue(_WAITING)
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    def put(self, row: Base) -> Future[None]:
        """Done once the row is on disk; failed with SQLAlchemyError when the row itself can't be kept, or with
        queue.Full when the database has been away for too long.
        """
        entry = _Entry(row)
        try:
            self._entries.put_nowait(entry)
        except queue.Full as full:
            entry.written.set_exception(full)
        return entry.written

    def close(self, timeout: float = 10.0) -> None:
        """Writes what waits, then ends; gives a database that is away `timeout` seconds."""
        self._closing = True
        self._entries.put(None)
        self._thread.join(timeout)

    def _run(self) -> None:
        ended = False
        while not ended:
            first = self._entries.get()
            batch, ended = ([first] if first else []), first is None
            while not ended and len(batch) < _TOGETHER:
                try:
                    more = self._entries.get_nowait()
                except queue.Empty:
                    break
                ended = more is None
                batch += [more] if more else []
            if batch:
                self._keep(batch)

    def _keep(self, batch: list[_Entry]) -> None:
        while True:
            try:
                self._write(batch)
                break
            except AWAY as error:
                LOG.error("records can't be written (%s); %d wait", type(error).__name__, len(batch))
                if self._closing:
                    return
                time.sleep(_PAUSE)
            except Exception as error:  # a row that can't be kept must not take the others with it, nor the thread
                if len(batch) == 1:
                    batch[0].written.set_exception(error)
                    return
                for entry in batch:
                    self._keep([entry])
                return
        for entry in batch:
            entry.written.set_result(None)

    def _write(self, batch: list[_Entry]) -> None:
        with self._database.sessions.begin() as session:
            ordered = sorted(batch, key=lambda entry: _PARENTS_FIRST[entry.row.__tablename__])
            for _, rows in groupby(ordered, key=lambda entry: entry.row.__tablename__):
                session.add_all(type(entry.row)(**_columns(entry.row)) for entry in rows)
                session.flush()


def _columns(row: Base) -> dict[str, object]:
    """A fresh copy's fields: a row that failed once stays bound to the session that failed."""
    return {column.name: getattr(row, column.name) for column in row.__table__.columns}
