"""What a document's own front says about it, each fact with the printed words it rests on."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.facts import facts_of
from corpus.front_lines import is_addressees
from corpus.repeal import repeal_of
from corpus.script import fold, simplify
from corpus.types import Document, Node
from rag.messages import MESSAGES
from rag.phrases import short_title, topic_of
from rag.types import Evidence

Fact = tuple[str, list[Evidence]]
_BASIS = re.compile(
    r"(?:根据|落实|依据|按照|贯彻)[^。《]{0,12}((?:《[^》]{1,200}》[、和及以与]{0,2}(?:[((][^()()]{0,24}[))])?[、和及以与]{0,2})+)"
)


def title_line(document: Document) -> Evidence:
    """The document's title as printed."""
    return _line_with(_front(document), document.metadata.title)


def _front(document: Document) -> Node:
    return next((node for node in document.clauses if node.path.endswith("标题")), document.clauses[0])


def _line_with(node: Node, words: str | None) -> Evidence:
    """The printed line of the front that holds `words`; the title line where there are none."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", node.text) if m[0].strip()]
    chosen = next((span for span in lines if words and fold(words) in fold(node.text[slice(*span)])), lines[-1])
    words_here = node.text[slice(*chosen)]
    lead = len(words_here) - len(words_here.lstrip())
    return Evidence(node, chosen[0] + lead, chosen[0] + len(words_here.rstrip()))


def _number(document: Document) -> Fact:
    value = document.metadata.document_number
    title = short_title(document)
    key = "document_number" if value else "not_printed"
    return MESSAGES[key].format(title=title, value=value, what="文号"), [_line_with(_front(document), value)]


def _issued(document: Document) -> Fact:
    metadata, title = document.metadata, short_title(document)
    front = _front(document)
    day = metadata.issued_on
    printed = f"{day.year}年{day.month}月{day.day}日" if day else None
    known = [words for words in (metadata.issuer, printed) if words]
    if metadata.issuer and printed:
        text = MESSAGES["issuer_and_date"].format(title=title, issuer=metadata.issuer, date=printed)
    elif known:
        missing = "印发日期" if metadata.issuer else "印发机关"
        text = MESSAGES["issuer" if metadata.issuer else "issued_on"].format(title=title, value=known[0])
        text += f"，文本未载明{missing}"
    else:
        text = MESSAGES["not_printed"].format(title=title, what="印发机关和日期")
    return text, [_sign_off(front, printed) if printed else _line_with(front, metadata.issuer)]


def _sign_off(front: Node, printed: str) -> Evidence:
    """The date's line with the issuer's above it."""
    date_line = _line_with(front, printed)
    above = front.text[: date_line.start].rstrip()
    start = above.rfind("\n") + 1
    lead = len(front.text[start:]) - len(front.text[start:].lstrip())
    is_issuer = 0 < len(above) - start <= 40
    return Evidence(front, start + lead if is_issuer else date_line.start, date_line.end)


def _addressees(document: Document) -> Fact:
    front, title = _front(document), short_title(document)
    lines = [line.strip() for line in front.text.splitlines()]
    found = next((line for line in lines if is_addressees(line)), None)
    if found is None:
        return MESSAGES["not_printed"].format(title=title, what="印发对象"), [_line_with(front, None)]
    value = simplify(found).rstrip(":：")
    return MESSAGES["addressees"].format(title=title, value=value), [_line_with(front, found)]


def implements(document: Document, part: str = "") -> Fact:
    """What the document, or one of its annexes, says it is made to carry out."""
    mark = document.node(f"{part}/标题") if part else None
    title = simplify(mark.text.split("\n")[-1].strip()) if mark else short_title(document)
    for node in document.clauses:
        if not node.path.endswith("前言") or (part and not node.path.startswith(f"{part}/")):
            continue
        for sentence in re.finditer(r"[^。\n]+[。\n:：]?", node.text):
            if found := _BASIS.search(simplify(sentence[0])):
                quote = Evidence(node, sentence.start(), sentence.start() + len(sentence[0].rstrip()))
                return MESSAGES["implements"].format(title=title, value=found[1].rstrip("、和及以与")), [quote]
    return MESSAGES["not_printed"].format(title=title, what="制定依据"), [_line_with(mark or _front(document), None)]


def _period(document: Document) -> Fact:
    title, period = short_title(document), document.metadata.period
    if period is None:
        return MESSAGES["not_printed"].format(title=title, what="实施期"), [_line_with(_front(document), None)]
    holder = next((n for n in document.clauses if fold(period.basis) in fold(n.text)), _front(document))
    start = fold(holder.text).find(fold(period.basis))
    text = MESSAGES["period"].format(title=title, value=period.basis.strip("()（）"))
    return text, [Evidence(holder, max(start, 0), max(start, 0) + len(period.basis))]


def _still_valid(document: Document) -> Fact:
    if said := _repealed(document):
        return said
    text, found = _period(document)
    return f"{text}，{MESSAGES['period_now']}", found


def _repealed(document: Document) -> Fact | None:
    """That the document no longer holds, by the line of its page that says so."""
    metadata, front, title = document.metadata, _front(document), short_title(document)
    if not (metadata.repealed or metadata.repealed_on):
        return None
    printed = next((line for line in front.text.splitlines() if repeal_of(facts_of([line]))), metadata.title)
    if day := metadata.repealed_on:
        text = MESSAGES["repealed_on"].format(title=title, day=f"{day.year}年{day.month}月{day.day}日")
    else:
        text = MESSAGES["repealed_now"].format(title=title)
    return text, [_line_with(front, printed)]


def _annexes(document: Document) -> Fact:
    title = short_title(document)
    marks = [n for n in document.nodes if n.path.endswith("/标题") and not n.path.startswith("正文")]
    listed = next((n for n in document.clauses if n.path.endswith("附件清单")), None)
    if not marks:
        return MESSAGES["not_printed"].format(title=title, what="附件"), [_line_with(_front(document), None)]
    names = "；".join(n.label.split(" > ")[0] for n in marks)
    quoted = listed or marks[0]
    return (
        MESSAGES["annexes"].format(title=title, count=len(marks), value=names),
        [Evidence(quoted, 0, len(quoted.text))],
    )


def _parts(document: Document) -> Fact:
    title = short_title(document)
    annexed = any(n.path.startswith("正文/") for n in document.nodes)
    top = [
        n
        for n in document.nodes
        if n.parent is None
        and n.path.count("/") == annexed
        and (not annexed or n.path.startswith("正文/"))
        and re.match("[一二三四五六七八九十第]", n.path.split("/")[-1])
    ]
    names = "；".join(f"{topic_of(n)}" for n in top)
    text = MESSAGES["parts"].format(title=title, part="正文" if annexed else "", count=len(top), value=names)
    return text, [_line_with(_front(document), None)]


READERS: dict[str, Callable[[Document], Fact]] = {
    "document_number": _number,
    "addressees": _addressees,
    "issued": _issued,
    "implements": implements,
    "still_valid": _still_valid,
    "period": _period,
    "annexes": _annexes,
    "parts": _parts,
}
