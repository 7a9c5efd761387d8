"""Forms of values in printed texts."""

from __future__ import annotations

import pytest

from corpus.script import fold
from rag.printed_values import PRINTED, has_any


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("duration", "自收到材料之日起七个工作日内办结"),
        ("duration", "有效期两年"),
        ("percent", "不超过五分之一的股东"),
        ("percent", "乘坐公交享受半价优惠"),
        ("percent", "按八折收取"),
        ("money", "每月补贴三百元"),
        ("money", "免费发放"),
        ("place", "到就近的银行网点领取"),
        ("place", "在政务服务中心窗口受理"),
        ("age", "年满十八周岁"),
        ("phone", "请拨打12345"),
        ("website", "登录“便民通”小程序"),
        ("area", "人均居住面积低于十五平方米"),
        ("points", "总分达到六十分"),
    ],
)
def test_a_value_is_seen_in_figures_and_in_words(kind: str, words: str) -> None:
    assert has_any(kind, fold(words))


@pytest.mark.parametrize("kind", ["money", "percent", "phone", "area", "points", "age"])
def test_a_sentence_without_values_has_none(kind: str) -> None:
    assert not has_any(kind, fold("鼓励单位组织志愿者开展活动。"))


def test_a_kind_without_forms_may_be_anywhere() -> None:
    assert "other" not in PRINTED
    assert has_any("other", "任何文字")
