"""What stands around the text goes; what is of the text stays, however near the edge."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus.readers.layout import reading_of_pages
from tests.corpus.readers.typeset import Sheet, Words, as_pages


def text_with(*around: Sequence[Words]) -> str:
    """The text of pages that have these words beside a body each."""
    sheets = [Sheet((*words, Words(f"{'甲乙丙丁戊己'[n]}部门的人。", 100, 400))) for n, words in enumerate(around)]
    text = reading_of_pages(as_pages(sheets)).text
    assert [char for char in text if char in "甲乙丙丁戊己"] == list("甲乙丙丁戊己"[: len(around)])
    return text.replace("\n", "")


@pytest.mark.parametrize(
    "number",
    ["— {} —", "－ {} －", "-{}-", "·{}·", "第{}页", "第 {} 页 共 3 页", "{}/3", "{}"],
)
@pytest.mark.parametrize("base", [40, 800], ids=["above", "below"])
@pytest.mark.parametrize("pages", [1, 3])
def test_page_numbers_go_even_from_a_single_page(number: str, base: float, pages: int) -> None:
    around = [[Words(number.format(page + 1), 280, base)] for page in range(pages)]
    assert not any(char.isdigit() or char in "页第" for char in text_with(*around))


def test_a_header_that_comes_again_goes_and_its_number_with_it() -> None:
    around = [[Words(f"云湖市人民政府公报 2021年第3期 {page + 15}", 80, 50, 9)] for page in range(3)]
    assert "公报" not in text_with(*around)


def test_headers_of_left_and_right_pages_go() -> None:
    around = [[Words("云湖市公报" if page % 2 else "夜市管理办法", 80, 50, 9)] for page in range(6)]
    assert "公报" not in text_with(*around)
    assert "管理" not in text_with(*around)


def test_a_title_on_one_page_stays() -> None:
    assert text_with([Words("夜市管理办法", 80, 50)], [], []).startswith("夜市管理办法")


def test_annexes_that_each_begin_a_page_stay() -> None:
    around = [[Words(f"附件{page + 1}", 80, 50)] for page in range(4)]
    assert all(f"附件{number}" in text_with(*around) for number in range(1, 5))


def test_items_at_the_same_height_of_their_pages_stay() -> None:
    around = [[Words(f"{page + 1}.夜市", 80, 50)] for page in range(4)]
    assert all(f"{number}.夜市" in text_with(*around) for number in range(1, 5))


def test_a_number_in_the_text_stays() -> None:
    assert "2021" in text_with([Words("2021", 80, 300)])


def test_what_the_text_runs_around_stays() -> None:
    """A line that comes again on each page is no furniture where others stand outside it."""
    around = [[Words(f"{'子丑寅'[page]}街", 80, 40), Words("夜市编号", 80, 70)] for page in range(3)]
    assert text_with(*around).count("夜市编号") == 3


def test_numbers_of_a_list_that_end_pages_stay() -> None:
    """Neither do they count the pages, nor is there need of them where page numbers stand between dashes."""
    loose = [[Words(str(number), 280, 800)] for number in (1445, 14, 7)]
    assert all(number in text_with(*loose) for number in ("1445", "14", "7"))
    for page, number in enumerate((30, 31, 8)):
        loose[page] = [Words(f"— {page + 1} —", 280, 820), Words(str(number), 280, 780)]
    assert all(number in text_with(*loose) for number in ("30", "31", "8"))


def test_page_numbers_may_begin_anywhere() -> None:
    around = [[Words(str(page + 15), 280, 800)] for page in range(3)]
    assert not any(char.isdigit() for char in text_with(*around))
