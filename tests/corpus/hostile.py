"""Texts that were written to keep a reader busy, by name: each grows with `size`, in characters."""

from __future__ import annotations

from collections.abc import Callable

_Grow = Callable[[int], str]


def _many(piece: str, before: str = "", after: str = "") -> _Grow:
    return lambda size: before + piece * (size // len(piece)) + after


def _numbered(form: str) -> _Grow:
    """A line for each number, so that no two are alike."""

    def grow(size: int) -> str:
        rows, length, number = [], 0, 0
        while length < size:
            number += 1
            rows.append(form.format(number))
            length += len(rows[-1])
        return "".join(rows)

    return grow


TEXTS: dict[str, _Grow] = {
    "one long line": _many("国"),
    "one long line of Latin": _many("a"),
    "a long title": _many("关于印发办法", "", "的通知\n一、甲。\n"),
    "many short lines": _many("甲\n"),
    "many empty lines": _many("\n", "甲"),
    "many carriage returns": _many("\r", "甲"),
    "round brackets that never close": _many("("),
    "full-width brackets that never close": _many("（", "一、甲"),
    "square brackets that never close": _many("〔", "一、甲"),
    "lenticular brackets that never close": _many("【", "一、甲"),
    "title marks that never close": _many("《", "一、甲"),
    "quotation marks that never close": _many("“", "一、甲"),
    "title marks that never open": _many("》", "一、甲"),
    "brackets that never opened": _many("）", "一、甲"),
    "nested brackets": lambda size: "一、甲" + "（" * (size // 2) + "）" * (size // 2),
    "pairs of brackets": _many("（）", "一、甲"),
    "brackets of roles that never close": _many("（责任部门：", "一、甲。"),
    "labels of roles": _many("责任部门：", "一、甲。（"),
    "closed brackets of roles": _many("（责任部门：区科委）", "一、甲。"),
    "many bodies": _many("区科委、", "一、甲。（责任部门：", "）"),
    "other bodies each": lambda size: "一、甲。（责任部门：" + _numbered("区{}科委、")(size) + "）",
    "bodies told to in running text": lambda size: "一、甲。" + _numbered("由区{}科委牵头。")(size),
    "由 again and again": _many("由区科委会同", "一、"),
    "由 alone": _many("由", "一、"),
    "会同 alone": _many("会同", "一、"),
    "各单位 in a row": _many("各单位、", "一、"),
    "单位 in a row": _many("、单位", "一、各单位"),
    "body after body": _many("区科委", "一、由"),
    "bodies joined by 和": _many("区科委和", "一、由"),
    "等部门": _many("等部门", "一、由"),
    "commas": _many("、", "一、甲"),
    "stops": _many("。", "一、甲"),
    "run-in titles": _many("做好工作。抓紧。", "一、"),
    "一是": _many("一是做好，", "一、"),
    "labels on one line": _many("一、"),
    "bracketed labels on one line": _many("（一）"),
    "bracketed labels with spaces": _many("（一） "),
    "labels with spaces": _many("一、甲。 "),
    "numbers with points": _many("1."),
    "numbers with points and spaces": _many("1. "),
    "articles on one line": _many("第一条"),
    "articles with spaces": _many("第一条 甲。 "),
    "lines of one label": _many("一、甲\n"),
    "lines of one nested label": _many("（一）甲\n", "一、乙\n"),
    "lines of one article": _many("第一条 甲。\n"),
    "lines of one deep label": _many("一、甲\n（一）乙\n1. 丙\n（1）丁\n①戊\n"),
    "lines of other articles": _numbered("第{}条 甲。\n"),
    "numerals": _many("一"),
    "a long numeral": _many("一", "第", "条 甲。\n"),
    "a long numeral with units": _many("百", "第", "条 甲。\n"),
    "digits": _many("1"),
    "a number with many digits": _many("9", "第", "条 甲。\n"),
    "a list of annexes": _numbered("附件{}：甲\n"),
    "annexes alike": _many("附件1\n甲\n", "甲\n"),
    "annexes each": _numbered("附件{}\n甲\n"),
    "annex after annex": _many("附件1-", "甲\n"),
    "annex marks without words": _many("附件\n", "甲\n"),
    "tables of contents": _many("目录\n第一章 甲\n", "甲\n"),
    "目录 alone": _many("目录\n", "甲\n"),
    "organs above a date": lambda size: "甲\n" + "区政府\n" * (size // 4) + "2020年1月1日\n",
    "dates": _many("2020年1月1日\n", "甲\n"),
    "years": _many("2020年", "一、自"),
    "titles": _many("关于办法的通知\n"),
    "addressees": _many("各单位", "办法\n", "：\n一、甲。\n"),
    "a title in brackets": _many("(试行)", "办法", "\n一、甲。"),
    "places in a row": _many("上海市", "", "办法\n一、甲。"),
    "spaces": _many(" ", "一、甲", "乙"),
    "spaces before the end of lines": _many("甲" + " " * 50 + "\n", "一、"),
    "tabs": _many("\t", "一、甲", "乙"),
    "ideographic spaces": _many("\u3000", "一、甲", "乙"),
    "words with spaces between": _many("甲 ", "一、"),
    "zero-width spaces": _many("\u200b", "一、甲", "乙"),
    "no-break spaces": _many("\u00a0", "一、甲", "乙"),
    "combining characters": _many("\u0301", "一、甲"),
    "private characters": _many("\ue000", "一、甲"),
    "characters of other planes": _many("𠮷", "一、"),
    "ligatures that NFKC makes long": _many("\ufdfa", "一、"),
    "circled numbers": _many("①"),
    "circled numbers in lines": _many("①甲\n", "一、乙\n"),
    "hyphens": _many("-a", "a"),
    "number signs": _many("#", "", " 甲\n"),
    "asterisks": _many("*", "", "甲\n"),
    "every line a 文号": _many("沪府发〔2020〕1号\n"),
    "a 文号 that never ends": _many("沪府发〔2020〕", "办法\n"),
    "nulls": _many("\0", "一、甲"),
    "form feeds": _many("甲\f", "一、"),
    "line separators": _many("甲\u2028", "一、"),
    "traditional characters": _many("會同區科委協調、整合", "一、"),
    "协调、整合": _many("协调、整合", "一、"),
    "办公室设在": _many("办公室设在", "一、"),
    "the same top of decimals": _many("2. 丙\n", "规范\n1 甲\n1.1 乙\n"),
    "questions and answers": _many("问：甲\n答：乙\n"),
    "page numbers": _many("— 1 —\n甲乙丙丁戊己庚辛\n", "一、甲\n"),
    "rules of tables": _many("|---", "一、甲\n"),
    "offices of a colophon": _many("抄送：甲，\n", "一、甲\n"),
    "lists of annexes": _many("附件：\n1.甲\n", "甲\n"),
    "contents with leaders": _many("一、甲……1\n", "甲\n目录\n"),
    "wrapped lines": _many("停放车辆违反规定，并且属于本办法\n第九条情形的，由市交管局处理；属于其他法规\n"),
    "a label of blanks and numerals": _many(" 一", "第", "条"),
}

PAGES: dict[str, _Grow] = {
    "attributes that never close": _many("<a href='"),
    "comments that never close": _many("<!--"),
    "comments": _many("<!---->"),
    "ampersands": _many("&"),
    "entities that never end": _many("&amp"),
    "numeric entities": _many("&#1"),
    "a long numeric entity": _many("1", "&#", ";"),
    "nested blocks": _many("<div>", "", "甲"),
    "nested words": _many("<b>", "", "甲"),
    "formatting that is never closed": _many("<p><b><i><font>甲"),
    "links in links": _many("<a>甲"),
    "nested tables": _many("<table><tr><td>", "", "甲"),
    "tables without rows": _many("<table>甲"),
    "marked sections that never close": _many("<![CDATA["),
    "declarations that never close": _many("<!"),
    "processing instructions that never close": _many("<?"),
    "tags that never close": _many("<a "),
    "less-than signs": _many("<"),
    "closing tags": _many("</p>", "甲"),
    "closing tags that never end": _many("</"),
    "scripts that never close": _many("<script>", "甲"),
    "attributes": _many(" a='1'", "<p", ">甲</p>"),
    "other attributes each": lambda size: "<p" + _numbered(" a{}='1'")(size) + ">甲</p>",
    "quotation marks": _many('"', "<a b="),
    "a tag's long name": _many("a", "<", ">甲"),
    "options": _many("<select><option>甲"),
    "titles": _many("<title>甲"),
    "templates": _many("<template>", "甲"),
    "frames": _many("<svg><math>", "甲"),
    "blank blocks": _many("<p> </p>\n", "甲"),
    "spaces in a block": _many(" ", "<p>甲", "\n乙</p>"),
    "line ends in a block": _many("\r\n", "<p>甲", "乙</p>"),
}
