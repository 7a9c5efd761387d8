"""Since when and until when, by the document's own words."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.periods import Stated, period_in_text

NOTHING = Stated(None, None)
SIGNED = Stated(None, date(2021, 3, 1))


@pytest.mark.parametrize(
    ("text", "stated", "start", "end"),
    [
        ("本办法自2022年3月1日起施行。", NOTHING, date(2022, 3, 1), None),
        ("本办法自2022年3月1日起施行，有效期五年。", NOTHING, date(2022, 3, 1), date(2027, 2, 28)),
        ("本办法自印发之日起施行，有效期3年。", SIGNED, date(2021, 3, 1), date(2024, 2, 29)),
        ("本办法自印发之日起施行，有效期3年。", NOTHING, None, None),
        ("本办法自发布之日起试行，有效期至2024年12月31日。", SIGNED, date(2021, 3, 1), date(2024, 12, 31)),
        ("执行期限为2019年1月1日至2023年12月31日。", NOTHING, date(2019, 1, 1), date(2023, 12, 31)),
        ("本通知自二〇二二年三月一日起执行，有效期6个月。", NOTHING, date(2022, 3, 1), date(2022, 8, 31)),
    ],
)
def test_a_period_is_what_its_words_say(text: str, stated: Stated, start: date | None, end: date | None) -> None:
    period = period_in_text(text, stated)
    assert period is not None
    assert (period.start, period.end) == (start, end)
    assert period.basis in text


def test_the_day_of_printing_comes_before_the_day_of_signing() -> None:
    period = period_in_text("本办法自印发之日起施行。", Stated(date(2021, 3, 4), date(2021, 3, 1)))
    assert period is not None
    assert period.start == date(2021, 3, 4)


@pytest.mark.parametrize(
    "text", ["居住证有效期由公安机关规定。", "《夜市管理办法》自2018年1月1日起施行。", "申请自2021年3月1日起受理。"]
)
def test_what_is_said_of_something_else_is_no_period(text: str) -> None:
    assert period_in_text(text, NOTHING) is None
