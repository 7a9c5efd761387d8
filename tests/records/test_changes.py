"""Two texts compared clause by clause."""

from __future__ import annotations

from corpus.parse import parse
from records.changes import changes_between, marked

BEFORE = """清溪市养犬管理办法

第一条 养犬人应当在犬只免疫后三十日内到派出所办理登记。

第二条 烈性犬不予登记，名录由市公安机关公布。

第三条 补办犬牌收取工本费10元。
"""
AFTER = """清溪市养犬管理办法

第一条 为了规范养犬行为，保障公众安全，制定本办法。

第二条 养犬人应当在犬只免疫后三十日内，到派出所办理登记。

第三条 烈性犬不予登记，名录由市农业农村部门公布。
"""


def test_clauses_are_added_changed_moved_and_dropped() -> None:
    rows = changes_between(parse("a", BEFORE), parse("a", AFTER))
    told = [(row.kind, row.before, row.after) for row in rows if "第" in (row.after or row.before)]
    assert told == [
        ("added", "", "第一条"),
        ("moved", "第一条", "第二条"),
        ("changed", "第二条", "第三条"),
        ("dropped", "第三条", ""),
    ] or told == [
        ("added", "", "第一条"),
        ("changed", "第一条", "第二条"),
        ("changed", "第二条", "第三条"),
        ("dropped", "第三条", ""),
    ]


def test_spaces_and_marks_alone_change_nothing() -> None:
    assert changes_between(parse("a", BEFORE), parse("b", BEFORE.replace("，", ", ").replace("。", "。 "))) == []


def test_what_differs_is_marked_with_a_few_words_around_it() -> None:
    words = "县级以上乡镇人民政府和街道办事处应当自受理申请之日起{}个工作日内，通过入户调查、邻里访问和信函索证等方式进行核实。"
    shown = "…事处应当自受理申请之日起[-15-]{+20+}个工作日内，通过入户调查…"
    assert marked(words.format(15), words.format(20)) == shown
    assert marked("可以", "不可以") == "{+不+}可以"
    assert marked("同", "同") == "同"
