from __future__ import annotations

import csv
from pathlib import Path

import pytest

from corpus.names_table import ALIASES_FILE, FIELDS_FILE, GENERAL_FILE, aliases_of, fields, office_stems


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("path", [ALIASES_FILE, GENERAL_FILE], ids=lambda path: path.name)
def test_every_alias_row_says_what_kind_of_name_it_is(path: Path) -> None:
    rows = rows_of(path)

    assert {row["kind"] for row in rows} <= {"full", "short", "former", "same"}
    assert all(row["stem"] and row["also"] and row["reason"] for row in rows)
    assert len({(row["stem"], row["also"], row["place"]) for row in rows}) == len(rows)


def test_the_general_table_holds_everywhere() -> None:
    assert {row["place"] for row in rows_of(GENERAL_FILE)} == {""}


def test_no_wording_belongs_to_two_fields_of_work() -> None:
    words = [word for row in rows_of(FIELDS_FILE) for word in row["field"].split("|")]

    assert len(words) == len(set(words))
    assert all(row["offices"] for row in rows_of(FIELDS_FILE))


@pytest.mark.parametrize(
    ("stem", "also"),
    [
        ("民政部门", "民政局"),
        ("民政行政主管部门", "民政部门"),
        ("发改委", "发展和改革委员会"),
        ("市场监管局", "市场监督管理部门"),
        ("公安机关", "公安局"),
        ("生态环境局", "环保局"),
    ],
)
def test_a_body_has_the_names_of_its_field_and_its_former_ones(stem: str, also: str) -> None:
    assert also in [alias.also for alias in aliases_of(stem, "云湖市")]


def test_an_alias_of_one_place_holds_there_alone() -> None:
    assert "经信委" in [alias.also for alias in aliases_of("经委", "嘉定区")]
    assert "经信委" not in [alias.also for alias in aliases_of("经委", "云湖市")]


@pytest.mark.parametrize("stem", ["北外滩开发办", "国际汽车城", "民政", ""])
def test_a_name_that_no_table_has_has_no_other(stem: str) -> None:
    assert [alias.also for alias in aliases_of(stem, "云湖市") if alias.also != "北外滩开发办公室"] == []


def test_fields_and_offices_are_told_apart() -> None:
    assert "民政" in fields()
    assert "民政局" in office_stems()
    assert "民政" not in office_stems()
