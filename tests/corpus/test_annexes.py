from __future__ import annotations

from itertools import islice, product

import pytest

from corpus.annexes import parts_of
from corpus.errors import UnreadableTextError
from corpus.lines import lines_of
from corpus.parse import parse

BODY = "虹口区关于印发计划的通知\n一、甲。做好。\n"


def marks(text: str) -> list[str]:
    return [part.mark for part in parts_of(lines_of(text))]


def labels(text: str) -> list[str]:
    return [part.label for part in parts_of(lines_of(text))]


def paths(text: str) -> list[str]:
    return [node.path for node in parse("demo", text).nodes]


def text_at(text: str, path: str) -> str:
    node = parse("demo", text).node(path)
    assert node is not None
    return node.text


def test_a_text_without_annexes_is_one_part_without_a_mark() -> None:
    assert marks(BODY) == [""]


def test_an_empty_text_has_no_parts() -> None:
    assert parts_of(()) == ()


@pytest.mark.parametrize(
    ("printed", "mark"),
    [
        ("附件", "附件"),
        ("附件1", "附件1"),
        ("附件 1", "附件1"),
        ("附件１", "附件1"),
        ("附件一", "附件一"),
        ("附件十二", "附件十二"),
        ("附件1：", "附件1"),
        ("附表1", "附表1"),
        ("附表二", "附表二"),
        ("附录", "附录"),
        ("附錄", "附录"),
    ],
)
def test_an_annex_mark_stands_in_front_of_its_paths(printed: str, mark: str) -> None:
    text = f"{BODY}{printed}\n乙计划\n一、丁。做好。\n"

    assert paths(text) == ["正文/标题", "正文/一", f"{mark}/标题", f"{mark}/一"]


def test_each_annex_numbers_its_own_sections() -> None:
    text = f"{BODY}附件1\n乙计划\n为落实要求，制定本计划。\n一、丁。做好。\n附件2\n丙计划\n一、戊\n(一)己。\n"

    assert paths(text) == [
        "正文/标题",
        "正文/一",
        "附件1/标题",
        "附件1/前言",
        "附件1/一",
        "附件2/标题",
        "附件2/一",
        "附件2/一/(一)",
    ]


def test_the_title_of_an_annex_is_its_mark_with_the_line_under_it() -> None:
    text = f"{BODY}附件1\n乙计划\n一、丁。做好。\n"

    assert text_at(text, "附件1/标题") == "附件1\n乙计划"
    assert labels(text) == ["正文", "附件1 乙计划"]


def test_an_annex_may_print_its_title_beside_its_mark() -> None:
    text = f"{BODY}附件1：乙计划\n一、丁。做好。\n"

    assert text_at(text, "附件1/标题") == "附件1：乙计划"
    assert labels(text) == ["正文", "附件1：乙计划"]


def test_an_annex_may_have_no_title() -> None:
    text = f"{BODY}附件1\n一、丁。做好。\n"

    assert text_at(text, "附件1/标题") == "附件1"


def test_an_annex_without_numbering_is_paragraphs() -> None:
    assert paths(f"{BODY}附表1\n指标表\n企业数 10\n园区数 2\n")[2:] == ["附表1/标题", "附表1/段1", "附表1/段2"]


def test_the_list_of_annexes_is_one_clause_without_items() -> None:
    text = f"{BODY}附件：1.乙计划\n2.丙计划\n附件1\n乙计划\n一、丁。\n附件2\n丙计划\n一、戊。\n"

    assert paths(text) == ["正文/标题", "正文/一", "正文/附件清单", "附件1/标题", "附件1/一", "附件2/标题", "附件2/一"]
    assert text_at(text, "正文/附件清单") == "附件：1.乙计划\n2.丙计划"


def test_the_list_may_repeat_each_annexs_mark() -> None:
    text = f"{BODY}附件1：乙计划\n附件2：丙计划\n附件1\n乙计划\n一、丁。\n附件2\n丙计划\n一、戊。\n"

    assert text_at(text, "正文/附件清单") == "附件1：乙计划\n附件2：丙计划"
    assert paths(text)[3:] == ["附件1/标题", "附件1/一", "附件2/标题", "附件2/一"]


def test_a_list_with_words_after_it_is_still_a_list() -> None:
    text = f"{BODY}附件1：乙计划\n附件2：丙计划\n请遵照执行。\n附件1\n乙计划\n一、丁。\n附件2\n丙计划\n一、戊。\n"

    assert marks(text) == ["正文", "附件1", "附件2"]


def test_a_list_of_marks_without_the_annexes_opens_no_part() -> None:
    assert marks(f"{BODY}附件1：乙计划\n附件2：丙计划\n虹口区人民政府\n2021年3月19日\n") == [""]


def test_the_sign_off_follows_the_list_of_annexes() -> None:
    text = f"{BODY}附件：1.乙计划\n虹口区人民政府\n2021年3月19日\n附件1\n乙计划\n一、丁。\n"

    assert paths(text)[:4] == ["正文/标题", "正文/一", "正文/附件清单", "正文/落款"]
    assert text_at(text, "正文/落款") == "虹口区人民政府\n2021年3月19日"


def test_a_single_annex_needs_no_number() -> None:
    text = f"{BODY}附件：乙计划\n虹口区人民政府\n2021年3月19日\n附件\n乙计划\n一、丁。\n"

    assert paths(text) == ["正文/标题", "正文/一", "正文/附件清单", "正文/落款", "附件/标题", "附件/一"]


def test_an_annex_has_its_own_closing_paragraph() -> None:
    text = f"{BODY}附件1\n乙计划\n一、丁。(责任部门:区科委)\n各街道参照执行。\n附件2\n丙计划\n一、戊。\n"

    assert text_at(text, "附件1/结尾") == "各街道参照执行。"


@pytest.mark.parametrize(
    "line",
    ["附件1的规定适用于本区。", "附件所列目录由区经委另行公布。", "附件1、附件2自印发之日起施行。", "附录中的名词"],
)
def test_a_line_that_only_mentions_an_annex_opens_none(line: str) -> None:
    assert marks(f"{BODY}{line}\n二、乙。\n") == [""]


def test_a_list_of_annexes_without_the_annexes_opens_no_part() -> None:
    assert paths(f"{BODY}附件：1.乙计划\n2.丙计划\n") == ["标题", "一", "附件清单"]


def test_a_text_that_begins_with_its_annex_mark_is_a_main_body() -> None:
    assert paths("附件\n虹口区行动计划\n一、甲。做好。\n") == ["标题", "一"]


def annexes(count: int) -> str:
    marks = ("".join(digits) for length in (1, 2, 3) for digits in product("一二三四五六七八九", repeat=length))
    return BODY + "".join(f"附件{mark}\n促进产业{mark}发展行动计划\n内容很好。\n" for mark in islice(marks, count))


def test_as_many_annexes_as_an_office_may_print_are_read() -> None:
    assert len(marks(annexes(200))) == 201


def test_a_text_of_more_annexes_than_that_is_refused_with_the_line() -> None:
    # two lines of the body, three for each annex: the 201st begins on line 2 + 200 * 3 + 1
    with pytest.raises(UnreadableTextError, match=r"^line 603: more than 200 annexes\. Split the file\.$"):
        parse("demo", annexes(800))
