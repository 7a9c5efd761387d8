"""What is kept, on both databases."""

from __future__ import annotations

import re
import threading
import traceback
from datetime import UTC, datetime, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text, update

from rag.live import LiveQa
from rag.types import Filters
from records.book import Records, open_records
from records.database import open_database
from records.errors import DatabaseUnreachableError, NotFoundError, RecordsError
from records.feedback import Given
from records.keys import Holder
from records.services import services_of
from records.tables import Base, Question
from tests.api.serving import answers_of
from tests.builders import a_corpus

NO = Filters()
QA = answers_of(a_corpus())
QUESTION = "示例区在线教育由哪些部门负责？"


def kept(records: Records, identity: str, question: str = QUESTION, conversation: str | None = None) -> None:
    answer = QA.ask(question)
    from dataclasses import replace

    records.exchanges.asked(identity, question, NO, "api", conversation).result(5)
    records.exchanges.answered(replace(answer, trace_id=identity), question, [], QA.corpus, None).result(5)


def test_the_steps_lead_to_the_tables(url: str) -> None:
    database = open_database(url)
    with database.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    database.close()
    assert differences == []


@pytest.mark.parametrize(
    "given", ["x" * 65, "x" * 3000, "a\0bcdefgh", "<x>/../x", "问" * 8, "short", "abcdefgh\n", "a b c d e f"]
)
def test_a_text_that_is_no_id_keeps_no_question_from_the_record(given: str, records: Records) -> None:
    asked = services_of(LiveQa(QA), records).answers.ask(QUESTION, (), NO, None, "window", given)
    assert records.exchanges.answer(asked.trace_id, QA.corpus) is not None
    (kept_under,) = (row["id"] for row in records.exchanges.conversations(10))
    assert re.fullmatch("[0-9a-f]{32}", kept_under)
    assert kept_under != asked.trace_id


def test_an_id_is_kept_as_it_is_and_none_stays_none(records: Records) -> None:
    answers = services_of(LiveQa(QA), records).answers
    for given in ("A-z_09xx", "x" * 64, None):
        asked = answers.ask(QUESTION, (), NO, None, "window", given)
        if given:
            assert asked.trace_id in str(records.exchanges.conversation(given, QA.corpus))
        assert len(records.exchanges.conversation(given or asked.trace_id, QA.corpus)) == int(bool(given))


def test_opening_again_changes_nothing(records: Records, url: str) -> None:
    kept(records, "a" * 32)
    again = open_records(url)
    assert again.exchanges.answer("a" * 32, QA.corpus) is not None
    again.close()


def test_a_database_of_a_newer_version_is_left_alone(url: str) -> None:
    database = open_database(url)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RecordsError, match="newer version"):
        open_database(url)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0003'"))
    database.close()


@pytest.mark.parametrize(
    "url", ["sqlite:////proc/no/such/kept.db", "postgresql+psycopg://nobody:secret@127.0.0.1:9/none"]
)
def test_a_database_that_cannot_be_opened_is_named_without_its_password(url: str) -> None:
    with pytest.raises(DatabaseUnreachableError, match="POLICYQA_DATABASE_URL") as failure:
        open_database(url)
    assert "secret" not in str(failure.value)


SECRETS = ("s3cr3t", "s3cr3t2", "s3cr3t3", "officer", "/k3y/file")
ADDRESSES = [
    "postgresql+psycopg://officer:s3cr3t@127.0.0.1:9/none",
    "postgresql+psycopg://127.0.0.1:9/none?user=officer&password=s3cr3t&sslpassword=s3cr3t2&sslkey=/k3y/file",
    "postgresql+psycopg://officer:s3cr3t@127.0.0.1:9/none?passwrod=s3cr3t3",
    "postgresql+psycopg://officer:s3cr3t@/none?host=127.0.0.1&port=s3cr3t2",
    "postgresql+psycopg://officer:s3cr3t@127.0.0.1:s3cr3t2/none",
    "postgresql+psycopg://officer:s3cr3t@127.0.0.1:9/none?options=s3cr3t3&options=s3cr3t2",
    "postgresql+psycopg://officer:s3cr3t@127.0.0.1:9/none?sslmode=s3cr3t3",
]


@pytest.mark.parametrize("url", ADDRESSES)
def test_no_error_repeats_more_of_an_address_than_machine_and_database(url: str) -> None:
    with pytest.raises(RecordsError, match="POLICYQA_DATABASE_URL") as failure:
        open_database(url)
    shown = "".join(traceback.format_exception_only(failure.value))
    assert [secret for secret in SECRETS if secret in shown] == []
    assert "127.0.0.1" in shown or ":s3cr3t2/" in url or "host=" in url


def test_a_database_is_named_by_machine_port_and_name() -> None:
    database = open_database(ADDRESSES[1], migrate=False)
    assert database.name == "postgresql+psycopg://127.0.0.1:9/none"
    database.close()


def test_many_at_once_lose_nothing(records: Records) -> None:
    def write(start: int) -> None:
        futures = [
            records.exchanges.asked(f"{start}-{i}", QUESTION, NO, "api", f"thread-{start:08}") for i in range(50)
        ]
        for future in futures:
            future.result(20)

    threads = [threading.Thread(target=write, args=(start,)) for start in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(row["questions"] for row in records.exchanges.conversations(100)) == 8 * 50


def test_a_row_that_cannot_be_kept_takes_no_other_with_it(records: Records) -> None:
    first = records.exchanges.asked("same", QUESTION, NO, "api", None)
    second = records.exchanges.asked("same", QUESTION, NO, "api", None)
    third = records.exchanges.asked("other", QUESTION, NO, "api", None)
    first.result(5)
    third.result(5)
    assert second.exception(5) is not None


def test_a_question_is_kept_even_when_no_answer_follows(records: Records) -> None:
    records.exchanges.asked("b" * 32, QUESTION, NO, "api", "interrupted").result(5)
    (turn,) = records.exchanges.conversation("interrupted", QA.corpus)
    assert (turn["question"], turn["answer"]) == (QUESTION, None)


def test_what_is_older_than_the_retention_is_forgotten_with_all_that_hangs_on_it(records: Records) -> None:
    for identity in ("c" * 32, "d" * 32):
        kept(records, identity)
        records.feedback.give(Given(identity, "down", "其他"))
    with records.database.sessions.begin() as session:
        old = datetime.now(UTC) - timedelta(days=31)
        session.execute(update(Question).where(Question.id == "c" * 32).values(asked_at=old))
    assert records.exchanges.forget_older_than(0) == 0
    assert records.exchanges.forget_older_than(30) == 1
    assert records.exchanges.answer("c" * 32, QA.corpus) is None
    assert [row["answer_id"] for row in records.feedback.listed(10, True)] == ["d" * 32]


def test_keys_are_kept_as_hashes(records: Records) -> None:
    identity, key = records.keys.make("热线", "staff")
    assert records.keys.holder_of(key) == Holder("staff", identity, "热线")
    with records.database.engine.connect() as connection:
        rows = str(connection.execute(text("SELECT * FROM keys")).all())
    assert key.split("_", 2)[2] not in rows
    records.keys.revoke(identity)
    assert records.keys.holder_of(key) is None
    with pytest.raises(NotFoundError, match="policyqa keys list"):
        records.keys.revoke("nobody")


def test_times_come_back_as_utc(records: Records) -> None:
    records.audit.note("command line", "make key", "x")
    at = datetime.fromisoformat(records.audit.listed(1)[0]["at"])
    assert at.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - at) < timedelta(minutes=1)


def test_chinese_and_signs_come_back_as_they_were(records: Records) -> None:
    kept(records, "e" * 32, "“示例区”𠮷\u3000在线教育\0由谁负责？😀", "signs-00001")
    (turn,) = records.exchanges.conversation("signs-00001", QA.corpus)
    assert turn["question"] == "“示例区”𠮷\u3000在线教育�由谁负责？😀"
