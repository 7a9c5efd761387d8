from __future__ import annotations

import pytest

from corpus.departments import departments_in


def read(text: str) -> list[str]:
    return [d.name for d in departments_in(text, "云湖市", "江南省")]


@pytest.mark.parametrize(
    ("sentence", "bodies"),
    [
        ("第三条 市、区民政部门应当加强监督。", ["市、区民政部门"]),
        ("第三条 公安机关应当依法查处。", ["公安机关"]),
        ("第三条市住房城乡建设局应当公布目录。", ["市住房城乡建设局"]),
        ("第三条 省、自治区、直辖市人民政府应当制定办法。", ["省、自治区、直辖市人民政府"]),
        ("第三条 县（市、区）人民政府必须保障经费。", ["县（市、区）人民政府"]),
        ("加强监督。教育、民政等有关部门应当做好服务。", ["教育", "民政"]),
        ("第三条 县级以上人民政府及其有关部门应当公开信息。", ["县级以上人民政府", "有关部门"]),
        ("（二）教育行政部门负责培训；", ["教育行政部门"]),
        ("第三条 经营者应当公布价格。", []),
        ("第三条 医疗机构应当公布价格。", []),
        ("第三条 村民委员会应当公布账目。", []),
        ("第三条 用人单位应当签订合同。", []),
        ("第三条 向民政部门应当提交的材料，由申请人准备。", []),
        ("第三条 民政部门负责人签字。", []),
        ("第三条 经教育部门要求整改的，应当整改。", []),
    ],
)
def test_an_office_that_shall_do_something_is_named(sentence: str, bodies: list[str]) -> None:
    assert read(sentence) == bodies
