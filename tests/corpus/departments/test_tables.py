from __future__ import annotations

import pytest

from corpus.departments import departments_in
from corpus.parse import parse


def read(text: str) -> list[tuple[str, str]]:
    return [(d.role, d.name) for d in departments_in(text, "云湖市", "江南省") if d.source == "table"]


MARKDOWN = """一、任务清单

| 序号 | 任务 | 牵头单位 | 配合单位 | 完成时限 |
|---|:---|---|---|---|
| 1 | 建设平台 | 市科委 | 市教委、市财政局 | 2030年 |
| 2 | 开放课程 | 市教委 | —— | 长期 |
| 3 | 宣传 | 同上 | 各区人民政府等 | 2030年 |
"""
TABBED = (
    "一、任务清单\n序号\t任务\t责任单位\t主管部门\n1\t建设平台\t市科委、市教委\t市数据局\n2\t宣传\t各区人民政府\t/\n"
)


def test_the_columns_of_a_markdown_table_say_the_roles() -> None:
    assert read(MARKDOWN) == [
        ("lead", "市科委"),
        ("cooperating", "市教委"),
        ("cooperating", "市财政局"),
        ("lead", "市教委"),
        ("cooperating", "各区人民政府"),
    ]


def test_the_columns_of_lines_with_tabs_say_the_roles() -> None:
    assert read(TABBED) == [
        ("responsible", "市科委"),
        ("responsible", "市教委"),
        ("lead", "市数据局"),
        ("responsible", "各区人民政府"),
    ]


@pytest.mark.parametrize(
    ("cell", "bodies"),
    [
        ("市科委牵头，市教委配合", [("lead", "市科委"), ("cooperating", "市教委")]),
        ("牵头单位：市科委；配合单位：市教委", [("lead", "市科委"), ("cooperating", "市教委")]),
        ("市科委<br>市教委", [("responsible", "市科委"), ("responsible", "市教委")]),
        ("市科委 市教委", [("responsible", "市科委"), ("responsible", "市教委")]),
        ("市科委（牵头）、市教委", [("lead", "市科委"), ("responsible", "市教委")]),
        ("——", []),
        ("—", []),
        ("/", []),
        ("无", []),
        ("", []),
    ],
)
def test_a_cell_may_say_more_than_names(cell: str, bodies: list[tuple[str, str]]) -> None:
    assert read(f"| 任务 | 责任单位 |\n|---|---|\n| 建设 | {cell} |\n") == bodies


@pytest.mark.parametrize("head", ["单位名称", "责任人", "完成时限", "牵头领导", "备注"])
def test_a_column_of_another_kind_names_nobody(head: str) -> None:
    assert read(f"| 任务 | {head} |\n|---|---|\n| 建设 | 市科委 |\n") == []


def test_a_bracket_beside_a_table_is_read_too() -> None:
    departments = departments_in(f"{TABBED}\n总体协调。（责任单位：市政府办公室）\n", "云湖市")

    assert ("bracket", "市政府办公室") in [(d.source, d.name) for d in departments]


def test_a_document_keeps_what_its_table_says() -> None:
    (clause,) = [node for node in parse("demo", f"云湖市方案\n{TABBED}").nodes if node.departments]

    assert {d.source for d in clause.departments} == {"table"}
