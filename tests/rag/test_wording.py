"""How people word what they want. Each row of the tables with wordings that it must read, and some that it must not."""

from __future__ import annotations

from typing import get_args

import pytest

from corpus.script import fold
from rag.wording import ASKING, ASKS, EMPTY, VALUE_FORMS, VALUES, Asks, ValueKind

ASKED: dict[str, list[str]] = {
    "departments": [
        "在线教育由哪些部门负责", "哪个单位牵头", "谁负责", "责任部门是谁", "归谁管", "牵头单位是哪家", "哪家单位牵头",
        "是哪个局在管", "由谁来抓", "是区科委负责吗", "牵头的是谁", "責任單位有哪些", "归哪几个部门",
    ],
    "number": ["要建多少家", "有几个平台", "百分之几", "规模有多大", "用几年时间", "增长率"],
    "list": ["保障措施有哪些", "哪四个倍增", "列出所有任务", "分别是什么", "是哪几条", "包括哪些", "有几项"],
    "yes_no": ["有补贴吗", "是不是由区科委负责", "能不能申请", "有没有规定", "支不支持", "对吧"],
}  # fmt: skip
NOT_ASKED = {
    "departments": ["在线教育怎么发展", "要建多少家无人工厂", "发展目标是什么"],
    "number": ["在线教育由谁负责", "保障措施有哪些", "哪几个部门"],
    "list": ["在线教育由谁负责", "要建多少家无人工厂"],
    "yes_no": ["在线教育由谁负责", "要建多少家无人工厂"],
}
VALUE_ASKED: dict[str, list[str]] = {
    "phone": ["区经委电话多少", "联系电话", "电话号码", "怎么联系"],
    "website": ["网址是什么", "邮箱是多少", "公众号叫什么"],
    "address": ["地址在哪", "办公地址", "到哪里办理", "在几楼"],
    "materials": ["要交什么材料", "需要哪些材料", "怎么申请", "申报条件"],
    "deadline": ["什么时候截止", "截止日期", "几个工作日", "几天能办好"],
    "money": ["最高奖励多少万", "补贴多少钱", "补贴标准是多少", "给多少补助"],
    "percent": ["百分之几", "比例是多少", "税率是多少"],
    "person": ["局长是谁", "组长叫什么名字", "负责人是谁"],
}
PRINTED_FORMS: dict[str, list[str]] = {
    "phone": ["电话：021-65666666", "联系电话:12345", "13800000000"],
    "website": ["https://www.shhk.gov.cn", "www.shhk.gov.cn", "hk@shhk.gov.cn"],
    "address": ["飞虹路518号", "3号楼", "201室"],
    "materials": ["提交下列材料", "申请表", "向区科委申请"],
    "deadline": ["15个工作日", "30日内", "3个月内", "截止"],
    "money": ["117亿元", "4000万元", "百亿元规模", "5元"],
    "percent": ["15%", "5.6%", "百分之三"],
    "count": ["100家", "三个平台", "20个"],
}  # fmt: skip


@pytest.mark.parametrize("kind", get_args(Asks))
def test_every_kind_of_asking_has_wordings(kind: str) -> None:
    assert kind in ASKS
    assert ASKED[kind]


@pytest.mark.parametrize(("kind", "wording"), [(kind, row) for kind, rows in ASKED.items() for row in rows])
def test_a_wording_is_read(kind: Asks, wording: str) -> None:
    assert ASKS[kind].search(fold(wording))


@pytest.mark.parametrize(("kind", "wording"), [(kind, row) for kind, rows in NOT_ASKED.items() for row in rows])
def test_another_wording_is_not_read_so(kind: Asks, wording: str) -> None:
    assert not ASKS[kind].search(fold(wording))


@pytest.mark.parametrize(("kind", "wording"), [(kind, row) for kind, rows in VALUE_ASKED.items() for row in rows])
def test_a_wanted_value_is_read(kind: ValueKind, wording: str) -> None:
    assert VALUES[kind].search(fold(wording))


@pytest.mark.parametrize("wording", ["在线教育由谁负责", "保障措施有哪些", "在线医疗怎么发展", "远程办公归谁管"])
@pytest.mark.parametrize("kind", VALUE_ASKED)
def test_a_plain_question_wants_no_value(kind: ValueKind, wording: str) -> None:
    assert not VALUES[kind].search(fold(wording))


@pytest.mark.parametrize(("kind", "words"), [(kind, row) for kind, rows in PRINTED_FORMS.items() for row in rows])
def test_a_printed_value_is_recognised(kind: ValueKind, words: str) -> None:
    assert VALUE_FORMS[kind].search(fold(words))


@pytest.mark.parametrize("kind", sorted(set(PRINTED_FORMS) - {"count"}))
def test_a_sentence_without_a_value_has_none(kind: ValueKind) -> None:
    assert not VALUE_FORMS[kind].search(fold("加强教育专网、教育云等基础设施建设,支持互联网教育服务和内容创新。"))


@pytest.mark.parametrize("kind", VALUES)
def test_every_wanted_value_has_a_printed_form_to_look_for(kind: ValueKind) -> None:
    assert kind in VALUE_FORMS


@pytest.mark.parametrize("wording", ["请问谁负责", "想知道目标", "有多少", "怎么办", "能不能"])
def test_a_piece_that_asks_is_told_from_the_story(wording: str) -> None:
    assert ASKING.search(fold(wording))


def test_a_piece_of_story_asks_nothing() -> None:
    assert not ASKING.search(fold("我们公司去年刚刚搬到虹口"))


@pytest.mark.parametrize("question", ["请问有哪些任务？", "负责哪些工作", "由谁牵头", "一共有多少项", "都要做些什么"])
def test_what_is_left_of_empty_words_is_next_to_nothing(question: str) -> None:
    left = EMPTY.sub("", fold(question)).strip("?,。")
    assert len(left) <= 2


@pytest.mark.parametrize("topic", ["教育", "医疗", "无人工厂", "跨境电商", "远程办公", "信号灯", "统计局"])
def test_a_topic_is_no_empty_word(topic: str) -> None:
    assert EMPTY.sub("", fold(topic)) == topic
