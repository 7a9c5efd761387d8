from __future__ import annotations

import pytest

from corpus.readers.html import text_of_html
from corpus.readers.page_words import is_of_the_page


@pytest.mark.parametrize(
    "line",
    [
        "首页 > 政务公开 > 正文",
        "【打印】【关闭】",
        "分享到：微信 微博",
        "【字体：大 中 小】",
        "用户名 密码 登录 注册",
        "网站地图 | 联系我们 | 关于我们",
        "ICP备00000号",
        "网站标识码：3100000000",
        "主办：青川市人民政府 版权所有",
        "上一篇 下一篇",
        "浏览次数：32",
        "当前位置：首页 > 文件",
        "您现在的位置：首页 > 文件",
        "上一篇：别的通知",
        "× + -",
    ],
)
def test_what_a_page_prints_around_a_document_is_told(line: str) -> None:
    assert is_of_the_page(line)


@pytest.mark.parametrize(
    "line",
    [
        "一、打印机采购",
        "各单位登录系统后应当注册，",
        "附件：名单",
        "市大数据局",
        "联系电话：12345",
        "大型企业",
        "中小企业",
    ],
)
def test_a_line_of_the_document_is_kept(line: str) -> None:
    assert not is_of_the_page(line)


def test_a_short_page_is_its_document_without_menus_hidden_words_and_footer() -> None:
    page = """<style>.gone{color:red;display:none} #old{visibility:hidden}</style>
    <div><a>首页</a> <a>公开</a> <a>走进望海</a></div><h1>望海县数据办法</h1>
    <p>第一条 为了推动数据在
    线开放，制定本办法。</p><p class="note gone">第二条 旧的内容，已经删除。</p><p id="old">第三条 更旧的内容，已经删除。</p>
    <p style="font-size:0">第四条 看不见，</p><p>望海县人民政府</p><p>2022年9月1日</p>
    <div>【打印】【关闭】</div><div><a>上一篇：别的通知</a></div><ul><li><a>关于别的事的通知</a></ul><div>主办：望海县人民政府</div><div>网站地图</div>
    <div>地址：望海县中心路1号 邮编：100000</div>"""

    assert text_of_html(page).split("\n") == [
        "望海县数据办法",
        "第一条 为了推动数据在线开放，制定本办法。",
        "望海县人民政府",
        "2022年9月1日",
    ]
