"""Numbers, amounts, shares and dates, comparable whatever way they are written."""

from __future__ import annotations

import pytest

from corpus.script import fold
from rag.grounding.days import dates_in
from rag.grounding.quantities import names_with_digits, quantities_in


def values(text: str) -> list[tuple[float, str]]:
    return [(quantity.value, quantity.unit) for quantity in quantities_in(fold(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("100家", [(100.0, "个")]),
        ("一百家", [(100.0, "个")]),
        ("4000亿元", [(4000e8, "元")]),
        ("4,000亿元", [(4000e8, "元")]),
        ("４０００亿元", [(4000e8, "元")]),
        ("百分之二十", [(20.0, "%")]),
        ("20%", [(20.0, "%")]),
        ("2-3家", [(2.0, "个"), (3.0, "个")]),
        ("“100+”关键技术", [(100.0, "")]),
        ("200多家", [(200.0, "个")]),
        ("5G和3D", []),
        ("到2025年", []),
        ("一网通办", []),
        ("十二个", [(12.0, "个")]),
    ],
)
def test_a_quantity_has_its_value_in_plain_units(text: str, expected: list[tuple[float, str]]) -> None:
    assert sorted(values(text)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2022年末", [(2022,)]),
        ("2020年4月8日", [(2020, 4, 8)]),
        ("2021-2025年", [(2021,), (2025,)]),
        ("2020—2022年", [(2020,), (2022,)]),
        ("2000家", []),
    ],
)
def test_a_date_is_as_exact_as_it_is_printed(text: str, expected: list[tuple[int, ...]]) -> None:
    assert [date for date, _ in dates_in(fold(text))] == expected


def test_names_with_digits_are_no_quantities() -> None:
    assert names_with_digits(fold("5G、IPv6")) == ["5g", "ipv6"]
