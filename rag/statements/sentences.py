"""What a document's sentences say of it: since and until when it holds, what it replaces and rests on, who explains it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from corpus.dates import day_of
from corpus.periods import says_period
from corpus.script import fold, simplify
from corpus.types import Document, Node
from rag.messages import MESSAGES
from rag.phrases import unlabelled
from rag.statements.lines import front_of, own_clauses, sentences_in
from rag.statements.types import Statement

_OWN = re.compile("^(?:本|自|有效期|试行期|此前)|现予(?:公布|发布)|本[一-鿿]{2,6}(?:自|从|由|有效)")
_PERIOD_WORDS = re.compile("施行|实施|生效|执行|试行|实行|有效期|失效")
_REPEALS = re.compile("《[^》]+》[^。]*?(?:废止|(?:同时|即行)(?:停止执行|失效))")
_EXPLAINS = re.compile(
    "由(?P<who>[^,。;]{2,40}?)负责(?:具体)?解释|解释权(?:归|属于?)(?P<owner>[^,。;]{2,40}?)(?:所有)?[,。;]"
)
_CONTACT = re.compile(
    "(?:问题|疑问|情况|意见|建议)[^。]{0,16}?(?:请|可)?径?[向与同](?P<who>[^,。;]{2,30}?)(?P<act>反映|反馈|联系|报告)"
)
_LINE = re.compile("(?:联系人|联系电话|联系方式|咨询电话|联系单位)[:：].{2,80}")
_RESTS_ON = re.compile("(?:根据|依据|依照|按照|遵照|贯彻|落实)[^。《]{0,24}《[^》]+》[^。]*")
_MADE = re.compile("制定|制订|修订|编制|提出|通知如下|公告如下|意见如下|[:：]$")
_JOINED = re.compile("会同|商|和|与|、|及")
_OPENING = 4  # clauses in which a document says what it rests on


def closing_sentences(document: Document) -> Iterator[Statement]:
    """Period, repeals, explanation and contact, each sentence that prints one of them."""
    for node in own_clauses(document):
        for start, end in sentences_in(node):
            words = unlabelled(node.text[start:end])
            folded = fold(words)
            says = MESSAGES["printed"].format(value=simplify(words).rstrip("。"))
            if _OWN.search(folded) and (period := says_period(folded)):
                marks = tuple(dict.fromkeys(_PERIOD_WORDS.findall(period)))
                ends = "有效期" in marks or (day_of(period) is not None and "至" in period)
                yield Statement(("validity",), "sentence", node, start, end, says, marks, ends=ends)
            if _REPEALS.search(folded):
                yield Statement(("repeals",), "sentence", node, start, end, says, ("废止", "停止执行"))
            if found := _EXPLAINS.search(folded):
                at = found.span("who") if found["who"] else found.span("owner")
                yield Statement(
                    ("contact",),
                    "sentence",
                    node,
                    start,
                    end,
                    says,
                    ("解释",),
                    _names(words[slice(*at)]),
                    "interpreting",
                )
            if found := _CONTACT.search(folded):
                yield Statement(
                    ("contact",), "sentence", node, start, end, says, (found["act"],), _names(words[slice(*found.span("who"))]),
                    "contact",
                )  # fmt: skip


def stated_period(document: Document) -> Iterator[Statement]:
    """The period as the document's own file gives it, where its words stand in the text: (2021-2025年) of a title."""
    period = document.metadata.period
    words = fold(period.basis) if period else ""
    holder = next((node for node in document.clauses if words and words in fold(node.text)), None)
    if period and holder:
        start = fold(holder.text).find(words)
        says = MESSAGES["period_of"].format(value=period.basis.strip("()（）"))
        yield Statement(
            ("validity",),
            "list",
            holder,
            start,
            start + len(words),
            says,
            ("实施期", "有效期"),
            ends=period.end is not None,
        )


def _names(words: str) -> tuple[str, ...]:
    return tuple(name for name in (simplify(row).strip() for row in _JOINED.split(words)) if name)


def basis_sentences(document: Document, part: str = "") -> Iterator[Statement]:
    """Of the opening clauses (of one annex, where `part` is given) what names the texts it is made by; the best first."""
    clauses = [n for n in document.clauses if n.path.startswith(f"{part}/")] if part else own_clauses(document)
    front = front_of(document)
    rows = [row for node in islice((n for n in clauses if n is not front), _OPENING) for row in _basis(node)]
    return iter(sorted(rows, key=lambda row: not row.ends))


def _basis(node: Node) -> Iterator[Statement]:
    for start, end in sentences_in(node):
        text = node.text[start:end]
        if found := _RESTS_ON.search(fold(text)):
            says = MESSAGES["printed"].format(value=simplify(text[found.start() :]).rstrip("。:："))
            is_made = bool(_MADE.search(fold(text)))
            yield Statement(("basis",), "sentence", node, start, end, says, ("根据", "依据"), ends=is_made)
