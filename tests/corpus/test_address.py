from __future__ import annotations

import pytest

from corpus.address import find, normal_path
from corpus.parse import parse

LAW = parse(
    "demo",
    """虹口区奖励办法
第一章 总则
第一条 为了规范奖励，制定本办法。
第二章 奖励
第十五条 有下列情形之一的，给予奖励：
（一）甲情形：
1.小甲；
2.小乙；
（二）乙情形。
前款规定的奖励，由区科委发放。
本条所称奖励，包括：
（一）奖金；
（二）奖状。
第一百三十三条之一 奖励不重复享受。
""",
)
PLAN = parse("demo", "虹口区方案\n二、重点\n(二)在线服务\n3.在线金融服务。加快发展。\n专项8:电子商务。做大。\n①甲。\n")

FIRST_PARAGRAPH = "第十五条 有下列情形之一的，给予奖励：\n（一）甲情形：\n1.小甲；\n2.小乙；\n（二）乙情形。"
SECOND_PARAGRAPH = "前款规定的奖励，由区科委发放。"
THIRD_PARAGRAPH = "本条所称奖励，包括：\n（一）奖金；\n（二）奖状。"


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("二/(二)/3", "二/(二)/3"),
        ("二/（二）/3.", "二/(二)/3"),
        ("二、/（二）/3．", "二/(二)/3"),
        (" 二 / (二) / ３ ", "二/(二)/3"),
        ("/二/(二)/", "二/(二)"),
        ("附件1／標題", "附件1/标题"),
        ("二/專項8：", "二/专项8"),
        ("一/①", "一/①"),
        ("", ""),
    ],
)
def test_a_typed_path_is_read_as_the_tree_has_it(typed: str, path: str) -> None:
    assert normal_path(typed) == path


@pytest.mark.parametrize("typed", ["二/(二)/3", "二、/（二）／3．"])
def test_a_path_finds_its_whole_node(typed: str) -> None:
    address = find(PLAN, typed)

    assert address is not None
    assert (address.node.path, address.sub_path) == ("二/(二)/3", None)
    assert address.text == "3.在线金融服务。加快发展。"


@pytest.mark.parametrize("typed", ["第十五条", "第十五條", "第一百三十三条之一"])
def test_an_article_is_found_without_its_chapter(typed: str) -> None:
    address = find(LAW, typed)

    assert address is not None
    assert address.text == address.node.text
    assert address.text.startswith(normal_path(typed))


@pytest.mark.parametrize(
    ("path", "sub_path", "text"),
    [
        ("第十五条/第一款", "第一款", FIRST_PARAGRAPH),
        ("第十五条/第二款", "第二款", SECOND_PARAGRAPH),
        ("第十五条/第三款", "第三款", THIRD_PARAGRAPH),
        ("第十五条/第2款", "第2款", SECOND_PARAGRAPH),
        ("第十五条/第一款/(一)", "第一款/(一)", "（一）甲情形：\n1.小甲；\n2.小乙；"),
        ("第十五条/第一款/（二）", "第一款/(二)", "（二）乙情形。"),
        ("第十五条/第一款/(一)/2", "第一款/(一)/2", "2.小乙；"),
        ("第十五条/第三款/(一)", "第三款/(一)", "（一）奖金；"),
        ("第十五条/第三款/(二)", "第三款/(二)", "（二）奖状。"),
        ("第十五条/(一)", "(一)", "（一）甲情形：\n1.小甲；\n2.小乙；"),
        ("第十五条/(二)", "(二)", "（二）乙情形。"),
    ],
)
def test_a_paragraph_or_item_is_found_inside_its_article(path: str, sub_path: str, text: str) -> None:
    address = find(LAW, path)

    assert address is not None
    assert (address.node.path, address.sub_path, address.text) == ("第十五条", sub_path, text)
    assert address.node.text[address.start : address.end] == text


@pytest.mark.parametrize(
    "path",
    [
        "",
        "第九十九条",
        "第十五条/第四款",
        "第十五条/第零款",
        "第十五条/第甲款",
        "第十五条/第二款/(一)",
        "第十五条/第三款/(三)",
        "第十五条/第一款/(一)/3",
        "第一条/第二款",
        "第一条/(一)",
    ],
)
def test_an_address_that_is_not_there_finds_nothing(path: str) -> None:
    assert find(LAW, path) is None


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("第一百零一条", "第一百〇一条"),
        ("第一百〇一条", "第一百〇一条"),
        ("第一百○一条", "第一百〇一条"),
        ("第101条", None),
        ("第 2 条", "第二条"),
        ("第2条", "第二条"),
        ("第二條", "第二条"),
        ("2.1.1", None),
    ],
)
def test_an_article_is_found_however_its_number_is_typed(path: str, found: str | None) -> None:
    document = parse("any", "青川市办法\n第 1 条 甲。\n第 2 条 乙。\n第一百○一条 丙。\n")

    address = find(document, path)

    assert (address.node.path if address else None) == (found if path != "第101条" else "第一百〇一条")


def test_a_decimal_alone_is_found_and_so_is_an_article_of_a_main_body() -> None:
    decimals = parse("any", "预案\n1 总则\n1.1 目的\n规范。\n1.1.1 细目\n甲。\n")
    annexed = parse("any", "青川市办法\n第一条 甲。\n附件1\n乙\n一、丙。\n")

    assert [find(decimals, path) is not None for path in ("1.1.1", "1/1.1", "1.2")] == [True, True, False]
    address = find(annexed, "第一条")
    assert address is not None
    assert address.node.path == "正文/第一条"
