"""A Word file read as it is printed."""

from __future__ import annotations

from contextlib import suppress

import pytest

from corpus.errors import UnreadableTextError
from corpus.readers.docx import read_docx
from tests.corpus.bounded import bounded
from tests.corpus.readers.docx_files import a_docx, cell, field, numbering, p, r, style, table, text_box

THOUSAND = "chineseCountingThousand"
PLAN = [(THOUSAND, "%1、"), (THOUSAND, "（%2）"), ("decimal", "%3."), ("decimalEnclosedCircle", "%4")]


def lines(*body: str, **parts: str) -> list[str]:
    return read_docx("三.docx", a_docx(*body, **parts)).text.split("\n")  # type: ignore[arg-type]


def inserted(content: str) -> str:
    return f'<w:ins w:id="1" w:author="甲">{content}</w:ins>'


def note(kind: str, number: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def deleted(words: str) -> str:
    return f'<w:del w:id="2" w:author="甲"><w:r><w:delText>{words}</w:delText></w:r></w:del>'


def test_the_levels_of_a_plan_are_numbered_as_they_are_printed() -> None:
    body = [
        ("总体要求", 0), ("指导思想。", 1), ("目标。", 1), ("重点任务", 0), ("平台。", 1), ("建设。", 2), ("运营。", 2),
        ("接入。", 3), ("数据。", 1), ("共享。", 2),
    ]  # fmt: skip
    assert lines(*(p(words, number=1, level=level) for words, level in body), numbering=numbering(PLAN)) == [
        "一、总体要求", "（一）指导思想。", "（二）目标。", "二、重点任务", "（一）平台。", "1. 建设。", "2. 运营。", "① 接入。",
        "（二）数据。", "1. 共享。",
    ]  # fmt: skip


def test_articles_run_on_through_the_chapters_where_their_level_never_restarts() -> None:
    levels = (
        '<w:abstractNum w:abstractNumId="7">'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{THOUSAND}"/><w:pStyle w:val="Chapter"/>'
        '<w:suff w:val="space"/><w:lvlText w:val="第%1章"/></w:lvl>'
        f'<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="{THOUSAND}"/><w:lvlRestart w:val="0"/>'
        '<w:pStyle w:val="Article"/><w:lvlText w:val="第%2条"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )
    in_list = '<w:numPr><w:numId w:val="3"/></w:numPr>'
    styles = style("Chapter", in_list) + style("Article", in_list) + style("Own", based_on="Article")
    body = [
        p("总则", style="Chapter"),
        *(p("甲。", style="Article"),) * 2,
        p("附则", style="Chapter"),
        p("乙。", style="Own"),
    ]

    assert lines(*body, numbering=levels, styles=styles) == [
        "第一章 总则",
        "第一条 甲。",
        "第二条 甲。",
        "第二章 附则",
        "第三条 乙。",
    ]


def test_a_list_that_begins_anew_at_a_number_does_so_once() -> None:
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        '</w:lvlOverride></w:num><w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
    )
    body = [p(f"{words}。", number=number) for words, number in zip("甲乙丙丁戊己", (1, 1, 2, 2, 1, 3), strict=True)]

    assert lines(*body, numbering=numbering([("decimal", "%1、")], more=again)) == [
        "1、甲。", "2、乙。", "5、丙。", "6、丁。", "7、戊。", "8、己。",
    ]  # fmt: skip


def test_a_level_of_a_lists_own_takes_the_place_of_the_shared_one() -> None:
    own = (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="3"/>'
        f'<w:numFmt w:val="{THOUSAND}"/><w:suff w:val="nothing"/><w:lvlText w:val="专项%1："/></w:lvl></w:lvlOverride></w:num>'
    )
    assert lines(p("甲", number=2), numbering=numbering([("decimal", "%1.")], more=own)) == ["专项三：甲"]


def test_a_list_of_a_style_is_found_through_its_link() -> None:
    linked = (
        '<w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="Ours"/></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="9"><w:styleLink w:val="Ours"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="8"/></w:num>'
    )
    assert lines(p("甲", number=5), numbering=linked) == ["1) 甲"]


def test_levels_above_are_printed_in_figures_where_the_list_says_so() -> None:
    levels = (
        f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="2"/><w:numFmt w:val="{THOUSAND}"/>'
        '<w:lvlText w:val="第%1章"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/>'
        '<w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    body = [p("总则", number=1), p("甲。", number=1, level=1)]
    assert lines(*body, numbering=levels) == ["第二章 总则", "2.1 甲。"]


@pytest.mark.parametrize("number", [0, 9])
def test_a_paragraph_out_of_every_list_has_no_number(number: int) -> None:
    styles = style("In", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    assert lines(p("甲", style="In", number=number), numbering=numbering(PLAN), styles=styles) == ["甲"]


def test_bullets_of_a_symbol_font_are_plain_ones() -> None:
    assert lines(p("甲", number=1), numbering=numbering([("bullet", "\uf0b7")])) == ["• 甲"]


def test_a_style_that_is_based_on_itself_is_left() -> None:
    assert lines(p("甲", style="A"), styles=style("A", based_on="B") + style("B", based_on="A")) == ["甲"]


def test_a_numbered_paragraph_without_words_counts_and_prints_nothing() -> None:
    body = [p("甲", number=1), p(number=1), p("丙", number=1)]
    assert lines(*body, numbering=numbering(PLAN)) == ["一、甲", "三、丙"]


def test_a_box_stands_before_the_paragraph_that_it_is_tied_to_once() -> None:
    body = [p("云湖市人民政府文件"), p(text_box("云政发〔2023〕5号", "签发人：甲某"), "关于印发夜市办法的通知")]
    assert lines(*body) == ["云湖市人民政府文件", "云政发〔2023〕5号", "签发人：甲某", "关于印发夜市办法的通知"]


def test_a_box_that_hangs_lower_stands_below() -> None:
    assert lines(p(text_box("附注", below=400_000), "甲"), p("乙")) == ["甲", "附注", "乙"]


def test_a_box_of_an_older_program_is_read() -> None:
    box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p('云政发〔2023〕5号')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    assert lines(p(box), p("通知")) == ["云政发〔2023〕5号", "通知"]


def test_insertions_are_kept_and_deletions_are_gone() -> None:
    moved = "<w:moveFrom><w:r><w:t>走了</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>来了。</w:t></w:r></w:moveTo>"
    body = [p(r("一、补贴"), deleted("五百元"), inserted(r("八百元")), r("。")), p(moved)]
    assert lines(*body) == ["一、补贴八百元。", "来了。"]


def test_a_paragraph_whose_end_is_deleted_goes_on_with_the_next() -> None:
    end = '<w:rPr><w:del w:id="1"/></w:rPr>'
    body = [
        p("上半", properties=end, number=1),
        p("下半。", number=1),
        p(deleted("整段"), number=1, properties=end),
        p("乙。", number=1),
    ]
    assert lines(*body, numbering=numbering(PLAN)) == ["一、上半下半。", "二、乙。"]


def test_a_deleted_end_is_not_carried_into_a_table_nor_lost_at_the_end() -> None:
    end = '<w:rPr><w:del w:id="1"/></w:rPr>'
    body = [p("甲", properties=end), table(["乙", "丙"]), p("丁", properties=end)]
    assert lines(*body) == ["甲", "乙\t丙", "丁"]


@pytest.mark.parametrize(
    ("properties", "is_seen"),
    [
        ("<w:vanish/>", False),
        ('<w:vanish w:val="0"/>', True),
        ('<w:rStyle w:val="Gone"/>', False),
        ('<w:rStyle w:val="Gone"/><w:vanish w:val="false"/>', True),
        ("<w:b/>", True),
    ],
)
def test_hidden_words_are_gone(properties: str, is_seen: bool) -> None:
    styles = style("Gone", run="<w:vanish/>", kind="character")
    assert lines(p(r("甲"), r("藏", properties), r("乙。")), styles=styles) == ["甲藏乙。" if is_seen else "甲乙。"]


def test_a_hidden_paragraph_is_gone_and_not_counted() -> None:
    body = [p("甲", number=1), p("藏", style="Gone", number=1), p("乙", number=1)]
    assert lines(*body, styles=style("Gone", run="<w:vanish/>"), numbering=numbering(PLAN)) == ["一、甲", "二、乙"]


def test_what_is_hidden_by_default_is_seen_where_it_says_so() -> None:
    defaults = "<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>"
    shown = '<w:vanish w:val="0"/>'
    assert lines(p(r("藏"), r("甲", shown), properties=f"<w:rPr>{shown}</w:rPr>"), styles=defaults) == ["甲"]


def test_page_numbers_are_gone_and_what_other_fields_print_stays() -> None:
    simple = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>3</w:t></w:r></w:fldSimple>'
    body = [
        p(r("依照"), field("REF _a \\h", "第三条"), r("办理。")),
        p(r("－ "), field("PAGE", "7"), r(" －")),
        p(r("第"), simple, r("页 共"), field("NUMPAGES", "9"), r("页")),
        p("<w:hyperlink>" + r("《云湖市条例》") + "</w:hyperlink>"),
        p(r("见第"), simple, r("页的表。")),
    ]
    assert lines(*body) == ["依照第三条办理。", "《云湖市条例》", "见第页的表。"]


def test_a_field_without_an_end_swallows_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    assert lines(p(begin), p("甲"), p("乙")) == ["甲", "乙"]


def test_contents_that_word_made_are_gone_with_their_heading() -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    begin = mark("begin") + "<w:r><w:instrText> TOC \\o </w:instrText></w:r>" + mark("separate")
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('目录')}{p('一、甲 1')}</w:sdtContent></w:sdt>"
    )
    body = [
        p("办法"),
        p("目 录"),
        p(begin, r("一、甲\t"), field("PAGEREF _a", "1")),
        p("二、乙\t2"),
        p(mark("end")),
        control,
        p("一、甲"),
    ]
    assert lines(*body) == ["办法", "一、甲"]


def test_a_content_control_hides_nothing() -> None:
    block = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('甲')}</w:sdtContent></w:sdt>"
    inline = f"<w:sdt><w:sdtPr/><w:sdtContent>{r('乙')}</w:sdtContent></w:sdt>"
    assert lines(block, p(inline)) == ["甲", "乙"]


def test_a_soft_break_makes_a_line_and_a_tab_a_blank() -> None:
    assert lines(p("云湖市人民政府\n关于夜市的通知"), p("签发人：\t甲某")) == [
        "云湖市人民政府",
        "关于夜市的通知",
        "签发人： 甲某",
    ]


def test_readings_above_characters_are_gone_and_formulas_stay() -> None:
    ruby = "<w:r><w:ruby><w:rt><w:r><w:t>yún</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>云</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    maths = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    assert lines(p(ruby, f'<m:oMath xmlns:m="{maths}"><m:r><m:t>a+b</m:t></m:r></m:oMath>')) == ["云a+b"]


def test_notes_stand_apart_in_the_order_of_the_text() -> None:
    body = p(
        r("一、夜市"),
        note("footnote", 2),
        r("的摊位"),
        note("endnote", 1),
        note("footnote", 1),
        note("footnote", 2),
        r("编号。"),
    )
    reading = read_docx("三.docx", a_docx(body, footnotes=["甲注。", "乙注。", "没有引用。"], endnotes=["丙注。"]))
    assert reading.text == "一、夜市的摊位编号。"
    assert reading.footnotes == ("乙注。", "丙注。", "甲注。")


def test_a_row_is_a_line_whose_cells_are_joined_by_tabs() -> None:
    body = table(["序号", "任务", "责任单位"], [cell(p(number=1)), cell("建平台，", "管平台。"), "市经信局\n市科技局"])
    assert lines(body, numbering=numbering([("decimal", "%1")])) == [
        "序号\t任务\t责任单位",
        "1\t建平台， 管平台。\t市经信局 市科技局",
    ]


def test_a_cell_that_is_merged_over_rows_is_said_in_each() -> None:
    body = table(
        ["领域", "任务", "责任单位"],
        [cell("交通", merged="restart"), "甲", cell("区科委", merged="restart")],
        [cell(merged="continue"), "乙", cell(merged="continue")],
        ["住房", "丙", "区建委"],
    )
    assert lines(body)[1:] == ["交通\t甲\t区科委", "交通\t乙\t区科委", "住房\t丙\t区建委"]


def test_a_cell_that_is_merged_over_columns_keeps_the_others_in_their_place() -> None:
    body = table(
        [cell("任务", merged="restart"), cell("单位", span=2), "时限"],
        [cell(merged="continue"), "牵头", "配合", ""],
        [cell("一、保障", span=4)],
        ["甲", cell("区科委", span=2), "2025年"],
    )
    assert lines(body) == ["任务\t单位\t单位\t时限", "任务\t牵头\t配合\t", "一、保障", "甲\t区科委\t\t2025年"]


def test_a_frame_of_one_cell_is_read_as_paragraphs() -> None:
    assert lines(table([cell("甲", "乙")])) == ["甲", "乙"]


def test_deleted_rows_and_cells_are_gone() -> None:
    gone = '<w:tr><w:trPr><w:del w:id="1"/></w:trPr>' + cell("旧") + cell("旧") + "</w:tr>"
    cut = "<w:tc><w:tcPr><w:cellDel/></w:tcPr>" + p("旧") + "</w:tc>"
    whole = table(["甲", "乙"]).replace("</w:tbl>", f"{gone}<w:tr>{cut}{cell('丙')}{cell('丁')}</w:tr></w:tbl>")
    assert lines(whole) == ["甲\t乙", "丙\t丁"]


def test_a_table_in_a_cell_stays_in_its_row() -> None:
    assert lines(table(["甲", cell(table(["乙", "丙"]))])) == ["甲\t乙 丙"]


def test_headers_and_footers_are_no_part_of_the_text() -> None:
    header = "<w:hdr xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:p><w:r><w:t>页眉</w:t></w:r></w:p></w:hdr>"
    assert read_docx("三.docx", a_docx(p("甲"), parts={"word/header1.xml": header})).text == "甲"


def document(words: str, head: str = "") -> bytes:
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    whole = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{main}"><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>'
    return a_docx(parts={"word/document.xml": whole})


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (a_docx(p("甲"))[:900], "File is not a zip file"),
        (a_docx(p("甲"), parts={"word/document.xml": "<w:document"}), ""),
        (a_docx(p("甲"), parts={"_rels/.rels": "<x/>"}), ""),
        (a_docx(p("甲"), parts={"word/document.xml": "<x/>"}), "it has no body"),
        (document("&a;", '<!DOCTYPE z [<!ENTITY a SYSTEM "file:///etc/hostname">]>'), "a document type"),
        (document("&b;", '<!DOCTYPE z [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'), "a document type"),
        (a_docx(parts={"word/media/x.bmp": b"\0" * (64 * 2**20 + 1)}), "more than 67,108,864 bytes when unpacked"),
        (document("</w:t></w:r></w:p>" + "<w:p/>" * 1_000_000 + "<w:p><w:r><w:t>"), "more than 1,000,000 elements"),
        (a_docx(parts={f"word/{number}.xml": "" for number in range(2_001)}), "more than 2,000 parts"),
        (document("<w:x>" * 5_000 + "</w:x>" * 5_000), ""),
    ],
    ids=["cut off", "broken XML", "no relationships", "another root", "an outside entity", "laughs", "a bomb", "elements",
         "parts", "nesting"],
)  # fmt: skip
def test_a_file_that_is_broken_or_hostile_is_refused_with_its_name(data: bytes, reason: str) -> None:
    with pytest.raises(
        UnreadableTextError, match=r"^三\.docx: no readable Word file \(.+\)\. Open it in Word or WPS"
    ) as error:
        read_docx("三.docx", data)
    assert reason in str(error.value)
    assert "\n" not in str(error.value)


def nested(outer: str, depth: int, inside: str) -> str:
    before, after = outer.split("|")
    return before * depth + inside + after * depth


_BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
_HOSTILE = {
    "tables in one another": a_docx(nested("<w:tbl><w:tr><w:tc>|</w:tc></w:tr></w:tbl>", 80, p("甲"))),
    "insertions in one another": a_docx(f"<w:p>{nested('<w:ins>|</w:ins>', 240, r('甲'))}</w:p>"),
    "boxes in one another": a_docx(
        nested("<w:p><w:r><w:pict><w:txbxContent>|</w:txbxContent></w:pict></w:r></w:p>", 60, p("甲"))
    ),
    "styles based on one another": a_docx(
        *(p("甲", style=f"s{number}") for number in range(1_000)),
        styles="".join(style(f"s{number}", based_on=f"s{number + 1}") for number in range(10_000)),
    ),
    "fields that never end": a_docx(f"<w:p>{_BEGIN * 20_000}{'<w:r><w:t>甲</w:t></w:r>' * 20_000}</w:p>"),
    "contents that never end": a_docx(
        f"<w:p>{_BEGIN.replace('</w:r><w:r>', '</w:r><w:r><w:instrText>TOC</w:instrText></w:r><w:r>') * 20_000}</w:p>",
        *(p("甲") for _ in range(10_000)),
        p("".join('<w:r><w:fldChar w:fldCharType="end"/></w:r>' for _ in range(20_000))),
    ),
    "notes": a_docx(p(*(note("footnote", number) for number in range(1, 10_000))), footnotes=["甲"] * 10_000),
    "lists of one kind": a_docx(
        p("甲", number=1),
        numbering="".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="1"/></w:num>' for n in range(20_000))
        + f'<w:abstractNum w:abstractNumId="1">{"<w:lvl/>" * 20_000}</w:abstractNum>',
    ),
    "merged cells": a_docx(table(*[[cell("甲", merged="continue"), cell("乙", span=10**9)]] * 5_000)),
}  # fmt: skip


@pytest.mark.parametrize("data", _HOSTILE.values(), ids=_HOSTILE)
def test_a_hostile_file_is_read_or_refused_in_bounded_time(data: bytes) -> None:
    with bounded(6.0), suppress(UnreadableTextError):
        read_docx("三.docx", data)
