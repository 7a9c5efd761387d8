from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.parse import parse
from corpus.types import Document, Metadata, Node

TITLE = "虹口区实施意见\n"


def paths(text: str) -> list[str]:
    return [node.path for node in parse("demo", text).nodes]


def rows(text: str) -> list[tuple[str, str]]:
    return [(node.path, node.text) for node in parse("demo", text).nodes]


def node_at(document: Document, path: str) -> Node:
    node = document.node(path)
    assert node is not None
    return node


def test_the_path_is_the_labels_from_the_outside_in() -> None:
    assert paths(f"{TITLE}为此,制定本意见。\n一、甲\n（一）乙\n１．丙\n（1）丁\n①戊。\n（二）己。\n十二、庚。\n") == [
        "标题",
        "前言",
        "一",
        "一/(一)",
        "一/(一)/1",
        "一/(一)/1/(1)",
        "一/(一)/1/(1)/①",
        "一/(二)",
        "十二",
    ]


def test_items_may_stand_right_under_a_section() -> None:
    assert paths("一、甲\n1.乙。\n2.丙。\n二、丁\n①戊。\n三、己\n專項8：庚。") == [
        "一",
        "一/1",
        "一/2",
        "二",
        "二/①",
        "三",
        "三/专项8",
    ]


def test_numbers_that_run_on_across_sections_keep_their_sections() -> None:
    assert paths("一、甲\n(一)乙\n1.丙。\n2.丁。\n(二)戊\n3.己。\n二、庚\n4.辛。") == [
        "一",
        "一/(一)",
        "一/(一)/1",
        "一/(一)/2",
        "一/(二)",
        "一/(二)/3",
        "二",
        "二/4",
    ]


def test_the_front_is_a_title_and_a_preamble() -> None:
    assert rows(
        "虹口区通知\n虹府发〔2021〕8号\n各单位:\n虹口区人民政府\n2021年3月19日\n虹口区意见\n为此,制定本意见。\n分两段。\n一、甲。"
    ) == [
        ("标题", "虹口区通知\n虹府发〔2021〕8号\n各单位:\n虹口区人民政府\n2021年3月19日\n虹口区意见"),
        ("前言", "为此,制定本意见。\n分两段。"),
        ("一", "一、甲。"),
    ]


def test_a_heading_with_only_items_under_it_is_no_clause() -> None:
    document = parse("demo", f"{TITLE}一、甲\n(一)乙。\n二、丙\n为此做好以下工作。\n(一)丁。\n三、戊\n")

    assert {node.path: node.heading_only for node in document.nodes} == {
        "标题": False,
        "一": True,
        "一/(一)": False,
        "二": False,
        "二/(一)": False,
        "三": False,
    }
    assert [clause.path for clause in document.clauses] == ["标题", "一/(一)", "二", "二/(一)", "三"]


def test_labels_are_the_headings_from_the_outside_in() -> None:
    document = parse("demo", "二、重點領域\n(二)大力發展在線服務\n3.在線金融。加快發展。\n4.加快發展,\n融合創新。")

    assert [node.label for node in document.nodes] == [
        "二、重点领域",
        "二、重点领域 > (二)大力发展在线服务",
        "二、重点领域 > (二)大力发展在线服务 > 3.在线金融",
        "二、重点领域 > (二)大力发展在线服务 > 4.加快发展,",
    ]


def test_an_item_without_a_short_title_is_labelled_by_its_number() -> None:
    words = "加快金融科技深度融合,充分发挥金融机构集聚优势,支持企业依托大数据、人工智能等技术创新服务方式"

    assert node_at(parse("demo", f"一、重点\n1.{words}。"), "一/1").label == "一、重点 > 1"


def test_a_second_node_of_the_same_path_gets_a_tilde() -> None:
    document = parse("demo", "一、甲\n(一)乙。\n一、丙\n(一)丁。\n(一)戊。")

    assert [node.path for node in document.nodes] == ["一", "一/(一)", "一~2", "一/(一)~2", "一/(一)~3"]
    assert [node.parent for node in document.nodes] == [None, "一", None, "一~2", "一~2"]


def test_a_text_without_numbering_is_numbered_by_its_paragraphs() -> None:
    assert rows("虹口区通知\n各单位:\n第一段。\n第二段。\n虹口区人民政府\n2021年3月19日\n") == [
        ("标题", "虹口区通知\n各单位:"),
        ("段1", "第一段。"),
        ("段2", "第二段。"),
        ("落款", "虹口区人民政府\n2021年3月19日"),
    ]


def test_one_sentence_is_one_paragraph() -> None:
    assert rows("就一句话。") == [("段1", "就一句话。")]


def test_a_title_alone_is_a_title() -> None:
    assert rows("虹口区意见") == [("标题", "虹口区意见")]


@pytest.mark.parametrize("text", ["", " ", "\n\u3000\n", "\u200b", "\ufeff"])
def test_a_text_without_words_has_no_nodes(text: str) -> None:
    document = parse("demo", text)

    assert document.nodes == ()
    assert document.metadata == Metadata(title="demo")


def test_a_line_that_begins_with_a_year_an_amount_or_a_reference_stays_in_its_item() -> None:
    item = "一、甲\n2021年,增长5.6%。\n5.6%是增速。\n100万元以上的项目优先。\n第一条规定的除外。\n一是加强统筹。\n——建设平台。"

    assert rows(f"{item}\n二、乙。") == [("一", item), ("二", "二、乙。")]


def test_an_item_of_several_paragraphs_runs_to_its_bracket() -> None:
    assert rows("一、重点\n1.甲。\n第一段。\n第二段。(责任单位:市科委)\n2.乙。(责任单位:市经委)") == [
        ("一", "一、重点"),
        ("一/1", "1.甲。\n第一段。\n第二段。(责任单位:市科委)"),
        ("一/2", "2.乙。(责任单位:市经委)"),
    ]


def test_a_paragraph_after_the_last_bracket_closes_the_document() -> None:
    assert rows("一、重点\n1.甲。(责任单位:市科委)\n各区按照本方案要求,主动作为。\n另行通知。") == [
        ("一", "一、重点"),
        ("一/1", "1.甲。(责任单位:市科委)"),
        ("结尾", "各区按照本方案要求,主动作为。\n另行通知。"),
    ]


def test_a_paragraph_between_a_bracket_and_the_next_heading_stays_in_its_item() -> None:
    assert rows("1.甲。(责任单位:市科委)\n补充说明。\n2.乙。") == [
        ("1", "1.甲。(责任单位:市科委)\n补充说明。"),
        ("2", "2.乙。"),
    ]


def test_a_last_paragraph_without_a_bracket_before_it_stays_in_its_item() -> None:
    assert rows("一、甲\n(一)乙。\n本意见自发布之日起施行。") == [
        ("一", "一、甲"),
        ("一/(一)", "(一)乙。\n本意见自发布之日起施行。"),
    ]


def test_a_sign_off_at_the_end_is_a_node_of_its_own() -> None:
    document = parse(
        "demo", f"{TITLE}一、甲。(责任部门:区科委)\n请遵照执行。\n虹口区人民政府办公室\n二〇二一年三月十九日\n"
    )

    assert [node.path for node in document.nodes] == ["标题", "一", "结尾", "落款"]
    assert node_at(document, "落款").text == "虹口区人民政府办公室\n二〇二一年三月十九日"
    assert document.metadata.issuer == "虹口区人民政府办公室"
    assert document.metadata.issued_on == date(2021, 3, 19)


def test_given_metadata_is_kept_as_given() -> None:
    given_metadata = Metadata(title="另一个标题", jurisdiction="虹口区")

    assert parse("demo", f"{TITLE}一、甲。", given_metadata).metadata == given_metadata


def test_bodies_belong_to_the_place_of_the_document_and_the_citys_to_the_city() -> None:
    metadata = Metadata(title="方案", jurisdiction="虹口区", parent_jurisdiction="上海市")

    document = parse("demo", "一、甲。(责任部门:区科委、市科委、北外滩开发办)", metadata)

    assert [(d.name, d.jurisdiction) for d in node_at(document, "一").departments] == [
        ("区科委", "虹口区"),
        ("市科委", "上海市"),
        ("北外滩开发办", "虹口区"),
    ]


def test_departments_belong_to_the_item_that_prints_them_not_to_its_parents() -> None:
    document = parse("demo", "一、甲\n(一)乙。(责任部门:区科委)\n二、丙。")

    assert [(node.path, len(node.departments)) for node in document.nodes] == [("一", 0), ("一/(一)", 1), ("二", 0)]


def test_a_text_on_one_line_has_the_tree_of_its_paragraphs() -> None:
    text = (
        "虹口区实施意见 为贯彻要求,制定本意见。 一、总体要求 (一)指导思想。坚持创新。 (二)目标。到2025年,翻番。 "
        "二、重点 1.工厂。建设。(责任部门:区科委) 2.平台。培育。(责任部门:区经委)"
    )

    assert rows(text) == [
        ("标题", "虹口区实施意见"),
        ("前言", "为贯彻要求,制定本意见。"),
        ("一", "一、总体要求"),
        ("一/(一)", "(一)指导思想。坚持创新。"),
        ("一/(二)", "(二)目标。到2025年,翻番。"),
        ("二", "二、重点"),
        ("二/1", "1.工厂。建设。(责任部门:区科委)"),
        ("二/2", "2.平台。培育。(责任部门:区经委)"),
    ]


def test_markdown_marks_are_no_part_of_a_path_or_label() -> None:
    document = parse("demo", "# 虹口区办法\n\n## 一、总则\n\n### （一）甲\n\n做好。\n")

    assert [(node.path, node.label) for node in document.nodes] == [
        ("标题", "标题"),
        ("一", "一、总则"),
        ("一/(一)", "一、总则 > （一）甲"),
    ]
    assert document.metadata.title == "虹口区办法"


@pytest.mark.parametrize("after", ["\n", "\u3000", "\u00a0", "\u200b", "\ufeff", "\u2028", " \r\n\u3000\u3000"])
def test_the_white_space_after_a_node_is_in_its_span_and_not_in_its_text(after: str) -> None:
    first, second = parse("demo", f"一、甲。{after}\n二、乙。{after}").nodes

    assert (first.text, first.span_end) == ("一、甲。", 4 + len(after) + 1)
    assert (second.text, second.span_end) == ("二、乙。", second.start + 4 + len(after))


def test_a_node_knows_the_line_it_is_printed_on() -> None:
    document = parse("demo", "\r\n虹口区办法\r\n\r\n一、甲。\r\n乙。\r\n二、丙。\r\n")

    assert [(node.path, node.line) for node in document.nodes] == [("标题", 2), ("一", 4), ("二", 6)]


MARKS = (
    "一、 二、 (一) （二） 1. 2． ① 第一章 第一条 专项1: 附件 附件1 附件2：乙 附件：1.乙 目录 ## 。 ： ） "
    "甲乙 意见 虹口区人民政府 2021年3月19日 (责任部门:区科委) （牵头单位："
)
WHITE_SPACE = "\n\n\n\r\u3000\u00a0 \u2028\x85\f\u200b\ufeff"


@settings(deadline=None, derandomize=True, database=None, max_examples=300)
@given(st.lists(st.sampled_from([*MARKS.split(), *WHITE_SPACE]), max_size=25).map("".join))
def test_whatever_the_text_its_spans_give_it_back(text: str) -> None:
    words = f"甲{text}"

    document = parse("demo", words)

    assert "".join(words[node.start : node.span_end] for node in document.nodes) == words
    assert all(node.text == words[node.start : node.end] for node in document.nodes)
    assert len({node.path for node in document.nodes}) == len(document.nodes)
