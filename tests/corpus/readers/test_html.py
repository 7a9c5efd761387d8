"""Of a web page the document, without what surrounds it; nothing of the document lost."""

from __future__ import annotations

from corpus.readers.html import text_of_html

ARTICLE = "".join(f"<p>第{n}条　夜市的摊位，由市场管理部门统一编号，并向社会公布。</p>" for n in "一二三四五六") * 2
PAGE = f"""<html><head><title>青石市夜市管理办法 - 青石市人民政府门户网站</title>
<meta name="PubDate" content="2021-03-02 10:00"><meta name="SiteName" content="青石市人民政府"></head><body>
<div><ul><li><a href="/">首页</a></li><li><a href="/x">政务公开</a></li></ul><p>您当前的位置：首页 > 政策，文件</p></div>
<table><tr><td>发文机关：</td><td>青石市人民政府</td><td>文号：</td><td>青政发〔2021〕3号</td></tr></table>
<div style="display:none">青石市夜市管理办法，隐藏的一份。</div>
<div id="content"><p>青石市夜市</p><p>管理办法</p>{ARTICLE}<p>分享到</p></div>
<div>版权所有：青石市人民政府，网站地图</div></body></html>"""


def test_title_facts_and_content_are_kept_and_the_rest_is_gone() -> None:
    lines = text_of_html(PAGE).split("\n")
    assert lines[:4] == [
        "发文机关：青石市人民政府",
        "文号：青政发〔2021〕3号",
        "发布日期：2021-03-02",
        "网站名称：青石市人民政府",
    ]
    assert lines[4:6] == ["青石市夜市", "管理办法"]
    assert len([line for line in lines if line.startswith("第")]) == 12
    assert not [line for line in lines if any(word in line for word in ("首页", "分享", "版权", "隐藏"))]


def test_a_title_that_only_the_page_has_stands_first() -> None:
    page = PAGE.replace("<p>青石市夜市</p><p>管理办法</p>", "")
    assert text_of_html(page).split("\n")[0] == "青石市夜市管理办法"


def test_where_all_that_is_prose_is_hidden_it_is_the_document() -> None:
    page = f"<body><p>首页</p><div style='display:none'>{ARTICLE}</div></body>"
    assert text_of_html(page).count("第") == 12


def test_no_blank_stays_where_the_source_broke_a_line() -> None:
    assert text_of_html("<p>夜市的\n  摊位由部门\r\n统一编号</p>") == "夜市的摊位由部门统一编号"


def test_unclosed_and_stray_tags_lose_no_words() -> None:
    assert text_of_html("<div><p>甲，一<div>乙，二</p></b></span>丙，三<br>丁，四") == "甲，一\n乙，二丙，三\n丁，四"
