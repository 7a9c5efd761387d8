"""Sessions as they are kept, on both databases."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, inspect, text, update

from index.settings import ROOT
from records.book import Records, open_records
from records.database import open_database
from records.keys import Holder
from records.tables import SessionRow


def test_a_session_is_its_keys_holder_until_it_is_ended(records: Records, url: str) -> None:
    identity, _ = records.keys.make("窗口", "staff")
    mine, other = records.sessions.open(identity, 60).token, records.sessions.open(identity, 60).token
    again = open_records(url)  # another worker, or another machine on the same database
    found = again.sessions.find(mine)
    assert found is not None
    assert found.holder == Holder("staff", identity, "窗口")
    assert again.sessions.end(mine)
    again.close()
    assert records.sessions.find(mine) is None
    assert not records.sessions.end(mine)
    assert records.sessions.find(other) is not None


def test_a_revoked_key_takes_its_sessions_with_it_and_no_others(records: Records) -> None:
    gone, stays = records.keys.make("甲", "admin")[0], records.keys.make("乙", "staff")[0]
    of_gone, of_stays = records.sessions.open(gone, 60).token, records.sessions.open(stays, 60).token
    records.keys.revoke(gone)
    assert records.sessions.find(of_gone) is None
    assert records.sessions.find(of_stays) is not None
    assert records.sessions.end_all(gone) == 0
    late = records.sessions.open(gone, 60).token  # signed in the moment before
    assert records.sessions.find(late) is None


def test_a_session_whose_time_is_over_is_nobodys_and_then_forgotten(records: Records) -> None:
    identity, _ = records.keys.make("窗口", "staff")
    over, running = records.sessions.open(identity, 60).token, records.sessions.open(identity, 60).token
    with records.database.sessions.begin() as session:
        past = datetime.now(UTC) - timedelta(seconds=1)
        first = update(SessionRow).where(SessionRow.digest == hashlib.sha256(over.encode()).hexdigest())
        session.execute(first.values(ends_at=past))
    assert records.sessions.find(over) is None
    assert records.sessions.forget_ended() == 1
    assert records.sessions.find(running) is not None


def test_nothing_in_the_database_opens_a_session(records: Records) -> None:
    """Every value of every table, tried as a cookie and as a key; and no token stands in any of them."""
    identity, key = records.keys.make("窗口", "admin")
    opened = records.sessions.open(identity, 60)
    session = records.sessions.find(opened.token)
    assert session is not None
    with records.database.engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        values = [str(v) for t in tables for row in connection.execute(text(f"SELECT * FROM {t}")) for v in row]
    assert identity in values
    assert not [v for v in values if opened.token in v or opened.proof in v or key.split("_", 2)[2] in v]
    assert not [
        v
        for v in values
        if records.sessions.find(v) or session.is_proven_by(v) or records.keys.holder_of(f"pq_{identity}_{v}")
    ]


def test_a_session_is_proven_by_its_own_proof_alone(records: Records) -> None:
    identity, _ = records.keys.make("窗口", "admin")
    mine, other = records.sessions.open(identity, 60), records.sessions.open(identity, 60)
    session = records.sessions.find(mine.token)
    assert session is not None
    tried = [session.is_proven_by(p) for p in (mine.proof, other.proof, mine.token, "", "政策", "\udc80")]
    assert tried == [True, False, False, False, False, False]
    assert mine.proof not in repr(session)


def test_garbage_is_no_session(records: Records) -> None:
    for token in ("", "x", "政策", "\0", "\udc80", "a" * 10_000, "' OR 1=1 --"):
        assert records.sessions.find(token) is None


def test_the_secret_of_an_older_version_is_dropped(url: str) -> None:
    engine = create_engine(url)
    config = Config()
    config.set_main_option("script_location", str(ROOT / "records" / "migrations"))
    open_database(url).close()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
        connection.execute(text("INSERT INTO secrets VALUES ('session', 'what signed every cookie')"))
    open_database(url).close()
    with engine.connect() as connection:
        names = inspect(connection).get_table_names()
    engine.dispose()
    assert "secrets" not in names
    assert "sessions" in names


def test_sessions_of_a_version_without_proofs_end(records: Records, url: str) -> None:
    identity, _ = records.keys.make("窗口", "staff")
    config = Config()
    config.set_main_option("script_location", str(ROOT / "records" / "migrations"))
    with records.database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0002")
        before = (
            "INSERT INTO sessions (digest, key_id, made_at, ends_at) VALUES ('x', :key, '2020-01-01', '2099-01-01')"
        )
        connection.execute(text(before), {"key": identity})
    open_database(url).close()
    with records.database.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM sessions")).scalar() == 0
