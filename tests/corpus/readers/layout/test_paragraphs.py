"""Lines are joined to the paragraphs that were broken, and to no others."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from corpus.readers.layout import reading_of_pages
from tests.corpus.readers.typeset import Form, Sheet, Words, as_pages, typeset, width_of

LONG = "市场管理部门应当对夜市的摊位统一编号，并向社会公布编号的结果，接受群众的监督，任何单位和个人不得擅自更改。"
EDGE, STEP = 80.0, 16.0  # where lines begin; the size of their type


def text_of(*lines: tuple[float, str] | tuple[float, str, float], leading: float = 28) -> list[str]:
    """The text of lines, each so many characters in from the edge, in type of its size."""
    words = [
        Words(line[1], EDGE + line[0] * STEP, 200 + n * leading, line[2] if len(line) > 2 else STEP)
        for n, line in enumerate(lines)
    ]
    return reading_of_pages(as_pages([Sheet(tuple(words))])).text.split("\n")


def full(words: str, width: int = 20) -> str:
    """Words and what fills the line behind them."""
    return words + "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"[: width - len(words)]


def test_an_indent_begins_a_paragraph() -> None:
    first, second = full("一段", 18), full("二段", 18)
    lines = text_of((2, first), (0, full("接着")), (2, second), (0, full("再接")))
    assert lines == [first + full("接着"), second + full("再接")]


def test_a_line_that_has_room_for_more_ends_a_paragraph() -> None:
    assert text_of((0, full("一段")), (0, "到此为止"), (0, full("二段")), (0, "完"))[0].endswith("到此为止")


def test_a_line_ends_early_where_a_mark_would_not_fit() -> None:
    """The next line begins with two characters that stay together: the first may not end the line."""
    assert text_of((0, full("甲")), (0, full("乙", 19)), (0, "“丙”以后")) == [full("甲") + full("乙", 19) + "“丙”以后"]


def test_a_word_that_would_not_fit_ends_no_paragraph() -> None:
    lines = text_of((0, full("甲")), (0, full("乙", 17)), (0, "intelligent平台"), (0, full("丙")))
    assert lines[0] == full("甲") + full("乙", 17) + "intelligent平台"


def test_no_blank_joins_chinese_and_one_joins_latin() -> None:
    form = Form(indent=0)
    words = "云湖市 " + "public service platform " * 12 + "与" + LONG
    (line,) = reading_of_pages(as_pages(typeset([words], form))).text.split("\n")
    assert "".join(line.split()) == "".join(words.split())
    assert "与市场管理部门" in line
    assert text_of((0, "alpha beta gamma delta epsilon zeta eta th"), (0, "iota")) == [
        "alpha beta gamma delta epsilon zeta eta th iota"
    ]


@pytest.mark.parametrize("label", ["二、", "（二）", "2.", "第二条　"])
def test_a_number_after_a_sentence_begins_a_paragraph_without_indents(label: str) -> None:
    assert text_of((0, full("甲", 19) + "。"), (0, f"{label}乙")) == [full("甲", 19) + "。", f"{label}乙"]


def test_a_number_that_a_sentence_only_mentions_begins_none() -> None:
    assert text_of((2, full("有", 18)), (0, "第十条情形的，处罚款。"), (2, "完")) == [
        full("有", 18) + "第十条情形的，处罚款。",
        "完",
    ]


def test_the_next_number_of_a_list_begins_an_item() -> None:
    first, second = "1.《" + full("甲", 16) + "》", "2.《" + full("乙", 16) + "》"
    assert text_of((0, first), (0, second)) == [first, second]


def test_words_behind_a_number_may_stand_flush() -> None:
    """A hanging indent: 1. and its words, the rest under the words."""
    assert text_of((0, "1. " + full("甲", 18)), (1.5, full("乙", 18)), (0, "2. 丙")) == [
        "1. " + full("甲", 18) + full("乙", 18),
        "2. 丙",
    ]


def test_a_gap_parts_paragraphs_and_other_type_does() -> None:
    line = full("甲")
    above = [Words(line, EDGE, 200 + 28 * n) for n in range(3)]
    below = [Words(line, EDGE, 300 + 28 * n) for n in range(3)]
    spaced = reading_of_pages(as_pages([Sheet((*above, *below))])).text
    assert spaced.split("\n") == [line * 3, line * 3]
    assert len(text_of((0, full("甲", 16), 20.0), (0, full("乙")))) == 2


def test_a_paragraph_runs_over_the_page() -> None:
    form = Form(foot=110 + 28 * 2)  # three lines a page
    reading = reading_of_pages(as_pages(typeset([LONG * 3, "完"], form)))
    assert reading.text == f"{LONG * 3}\n完"
    lines = [26, 27, 27]  # characters on the first page's lines: (521 - 79) / 16 = 27, one may be carried
    assert abs(reading.pages[1] - sum(lines)) <= 3
    assert list(reading.pages) == sorted(set(reading.pages))


def test_lines_that_were_broken_by_hand_are_joined() -> None:
    """Broken after so many characters, whatever their width: lines end where they like."""
    lines = [
        (2, full("甲", 18)),
        (0, full("乙", 17)),
        (0, full("丙", 19)),
        (0, "完。"),
        (2, full("丁", 18)),
        (0, "完。"),
    ]
    assert text_of(*lines)[0] == full("甲", 18) + full("乙", 17) + full("丙", 19) + "完。"


@pytest.mark.parametrize("leader", ["……………………", "..................", "········"])
def test_contents_keep_neither_dots_nor_page_numbers(leader: str) -> None:
    assert text_of((0, f"第一章　总则{leader}1"), (0, f"第二章　摊位{leader}12")) == ["第一章　总则", "第二章　摊位"]


def test_an_unfinished_sentence_is_no_entry_of_a_list_of_contents() -> None:
    assert text_of((0, "还有……")) == ["还有……"]


def test_a_line_of_dots_is_no_entry() -> None:
    assert text_of((0, "……………… 12")) == ["……………… 12"]


HOSTILE = {
    "one long line": ["国" * 100_000],
    "dots": ["." * 100_000],
    "leaders": ["…" * 50_000 + "1"],
    "brackets": ["（" * 80_000],
    "Latin": ["a" * 100_000],
    "numbers": ["1.1." * 25_000],
    "many short lines": ["甲"] * 20_000,
    "many lines like numbers": [f"{n}、甲" for n in range(20_000)],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_lines_take_linear_time(name: str) -> None:
    lines: Sequence[str] = HOSTILE[name]
    pages = as_pages([Sheet(tuple(Words(line, EDGE, 20.0 * n) for n, line in enumerate(lines)))])
    began = time.process_time()
    reading_of_pages(pages)
    assert time.process_time() - began < 20


def test_a_title_goes_on_in_the_middle_of_the_next_line() -> None:
    first, second = full("关于印发夜市", 20), "管理办法的通知"
    assert text_of((0, first), (6.5, second), (2, full("为", 18)), (0, full("甲")), (0, "完。"))[0] == first + second


@pytest.mark.parametrize("below", ["云湖市人民政府", "2021年3月2日", "云政发〔2021〕3号", "（征求意见稿）"])
def test_what_stands_below_a_title_is_none_of_it(below: str) -> None:
    left = (20 - sum(map(width_of, below))) / 2
    lines = text_of((0, full("夜市管理办法", 20)), (left, below), (2, full("为", 18)), (0, full("甲")), (0, "完。"))
    assert lines[1] == below


def test_a_page_of_short_lines_is_measured_as_the_others_are() -> None:
    """Its longest line isn't full: the next one is a paragraph of its own."""
    prose = typeset([LONG * 4] * 4)
    short = [
        Words(line, 111, 110 + 28 * n)
        for n, line in enumerate(["圆曲线中点，半径", "十一", "十二", "圆曲线终点，半径"])
    ]
    text = reading_of_pages(as_pages([*prose, Sheet(tuple(short))])).text
    assert text.split("\n")[-4:] == ["圆曲线中点，半径", "十一", "十二", "圆曲线终点，半径"]


@pytest.mark.parametrize(
    ("above", "below"), [("现将本办法印发如下：", "夜市管理办法"), ("夜市管理办法", "第一章　总则")]
)
def test_a_heading_in_the_middle_belongs_to_no_line_above(above: str, below: str) -> None:
    line = full("", 20 - len(above)) + above
    left = (20 - len(below)) / 2
    lines = text_of((2, full("甲", 18)), (0, line), (left, below), (2, full("为", 18)), (0, full("甲")), (0, "完。"))
    assert lines[1] == below
