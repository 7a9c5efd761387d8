"""Whether a document's own period holds at a day, and the one warning when it doesn't."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.types import Corpus, Metadata, Period
from rag.types import Validity
from rag.validity import period_warnings, validity_of

BEFORE, FIRST, LAST, AFTER = date(2020, 12, 31), date(2021, 1, 1), date(2025, 12, 31), date(2026, 1, 1)
PERIOD = Period(FIRST, LAST, "(2021-2025年)", "标题")
OPEN_START = Period(None, LAST, "到2025年末", "正文“发展目标”")


def a_metadata(period: Period | None = PERIOD, repealed_on: date | None = None) -> Metadata:
    return Metadata(title="方案", period=period, repealed_on=repealed_on)


@pytest.mark.parametrize(
    ("day", "status"),
    [(FIRST, "in_period"), (date(2023, 6, 1), "in_period"), (LAST, "in_period"), (AFTER, "period_ended")],
)
def test_both_ends_of_a_period_belong_to_it(day: date, status: str) -> None:
    assert validity_of(a_metadata(), day).status == status


def test_a_period_that_has_not_begun_is_neither_running_nor_over() -> None:
    assert validity_of(a_metadata(), BEFORE).status == "not_stated"


@pytest.mark.parametrize(("day", "status"), [(BEFORE, "in_period"), (LAST, "in_period"), (AFTER, "period_ended")])
def test_a_period_without_a_beginning_runs_to_its_end(day: date, status: str) -> None:
    assert validity_of(a_metadata(OPEN_START), day).status == status


def test_a_period_without_an_end_never_is_over() -> None:
    open_ended = Period(FIRST, None, "自2021年起施行", "正文")
    assert validity_of(a_metadata(open_ended), date(2099, 1, 1)).status == "not_stated"


def test_without_a_period_nothing_is_inferred() -> None:
    assert validity_of(a_metadata(None), AFTER) == Validity("not_stated")


def test_days_come_with_the_words_they_rest_on() -> None:
    assert validity_of(a_metadata(), FIRST) == Validity("in_period", FIRST, LAST, "(2021-2025年)", "标题")


def test_a_repealed_document_is_repealed_even_inside_its_period() -> None:
    day = date(2023, 5, 1)
    assert validity_of(a_metadata(repealed_on=day), day).status == "repealed"
    assert validity_of(a_metadata(repealed_on=day), date(2024, 1, 1)).status == "repealed"


def test_a_document_is_not_yet_repealed_the_day_before() -> None:
    assert validity_of(a_metadata(repealed_on=date(2023, 5, 1)), date(2023, 4, 30)).status == "in_period"


@pytest.mark.parametrize("day", [BEFORE, FIRST, LAST, AFTER])
def test_without_a_day_a_repealed_document_is_repealed_at_any(day: date) -> None:
    metadata = Metadata(title="方案", period=PERIOD, repealed=True)
    assert validity_of(metadata, day) == Validity("repealed", None, None, PERIOD.basis)
    assert validity_of(Metadata(title="方案", repealed=True), day) == Validity("repealed")


def test_with_a_day_it_is_repealed_from_then_on() -> None:
    metadata = Metadata(title="方案", period=PERIOD, repealed=True, repealed_on=date(2023, 5, 1))
    assert validity_of(metadata, date(2023, 4, 30)).status == "in_period"
    assert validity_of(metadata, date(2023, 5, 1)).status == "repealed"


def test_what_a_person_says_still_holds_is_not_repealed() -> None:
    assert validity_of(Metadata(title="方案", period=PERIOD, repealed=False), FIRST).status == "in_period"


# Each text sets its own period, from reading.
ENDS = {
    "changning-145": date(2025, 12, 31),
    "hongkou-2020": date(2022, 12, 31),
    "jiading-2021": date(2025, 12, 31),
    "shanghai-2016": date(2018, 12, 31),
    "shanghai-2020": date(2022, 12, 31),
}


@pytest.mark.parametrize("document_id", ENDS)
def test_a_committed_policys_period_ends_when_its_text_says(document_id: str, policies: Corpus) -> None:
    document = policies.document(document_id)
    assert document is not None
    validity = validity_of(document.metadata, date(2021, 6, 1))
    assert validity.end == ENDS[document_id]
    assert validity.status == ("period_ended" if document_id == "shanghai-2016" else "in_period")
    assert validity_of(document.metadata, date(2026, 11, 21)).status == "period_ended"


@pytest.mark.parametrize("document_id", ENDS)
def test_a_committed_policys_basis_is_printed_in_its_text(document_id: str, policies: Corpus) -> None:
    document = policies.document(document_id)
    assert document is not None
    basis = validity_of(document.metadata, date(2021, 6, 1)).basis
    assert basis
    assert basis in document.text


ENDED = Validity("period_ended", None, LAST, "(2021-2025年)", "标题")
OLDER = Validity("period_ended", None, date(2018, 12, 31), "到2018年", "正文")


def test_running_and_unstated_periods_warn_of_nothing() -> None:
    assert period_warnings([Validity("not_stated"), Validity("in_period", FIRST, LAST, "(2021-2025年)", "标题")]) == ()
    assert period_warnings([]) == ()


def test_an_ended_period_is_one_warning_with_its_words() -> None:
    (warning,) = period_warnings([ENDED])
    assert "2021-2025年" in warning
    assert "已过" in warning
    assert "文本未载明" in warning


def test_the_same_period_is_named_once() -> None:
    (warning,) = period_warnings([ENDED, ENDED, ENDED])
    assert warning.count("2021-2025年") == 1


def test_several_ended_periods_are_still_one_warning() -> None:
    (warning,) = period_warnings([ENDED, OLDER])
    assert "2021-2025年" in warning
    assert "到2018年" in warning


def test_a_repealed_document_has_a_warning_of_its_own() -> None:
    warnings = period_warnings([Validity("repealed", None, LAST), Validity("repealed", None, LAST)])
    assert len(warnings) == 1
    assert "废止" in warnings[0]


def test_the_warning_of_a_repeal_names_no_day() -> None:
    assert period_warnings([Validity("repealed")]) == ("所引文件中有已废止或失效的，仅供查考。",)
