"""The day is China's, and one module says which it is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

import corpus.today
from corpus.today import day_in_china, today
from index.settings import ROOT

EVENING_IN_LONDON = datetime(2026, 3, 1, 17, 0, tzinfo=UTC)  # one in the morning of the next day in China
THE_MODULE = "corpus/today.py"
NAMES_OF_FOLDERS = {"commands/evaluate.py", "eval/benchmark.py"}  # after the clock of the machine that they lie on
ASKS_THE_SERVER = {"today", "utcnow"}
MAY_HAVE_A_ZONE = {"now": 0, "fromtimestamp": 1}  # how many arguments come before the zone


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (EVENING_IN_LONDON, date(2026, 3, 2)),
        (datetime(2026, 3, 1, 15, 59, 59, tzinfo=UTC), date(2026, 3, 1)),
        (datetime(2026, 3, 1, 16, 0, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(2026, 3, 2, 0, 30, tzinfo=timezone(timedelta(hours=9))), date(2026, 3, 1)),
    ],
)
def test_a_moment_is_on_chinas_day(moment: datetime, day: date) -> None:
    assert day_in_china(moment) == day


def test_a_moment_without_a_zone_is_on_no_certain_day() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        day_in_china(datetime(2026, 3, 1, 17, 0))


def test_today_is_chinas_day_while_it_is_yesterday_where_the_server_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            assert tz is UTC
            return EVENING_IN_LONDON

    monkeypatch.setattr(corpus.today, "datetime", Clock)
    assert today() == date(2026, 3, 2)


def days_of_the_server(path: Path) -> Iterator[int]:
    """The lines that ask the machine's clock for a day or a time without a zone."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="date" | "datetime") | ast.Attribute(attr="date" | "datetime"))
            ):
                name = node.func.attr
                has_zone = any(given.arg == "tz" for given in node.keywords)
                if name in ASKS_THE_SERVER or (
                    name in MAY_HAVE_A_ZONE and len(node.args) <= MAY_HAVE_A_ZONE[name] and not has_zone
                ):
                    yield node.lineno


def test_no_other_module_asks_the_server_which_day_it_is() -> None:
    files = [
        path for path in ROOT.rglob("*.py") if path.relative_to(ROOT).parts[0][0] != "." and "build" not in path.parts
    ]
    found = {path.relative_to(ROOT).as_posix() for path in files if any(days_of_the_server(path))}
    assert THE_MODULE in {path.relative_to(ROOT).as_posix() for path in files}
    assert found <= NAMES_OF_FOLDERS


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("date.today()", [1]),
        ("import datetime\ndatetime.datetime.today()", [2]),
        ("datetime.now()\ndatetime.now(UTC)\ndatetime.now(tz=UTC)", [1]),
        ("datetime.utcnow()", [1]),
        ("date.fromtimestamp(3)\ndatetime.fromtimestamp(3, UTC)", [1]),
        ("today()", []),
    ],
)
def test_such_a_line_would_be_found(code: str, lines: list[int], tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(code, encoding="utf-8")
    assert list(days_of_the_server(path)) == lines
