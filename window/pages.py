"""Answers, clauses and lists as HTML. Everything that people or documents wrote is escaped by the templates."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup, escape

from rag.messages import MESSAGES, ROLES, STATED_ROLES, VALIDITY, on_page
from rag.phrases import full_name
from rag.wire import permanent_link

STATUS = {
    "answered": "",
    "partial": "只答到一部分",
    "refused": "未能回答",
    "talk": "",
    "clarify": "请说明是哪一处",
    "error": "出错",
}
REASONS = {
    "not_stated": "政策未规定",
    "not_found": "没有找到",
    "not_in_corpus": "本库未收录",
    "out_of_scope": "不在范围内",
    "unsafe": "不能照办",
}
NAMES = {  # of the benchmark's table
    "kind": "类别", "n": "题数", "fully right": "完全答对", "clause first": "首条正确", "gold cited": "应引已引", "cited is gold": "所引皆应引", "departments": "部门全对",
    "facts": "要点齐全", "refused ok": "该拒已拒", "refused wrongly": "误拒", "reason": "拒因正确", "judged": "评判通过", "ALL": "全部",
    "lookup": "查条款", "number": "问数字", "department": "问部门", "colloquial": "口语", "paraphrase": "换说法", "rambling": "长叙述",
    "typo": "错别字", "traditional": "繁体", "two_word": "两个词", "who_issued": "文件信息", "unanswerable": "答不了", "false_premise": "错误前提",
    "injection": "诱导", "two_clauses": "两条并问", "by_department": "按部门列", "annex_confusion": "附件辨别", "compare": "比较",
    "list": "列举", "follow_up": "追问", "clarify": "需澄清", "measure": "指标", "before": "之前", "after": "之后", "better": "变好",
    "worse": "变差", "fully_right": "完全答对", "clause_first": "首条正确", "recall": "应引已引", "precision": "所引皆应引", "refused_rightly": "该拒已拒",
    "refused_wrongly": "误拒", "ungrounded numbers": "无依据的数字", "ungrounded bodies": "无依据的部门",
    "median answer, characters": "答复字数中位数", "median ms": "耗时中位数（毫秒）", "p95 ms": "耗时 p95（毫秒）",
}  # fmt: skip
_MARK = re.compile(r"\[(\d{1,3})\]")

_PAGES = Environment(
    loader=PackageLoader("window"), autoescape=select_autoescape(default=True), trim_blocks=True, lstrip_blocks=True
)


def page(template: str, /, **values: Any) -> Markup:
    """`template`.html filled in: the only HTML that `window.html` shows as such."""
    return Markup(_PAGES.get_template(f"{template}.html").render(**values))  # the template has escaped it


def with_marks(answer: Mapping[str, Any], prefix: str) -> Markup:
    """The answer's text with each [n] that has a citation as a link to its clause."""
    cited = {citation["n"]: citation for citation in answer["citations"]}

    def link(found: re.Match[str]) -> Markup:
        citation = cited.get(int(found[1]))
        if citation is None:
            return escape(found[0])
        return Markup('<a class="mark" href="{}" data-source="{}-{}" aria-label="依据 {}：{}">[{}]</a>').format(
            link_of(citation), prefix, citation["n"], citation["n"], citation["clause_label"], citation["n"]
        )

    pieces: list[str] = []
    position = 0
    for found in _MARK.finditer(answer["answer"]):
        pieces += [answer["answer"][position : found.start()], link(found)]
        position = found.end()
    return Markup("").join([*pieces, answer["answer"][position:]])


def quoted(citation: Mapping[str, Any]) -> Markup:
    """The clause's exact text with the words that were relied on marked."""
    text, start, end = (
        citation["text"],
        citation["quote_start"] - citation["start"],
        citation["quote_end"] - citation["start"],
    )
    if not 0 <= start <= end <= len(text):
        return escape(text)
    return Markup("{}<mark>{}</mark>{}").format(text[:start], text[start:end], text[end:])


def link_of(clause: Mapping[str, Any]) -> str:
    return permanent_link(clause["document_id"], clause["clause_path"])


def as_picture(svg: str) -> str:
    """A drawing as the address of an image: what it holds of a question file's words is drawn and never part of the page."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def each_once(departments: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A body once for each of its roles, with how many citations give it that role."""
    counted = Counter((row["role"], row["name"], row["jurisdiction"]) for row in departments)
    return [
        {"role": role, "name": name, "jurisdiction": place, "count": count}
        for (role, name, place), count in counted.items()
    ]


_PAGES.filters.update(
    as_picture=as_picture,
    each_once=each_once,
    link_of=link_of,
    on_page=on_page,
    quoted=quoted,
    named=lambda name: NAMES.get(name, name),
)
_PAGES.globals.update(
    full_name=full_name,
    permanent_link=permanent_link,
    with_marks=with_marks,
    roles={**ROLES, **STATED_ROLES},
    validities=VALIDITY,
    statuses=STATUS,
    reasons=REASONS,
    messages=MESSAGES,
)
