from __future__ import annotations

from corpus.readers.html import text_of_html
from corpus.tables import tables_in


def table(*rows: str) -> str:
    return (
        "<p>一、清单，如下。</p><table>"
        + "".join(f"<tr>{row}</tr>" for row in rows)
        + "</table><p>二、要求，落实。</p>"
    )


def test_a_row_is_a_line_and_its_cells_are_parted_by_tabs() -> None:
    page = table("<th>任务</th><th>单位</th>", "<td><p>建设充电桩，</p><p>加快</p></td><td><p>市发改委</p></td>")

    assert text_of_html(page).split("\n") == [
        "一、清单，如下。",
        "任务\t单位",
        "建设充电桩， 加快\t市发改委",
        "二、要求，落实。",
    ]


def test_a_cell_that_spans_rows_is_said_in_each_and_one_that_spans_columns_of_the_header_in_each_of_them() -> None:
    page = table(
        '<td>序号</td><td>任务</td><td colspan="2">单位</td>',
        '<td rowspan="2">1</td><td>甲</td><td>市发改委</td><td rowspan="2">年底</td>',
        "<td>乙</td><td>市商务局</td>",
        '<td colspan="2">合计</td><td>两项</td>',
    )

    text = text_of_html(page)
    assert text.split("\n")[1:5] == [
        "序号\t任务\t单位\t单位", "1\t甲\t市发改委\t年底", "1\t乙\t市商务局\t年底", "合计\t\t两项",
    ]  # fmt: skip
    (found,) = tables_in(text)
    assert [cell.header for cell in found.rows[1].cells] == ["序号", "任务", "单位", "单位"]


def test_a_table_that_lays_out_the_page_keeps_its_paragraphs() -> None:
    paragraphs = (
        "".join(f"<p>第{n}条 事项，应当办理。</p>" for n in "一二三四五六七八九十") + "<p>附则，另行规定。</p>" * 4
    )

    assert "\t" not in text_of_html(table(f"<td>首页</td><td>{paragraphs}</td>"))
    assert text_of_html(table("<td><p>甲，</p><p>乙。</p></td>")).split("\n")[1:3] == ["甲，", "乙。"]


def test_absurd_spans_are_bounded() -> None:
    page = table(
        '<td rowspan="99999999999" colspan="9999">甲</td><td>乙</td>', '<td rowspan="-1" colspan="x">丙</td><td>丁</td>'
    )

    assert "丁" in text_of_html(page)
