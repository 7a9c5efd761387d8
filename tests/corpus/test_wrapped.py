from __future__ import annotations

from corpus.labels import labels_of
from corpus.lines import lines_of
from corpus.parse import parse
from corpus.wrapped import width_of

WRAPPED = """青川市停车办法
第一条　为了规范停车秩序，依照有关法律法规，结合
本市实际情况，制定本办法。
第二条　停放车辆违反规定，并且属于本办法
第九条情形的，由市交管局处理；属于其他法规中的
第十五条情形的，由市城管局依法处理，并且予以公
示。
第三条　本办法自公布之日起施行，有效期五年。
"""


def addresses(text: str) -> list[str]:
    return [label.address for label in labels_of(lines_of(text)) if label]


def test_a_wrapped_line_that_begins_like_a_label_goes_on_with_the_line_before() -> None:
    assert addresses(WRAPPED) == ["第一条", "第二条", "第三条"]


def test_a_wrapped_text_has_a_width_and_other_texts_have_none() -> None:
    assert width_of(lines_of(WRAPPED)) > 0
    assert width_of(lines_of("一、甲\n（一）建设充电桩\n（二）改造菜市场\n二、乙\n1.市商务局\n2.市发改委\n")) == 0
    assert width_of(()) == 0


def test_where_every_line_is_a_paragraph_a_jump_in_the_numbers_stays_a_label() -> None:
    assert addresses("办法\n第一条 甲，乙。\n第五条 丙。\n第九条 丁。\n") == ["第一条", "第五条", "第九条"]


def test_a_paragraph_of_an_unnumbered_text_over_several_lines_is_one() -> None:
    text = "青川市通报\n今年以来，全市各单位认真落实安全生产责任，全面开展\n检查，发现隐患三百处，已经整改二百八十处，其余正在\n整改。\n　　下一步，各单位要举一反三，切实加强日常管理，坚决\n防止事故发生，确保群众生命财产安全。\n"

    assert [node.path for node in parse("any", text).nodes] == ["标题", "段1", "段2"]
