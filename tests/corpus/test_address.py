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
