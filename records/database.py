"""A database opened and brought up to date: SQLite with a write-ahead log, or PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import URL, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, ProgrammingError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from index.settings import ROOT
from records.errors import DatabaseUnreachableError, RecordsError
from records.private_files import private_database
from records.settings import DEFAULT_FOLDER

Sessions = sessionmaker[Session]
_LOCK = 7215_0001  # one process at a time brings a PostgreSQL database up to date
_WAIT, _STATEMENT = 5, 30  # seconds for a lock or a connection, and for one statement


class Database:
    """`sessions.begin()` is one transaction. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.sessions: Sessions = sessionmaker(engine, expire_on_commit=False)

    @property
    def name(self) -> str:
        """Kind, machine, port and database: of the rest of the address some part is always secret."""
        url = self.engine.url
        return URL.create(url.drivername, host=url.host, port=url.port, database=url.database).render_as_string()

    def is_reachable(self) -> bool:
        try:
            with self.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True

    def close(self) -> None:
        self.engine.dispose()


def open_database(url: str, migrate: bool = True) -> Database:
    """The database at `url`, its tables made or brought up to date.

    Raises DatabaseUnreachableError, and RecordsError for one that a newer version has written.
    """
    try:
        engine = _engine(url)
    except (ArgumentError, ModuleNotFoundError, TypeError, ValueError) as error:
        raise RecordsError(
            f"POLICYQA_DATABASE_URL can't be used ({type(error).__name__}). Write it like sqlite:///FILE or "
            "postgresql://USER:PASSWORD@HOST:PORT/DATABASE."
        ) from None
    database = Database(engine)
    if not migrate:
        return database
    try:
        _migrate(engine)
    except RecordsError:
        engine.dispose()
        raise
    except (SQLAlchemyError, OSError) as error:
        engine.dispose()
        raise DatabaseUnreachableError(
            f"{database.name}: can't be opened ({_first_line(error, engine.url)}). Check POLICYQA_DATABASE_URL, that the server "
            "runs, and that its folder can be written."
        ) from None
    except CommandError as error:
        engine.dispose()
        raise RecordsError(
            f"{database.name}: was written by a newer version ({error}). Use that version, or another database."
        ) from None
    return database


def _engine(url: str) -> Engine:
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return create_engine(
            address, pool_pre_ping=True, pool_size=10, max_overflow=20, pool_timeout=_WAIT,
            connect_args={
                "connect_timeout": _WAIT, "tcp_user_timeout": 1000 * _WAIT, "keepalives_idle": _WAIT,
                "keepalives_interval": 2, "keepalives_count": 2,
                "options": f"-c statement_timeout={1000 * _STATEMENT} -c lock_timeout={1000 * _WAIT}",
            },
        )  # fmt: skip
    engine = create_engine(address, pool_size=10, max_overflow=20, connect_args={"timeout": _WAIT})
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Readers never wait for the writer, and what is committed is on disk."""
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "records" / "migrations"))
    if engine.dialect.name == "sqlite" and engine.url.database not in (None, "", ":memory:"):
        path = Path(engine.url.database)
        private_database(path, folder_is_ours=path.parent.resolve() == DEFAULT_FOLDER)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _first_line(error: BaseException, url: URL) -> str:
    """What the driver says, or its error's kind where the words may hold a part of the address that isn't shown."""
    cause = getattr(error, "orig", None) or error
    said = (str(cause).strip().splitlines() or [""])[0]
    hidden = [url.username, url.password, *(part for value in url.query.values() for part in _parts(value))]
    could_be_the_address = isinstance(error, ProgrammingError)  # a driver that can't read it repeats it
    if not said or could_be_the_address or any(part and part in said for part in hidden):
        return type(cause).__name__
    return said


def _parts(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
