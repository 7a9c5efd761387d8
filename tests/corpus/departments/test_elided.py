from __future__ import annotations

import pytest

from corpus.departments import departments_in
from corpus.departments.elided import completed


@pytest.mark.parametrize(
    ("names", "after", "whole"),
    [
        (["市发展改革", "财政部门"], "", ["市发展改革部门", "市财政部门"]),
        (["市发展改革", "财政", "商务"], "等部门", ["市发展改革部门", "市财政部门", "市商务部门"]),
        (
            ["县级以上人民政府建设", "卫生", "安全生产监督管理"],
            "等有关主管部门",
            [
                "县级以上人民政府建设主管部门",
                "县级以上人民政府卫生主管部门",
                "县级以上人民政府安全生产监督管理主管部门",
            ],
        ),
        (
            ["市和云湖新区发展改革", "财政", "海关"],
            "等有关部门",
            ["市和云湖新区发展改革部门", "市和云湖新区财政部门", None],
        ),
        (["市（区）财政", "民政"], "等部门", ["市（区）财政部门", "市（区）民政部门"]),
        (["省总工会", "妇联", "农业农村厅"], "", [None, "省妇联", "省农业农村厅"]),
        (["市人社局", "民政局"], "", [None, "市民政局"]),
        (["市科委", "市财政局"], "", [None, None]),
        (["发展改革委", "财政部"], "", [None, None]),
        (["市财政局", "人民银行云湖分行", "海关"], "", [None, None, None]),
        (["市市场监管", "税务部门"], "", ["市市场监管部门", "市税务部门"]),
        (["市场监管部门", "税务部门"], "", [None, None]),
        (["区民政部门"], "", [None]),
        ([], "", []),
    ],
)
def test_what_a_row_shares_is_given_to_each_name(names: list[str], after: str, whole: list[str | None]) -> None:
    assert completed([name.replace("（", "(").replace("）", ")") for name in names], after) == [
        name and name.replace("（", "(").replace("）", ")") for name in whole
    ]


def test_the_print_stays_and_the_whole_name_stands_beside_it() -> None:
    departments = departments_in("加强监督。（市发展改革、财政部门按职责分工负责）", "云湖市")

    assert [(d.name, d.printed, d.full) for d in departments] == [
        ("市发展改革", "市发展改革", "市发展改革部门"),
        ("财政部门", "财政部门", "市财政部门"),
    ]
