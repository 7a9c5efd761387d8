"""Two questions get one worded answer only when no word that means something stands in one of them alone."""

from __future__ import annotations

import pytest

from corpus.load import load_corpus
from index.settings import ROOT
from rag.answer import PolicyQa
from rag.same_question import same_words
from tests.api.serving import answers_of


@pytest.fixture(scope="module")
def qa() -> PolicyQa:
    return answers_of(load_corpus(ROOT / "corpus" / "policies"))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("虹口区补贴1000万元的条件？", "虹口区补贴1000亿元的条件？"),
        ("营收1.5亿元的企业有补贴吗？", "营收15亿元的企业有补贴吗？"),
        ("增长5.5%吗", "增长55%吗"),
        ("虹口区企业必须备案吗？", "虹口区企业可以备案吗？"),
        ("在线金融服务由区科委负责吗？", "在线金融服务不由区科委负责吗？"),
        ("虹口区在线教育牵头单位是谁？", "虹口区在线教育配合单位是谁？"),
        ("虹口区鼓励直播电商吗", "虹口区禁止直播电商吗"),
        ("虹口区上半年的目标", "虹口区下半年的目标"),
        ("虹口区在线教育谁负责", "虹口区在线教育谁出钱"),
        ("虹口区在线教育谁负责", "长宁区在线教育谁负责"),
        ("区科委配合区商务委做什么", "区商务委配合区科委做什么"),
        ("嘉定附件2重点任务（二）第2点", "嘉定附件2重点任务（三）第2点"),
        ("长宁短板有几条", "长宁短板有哪些"),
    ],
)
def test_questions_that_ask_something_else_never_do(first: str, second: str, qa: PolicyQa) -> None:
    assert not same_words(first, second)
    assert not qa.ask_the_same(qa.query(first), qa.query(second))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("虹口区在线金融服务由哪些部门负责？", "虹口在线金融服务归谁管"),
        ("虹口区在线教育谁负责", "请问虹口区在线教育是由哪些部门负责的呀"),
        ("虹口在线支付谁来管？", "虹口在线支付归谁管"),
    ],
)
def test_other_empty_words_make_no_difference(first: str, second: str, qa: PolicyQa) -> None:
    assert qa.ask_the_same(qa.query(first), qa.query(second))


@pytest.mark.parametrize(
    ("first", "second"), [("在线教育，由谁负责？", "在线教育由谁负责"), ("線上教育?", "线上教育？"), ("5.5%！", "5.5%")]
)
def test_punctuation_width_and_script_make_no_difference(first: str, second: str) -> None:
    assert same_words(first, second)
