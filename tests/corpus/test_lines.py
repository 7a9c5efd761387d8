from __future__ import annotations

import pytest

from corpus.lines import lines_of


def words(text: str) -> list[str]:
    return [line.text for line in lines_of(text)]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u3000\u00a0\n", "\u200b", "\ufeff"])
def test_a_text_of_white_space_has_no_lines(text: str) -> None:
    assert lines_of(text) == ()


@pytest.mark.parametrize("around", [" ", "\t", "\u3000", "\u00a0", "\u200b", "\ufeff", "\u3000\u3000"])
def test_white_space_around_a_line_is_left_out(around: str) -> None:
    assert words(f"{around}甲。{around}\n{around}乙。") == ["甲。", "乙。"]


def test_a_line_is_a_slice_of_its_text() -> None:
    text = "\n\u3000\u3000甲区。\r\n\r\n\u00a0一、乙 \n"

    lines = lines_of(text)

    assert [(line.start, line.end) for line in lines] == [(3, 6), (11, 14)]
    assert [text[line.start : line.end] for line in lines] == [line.text for line in lines] == ["甲区。", "一、乙"]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_lines_are_numbered_as_printed_whatever_ends_them(line_break: str) -> None:
    lines = lines_of(line_break.join(["甲。", "", "乙。", "丙。"]))

    assert [(line.text, line.number) for line in lines] == [("甲。", 1), ("乙。", 3), ("丙。", 4)]


def test_a_text_on_one_line_is_cut_before_each_numbering() -> None:
    assert words("虹口区实施意见 一、总体要求 (一)指导思想。坚持创新。 (二)目标。翻番。 二、重点 1.工厂。") == [
        "虹口区实施意见",
        "一、总体要求",
        "(一)指导思想。坚持创新。",
        "(二)目标。翻番。",
        "二、重点",
        "1.工厂。",
    ]


def test_a_line_is_not_cut_where_a_sentence_goes_on() -> None:
    assert words("按照本意见所附的目录及其 (一)项办理。") == ["按照本意见所附的目录及其 (一)项办理。"]


def test_a_line_is_not_cut_before_a_mere_reference() -> None:
    assert words("第二条 本法所称补贴，另行规定。 第一条规定的除外。") == [
        "第二条 本法所称补贴，另行规定。 第一条规定的除外。"
    ]


def test_pieces_of_one_printed_line_share_its_number() -> None:
    assert [line.number for line in lines_of("甲。\n一、乙。 二、丙。")] == [1, 2, 2]
