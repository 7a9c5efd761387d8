from __future__ import annotations

import pytest

from corpus.address import find
from corpus.departments import bodies_at, bodies_between
from corpus.parse import parse

LAW = parse(
    "demo",
    """云湖市养老条例
第五条 有关部门按照下列规定履行职责：
（一）民政部门负责养老服务的监督；
（二）市数据局负责建设平台，市财政局保障经费；
（三）其他工作，按照规定执行。
本市建立协调机制。
第六条 市数据局负责下列工作：
（一）公开目录；
（二）市财政局负责发放补贴；
1.每年一次；
第七条 本市各类主体（以下简称责任单位）开放数据。（责任单位：市科委、市教委，排在第一位的为牵头单位）
""",
)


def read(path: str) -> list[tuple[str, str, str]]:
    address = find(LAW, path)
    assert address is not None
    return [(d.source, d.role, d.name) for d in bodies_at(LAW, address)]


@pytest.mark.parametrize(
    ("path", "bodies"),
    [
        ("第五条/(一)", [("text", "responsible", "民政部门")]),
        ("第五条/第一款/(一)", [("text", "responsible", "民政部门")]),
        ("第五条/(二)", [("text", "responsible", "市数据局")]),
        ("第五条/(三)", []),
        ("第五条/第二款", []),
        ("第六条/(一)", [("inherited", "responsible", "市数据局")]),
        ("第六条/(二)", [("text", "responsible", "市财政局")]),
        ("第七条", [("bracket", "lead", "市科委"), ("bracket", "responsible", "市教委")]),
        ("第七条/第一款", [("bracket", "lead", "市科委"), ("bracket", "responsible", "市教委")]),
    ],
)
def test_an_item_has_the_bodies_that_it_names_or_that_its_list_is_given_to(
    path: str, bodies: list[tuple[str, str, str]]
) -> None:
    assert read(path) == bodies


def test_a_row_of_a_table_has_the_bodies_in_its_cells() -> None:
    text = "云湖市方案\n一、任务\n任务\t牵头单位\t配合单位\n平台\t市科委\t市教委\n宣传\t市教委\t——\n"
    document = parse("demo", text)
    (node,) = [node for node in document.nodes if node.departments]
    start = node.text.index("宣传")

    assert [(d.role, d.name) for d in bodies_between(document, node, start, len(node.text))] == [("lead", "市教委")]
