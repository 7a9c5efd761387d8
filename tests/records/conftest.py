"""Each test of what is kept runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from records.book import Records, open_records
from records.settings import RecordSettings
from tests.records.databases import postgresql, programs


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if programs() is None:
        pytest.skip("PostgreSQL isn't installed (Debian: apt-get install postgresql)")
    with postgresql(tmp_path_factory.mktemp("postgresql")) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """As settings give it to SQLAlchemy."""
    given = f"sqlite:///{tmp_path / 'kept.db'}" if request.param == "sqlite" else request.getfixturevalue("server")
    return RecordSettings(database_url=given).url


@pytest.fixture
def records(url: str) -> Iterator[Records]:
    """Empty at the start of every test."""
    opened = open_records(url)
    yield opened
    with opened.database.sessions.begin() as session:
        from records.tables import Base

        for table in reversed(Base.metadata.sorted_tables):
            session.execute(table.delete())
    opened.close()
