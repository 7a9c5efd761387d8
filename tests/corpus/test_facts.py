"""Labels with their values, as pages and tables print them."""

from __future__ import annotations

import pytest

from corpus.facts import fact_lines, facts_in, facts_of, is_fact


@pytest.mark.parametrize(
    ("line", "fact", "value"),
    [
        ("发文机关：青石市人民政府", "issuer", "青石市人民政府"),
        ("索 引 号：\t000014/2021", "index", "000014/2021"),
        ("文　　号： 青政发〔2021〕3号", "number", "青政发〔2021〕3号"),
        ("[成文日期] 2021-03-01", "dated", "2021-03-01"),
        ("失效日期:2024年3月1日", "to", "2024年3月1日"),
        ("有效期至：2024年3月1日", "until", "2024年3月1日"),
        ("废止日期：2024年3月1日", "repealed", "2024年3月1日"),
        ("时效性：已废止", "state", "已废止"),
        ("信息来源：市民政局", "source", "市民政局"),
    ],
)
def test_a_label_says_what_its_value_is(line: str, fact: str, value: str) -> None:
    assert [(kind, words) for kind, _, words in facts_in(line)] == [(fact, value)]
    assert is_fact(line)


def test_several_may_share_a_line() -> None:
    line = "发文机关：青石市人民政府\t成文日期：\t2021年03月01日"
    assert facts_of([line]) == {"issuer": "青石市人民政府", "dated": "2021年03月01日"}


def test_each_gets_a_line_of_its_own_and_the_first_counts() -> None:
    lines = ["发布日期：2021-03-02 浏览量：12", "发布日期：2020-01-01", "文号："]
    assert list(fact_lines(lines)) == ["发布日期：2021-03-02"]


@pytest.mark.parametrize(
    "line", ["本办法的文号：由办公室编定。".replace("：", ""), "申请人的来源地应当注明", "时间安排如下"]
)
def test_a_sentence_with_such_words_is_none(line: str) -> None:
    assert not is_fact(line)
    assert facts_of([line]) == {}
