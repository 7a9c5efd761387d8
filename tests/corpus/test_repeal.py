"""A page that says that its document no longer holds."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.facts import Fact
from corpus.metadata import metadata_from
from corpus.parse import parse
from corpus.readers.html import text_of_html
from corpus.repeal import Repeal, repeal_of
from corpus.types import Metadata, Period
from corpus.written import document_of, written

TITLE = "青石市电梯安全管理办法"
BODY = "第一条　市市场监督管理局负责全市电梯安全的监督管理工作。\n第二条　本办法自2019年3月1日起施行。\n"


def a_page(*facts: str) -> str:
    return "\n".join([TITLE, "发文机关：青石市人民政府", *facts, BODY])


def metadata_of(*facts: str) -> Metadata:
    return parse("qingshi", a_page(*facts)).metadata


@pytest.mark.parametrize(
    "state",
    ["已废止", "废止", "失效", "已失效", "全文废止", "失效（提前废止）", "已被废止", "已經廢止", "无效", "宣布失效"],
)
def test_a_state_that_has_ended_marks_the_document(state: str) -> None:
    assert repeal_of({"state": state}) == Repeal(None)


@pytest.mark.parametrize(
    "state",
    [
        "有效",
        "现行有效",
        "有效（延续实施）",
        "已修改",
        "已被修改",
        "部分失效",
        "部分废止",
        "失效（部分条款）",
        "尚未生效",
        "未失效",
        "废止了旧办法的有关条款",
        "----",
        "",
    ],
)
def test_any_other_state_marks_nothing(state: str) -> None:
    assert repeal_of({"state": state}) is None


@pytest.mark.parametrize(
    ("facts", "day"),
    [
        ({"state": "已废止", "repealed": "2024年5月1日"}, date(2024, 5, 1)),
        ({"state": "失效", "to": "2024-05-01"}, date(2024, 5, 1)),
        ({"state": "失效", "to": "2024-06-01", "repealed": "2024-05-01"}, date(2024, 5, 1)),
        ({"state": "已于2024年4月1日废止", "repealed": "2024-05-01"}, date(2024, 4, 1)),
        ({"state": "废止 (2024年4月1日)"}, date(2024, 4, 1)),
        ({"state": "已废止", "repealed": "----"}, None),
        ({"state": "已废止", "until": "2027年12月31日"}, None),  # what had been planned before it was repealed
        ({"repealed": "2024-05-01"}, date(2024, 5, 1)),
        ({"repealed": "2024-05-01", "state": "--"}, date(2024, 5, 1)),
    ],
)
def test_the_day_is_what_the_page_prints(facts: dict[Fact, str], day: date | None) -> None:
    assert repeal_of(facts) == Repeal(day)


@pytest.mark.parametrize(
    "facts", [{"repealed": "2024-05-01", "state": "有效"}, {"to": "2024-05-01"}, {"repealed": "-"}]
)
def test_a_day_alone_or_beside_another_state_may_mark_nothing(facts: dict[Fact, str]) -> None:
    assert repeal_of(facts) is None


def test_a_text_is_marked_by_the_lines_above_it() -> None:
    found = metadata_of("文件状态：已废止")
    assert (found.repealed, found.repealed_on) == (True, None)
    found = metadata_of("时 效 性：失效\t失效日期：2024年5月1日")
    assert (found.repealed, found.repealed_on) == (True, date(2024, 5, 1))
    found = metadata_of("有效性：现行有效")
    assert (found.repealed, found.repealed_on) == (None, None)


def test_the_period_names_the_day_as_the_page_does() -> None:
    start, end = date(2019, 3, 1), date(2024, 5, 1)
    printed = "实施日期：2019-03-01，废止日期：2024-05-01"
    assert metadata_of("实施日期：2019-03-01", "失效日期：----", "废止日期：2024-05-01").period == Period(
        start, end, printed, "页面"
    )
    assert metadata_of("有效期至：2024-05-01").period == Period(None, end, "有效期至：2024-05-01", "页面")


def test_words_of_the_text_itself_mark_nothing() -> None:
    text = f"{TITLE}\n{BODY}第三条　证书分为下列状态：\n有效性：失效\n第四条　原办法同时废止。\n"
    assert parse("qingshi", text).metadata.repealed is None


def test_a_web_pages_table_marks_its_document() -> None:
    prose = "市市场监督管理局负责全市电梯安全的监督管理工作，各区人民政府应当加强领导，协调解决重大问题。" * 3
    rows = (("发文机关：", "青石市人民政府"), ("文件状态：", "失效（提前废止）"), ("失效日期：", "2024年05月01日"))
    table = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in rows)
    page = (
        f"<html><head><title>{TITLE}</title></head><body><table>{table}</table><div>"
        f"<p>第一条　{prose}</p><p>第二条　{prose}</p></div></body></html>"
    )
    found = parse("qingshi", text_of_html(page)).metadata
    assert (found.repealed, found.repealed_on) == (True, date(2024, 5, 1))


def test_the_file_beside_it_that_says_nothing_of_it_leaves_the_mark() -> None:
    given = metadata_from("qingshi.toml", f'title = "{TITLE}"\nissuer = "青石市人民政府"'.encode())
    found = parse("qingshi", a_page("文件状态：失效", "失效日期：2024年5月1日"), given).metadata
    assert (found.repealed, found.repealed_on) == (True, date(2024, 5, 1))
    assert found.issuer == "青石市人民政府"
    assert found.period is None
    assert parse("qingshi", a_page("文件状态：有效"), given).metadata == given


@pytest.mark.parametrize("words", ["repealed = false", "repealed = true", "repealed_on = 2023-01-01"])
def test_the_file_beside_it_wins(words: str) -> None:
    given = metadata_from("qingshi.toml", f'title = "{TITLE}"\n{words}'.encode())
    assert parse("qingshi", a_page("文件状态：失效", "失效日期：2024年5月1日"), given).metadata == given


@pytest.mark.parametrize("words", ["repealed = false", "repealed = true", ""])
def test_it_is_kept_with_the_document(words: str) -> None:
    given = metadata_from("qingshi.toml", f'title = "{TITLE}"\n{words}'.encode())
    document = parse("qingshi", a_page(), given)
    assert document_of(written(document)) == document


def test_a_kept_document_with_another_value_is_none() -> None:
    data = written(parse("qingshi", a_page("文件状态：已废止")))
    with pytest.raises(ValueError, match="another type"):
        document_of(data.replace(b'"repealed": true', b'"repealed": "yes"'))
