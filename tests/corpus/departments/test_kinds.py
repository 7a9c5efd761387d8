from __future__ import annotations

import pytest

from corpus.departments.kinds import has_level, is_body, kind_of


@pytest.mark.parametrize(
    "name",
    ["市科委", "应急部", "人行云湖中支", "国网云湖供电公司", "团市委", "区残联", "各定点医院", "工作专班", "县(市、区)政府",
     "中国(云湖)自由贸易试验区管委会", "其他有关部门"],
)  # fmt: skip
def test_words_that_end_like_a_body_can_be_one(name: str) -> None:
    assert is_body(name)


@pytest.mark.parametrize(
    "words",
    ["", "局", "加快建设", "鼓励企业", "市科委的平台", "不含区科委", "2030年底", "推动市科委", "建" * 40 + "局"],
)
def test_a_sentence_is_no_body(words: str) -> None:
    assert not is_body(words)


@pytest.mark.parametrize(
    ("name", "answer"),
    [("市科委", True), ("各街镇", True), ("云湖市税务局", True), ("市场监管局", False), ("财政部", False)],
)
def test_a_name_may_say_whose_it_is(name: str, answer: bool) -> None:
    assert has_level(name) is answer


def test_a_town_built_for_a_trade_is_no_office() -> None:
    assert kind_of("云湖影视城") == "other"
