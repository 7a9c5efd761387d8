"""What a document's first lines and its last say of it: the page's table, titles, number, addressees, sign-off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.facts import facts_in
from corpus.front_lines import is_addressees, is_date, is_number, is_order, is_organ
from corpus.issuers import organs_of_title
from corpus.script import simplify
from corpus.types import Document, Node
from rag.messages import MESSAGES
from rag.reading.kinds import FactName
from rag.statements.lines import Span, front_of, lines_of, offices_in, squeezed
from rag.statements.types import Form, Statement

_ROWS: dict[str, tuple[FactName, Form]] = {
    "issuer": ("issuer", "row"),
    "source": ("issuer", "source"),
    "number": ("number", "row"),
    "dated": ("issued_on", "row"),
    "published": ("issued_on", "posted"),
    "from": ("validity", "row"),
    "to": ("validity", "row"),
    "until": ("validity", "row"),
    "repealed": ("validity", "row"),
    "state": ("validity", "row"),
}
_ENDS = ("to", "until", "repealed")
_PLAIN_LABEL = re.compile("^(?:信息|文章)|(?:日期|时间|机关|机构|单位|字号)$")
_NEXT_LABEL = re.compile(r"[\s\u3000]+[一-鿿]{2,6}[:：].*$")
_PERSON = re.compile(r"((?:[一-鿿]\s*){1,6}(?:长|任))\s*[:：\s]\s*((?:[一-鿿]\s*){2,6})")
_SIGNED = ("落款", "签署")
_PUBLISHED = ("公布", "发布")  # what a decree's own day is the day of
_MOST_ORGANS = 4  # lines above the day


def page_rows(document: Document) -> Iterator[Statement]:
    """发文机关：国务院, 发表时间：2026-06-25 16:00: of one label the first."""
    front, seen = front_of(document), set()
    for start, end in lines_of(front):
        for fact, label, printed in facts_in(front.text[start:end]):
            value = _NEXT_LABEL.sub("", printed)
            if not value or fact not in _ROWS or label in seen:
                continue
            seen.add(label)
            name, form = _ROWS[fact]
            if fact == "issuer" and not _issues(value, document):
                form = "source"
            at = front.text.find(value, start, end)
            yield Statement(
                (name,), form, front, start, (at + len(value)) if at >= 0 else end,
                MESSAGES["labelled"].format(label=label, value=simplify(value)),
                (_PLAIN_LABEL.sub("", label),), offices_in(value) if name == "issuer" else (), ends=fact in _ENDS,
            )  # fmt: skip


def _issues(value: str, document: Document) -> bool:
    """Whether the page's office is the one that the text itself gives; a page may show another office's text."""
    own = document.metadata.issuer
    return own is None or squeezed(value) in squeezed(own) or squeezed(own) in squeezed(value)


def title_lines(document: Document) -> Iterator[Statement]:
    """The title, which may begin with those who issue it."""
    front, metadata = front_of(document), document.metadata
    for title in filter(None, (metadata.notice_title, metadata.title)):
        span = _printed(front, title)
        if span is None:
            continue
        organs = organs_of_title(simplify(title).lstrip("（）()转载"))
        if organs:
            says = MESSAGES["issuer_of_title"].format(value="、".join(organs))
            yield Statement(("issuer",), "title", front, *span, says, bodies=organs)
    if span := _printed(front, metadata.title):
        yield Statement(("title",), "title", front, *span, MESSAGES["titled"].format(value=simplify(metadata.title)))


def _printed(node: Node, title: str) -> Span | None:
    """Where the title stands, on one line or several; its last printing."""
    wanted = squeezed(title)
    rows = list(lines_of(node))
    for first in range(len(rows) - 1, -1, -1):
        words = ""
        for start, end in rows[first:]:
            words += squeezed(node.text[start:end].lstrip("# "))
            if words == wanted:
                return rows[first][0], end
            if not wanted.startswith(words):
                break
    return next((row for row in rows if wanted in squeezed(node.text[slice(*row)])), None)


def number_lines(document: Document) -> Iterator[Statement]:
    """The number on a line of its own, or in two as a decree's: 临山市人民政府令, 第12号."""
    front, number = front_of(document), document.metadata.document_number
    rows = list(lines_of(front))
    for place, (start, end) in enumerate(rows):
        line = front.text[start:end]
        following = front.text[slice(*rows[place + 1])] if place + 1 < len(rows) else ""
        if is_number(line):
            yield _number(front, start, end, line)
        elif is_order(line) and is_order(following) and squeezed(following).startswith(("第", "(第")):
            yield _number(front, start, rows[place + 1][1], line + following)
        elif number and squeezed(number) in squeezed(line):
            yield _number(front, start, end, number)
        else:
            continue
        return


def _number(front: Node, start: int, end: int, value: str) -> Statement:
    says = MESSAGES["number_printed"].format(value=re.sub(r"\s", "", simplify(value)))
    return Statement(("number",), "line", front, start, end, says)


def addressee_lines(document: Document) -> Iterator[Statement]:
    """The line that ends in a colon, above the text."""
    front = front_of(document)
    for start, end in lines_of(front):
        line = front.text[start:end]
        if is_addressees(line) and next(facts_in(line), None) is None:
            value = simplify(line).rstrip(":：")
            names = tuple(filter(None, re.split("[，,；;]", value)))
            says = MESSAGES["addressed"].format(value=value)
            yield Statement(("addressees",), "line", front, start, end, says, bodies=names, role="addressed")
            return


def sign_offs(document: Document) -> Iterator[Statement]:
    """Who signs below the text, or below the notice that issues it, and the day."""
    front = front_of(document)
    endings = [node for node in document.clauses if node.path.endswith("落款")]
    is_decree = any(is_order(front.text[start:end]) for start, end in lines_of(front))
    for node in (front, *endings):
        rows = list(lines_of(node))
        for place, (start, end) in enumerate(rows):
            if is_date(node.text[start:end]) and (place or node is not front):
                yield from _sign_off(node, rows, place, is_decree)
                return


def _sign_off(node: Node, rows: list[Span], place: int, is_decree: bool) -> Iterator[Statement]:
    start, end = rows[place]
    printed = node.text[start:end].strip("()（）")
    marks = _SIGNED + (_PUBLISHED if is_decree else ())
    first = place
    while first and place - first < _MOST_ORGANS:
        line = node.text[slice(*rows[first - 1])]
        if person := _PERSON.fullmatch(line):
            title, name = (re.sub(r"\s", "", group) for group in person.groups())
            says = MESSAGES["signed_by"].format(title=title, name=name)
            yield Statement(("issuer",), "person", node, *rows[first - 1], says, (title,))
        elif not is_organ(line):
            break
        first -= 1
    yield Statement(
        ("issued_on",), "sign_off", node, rows[first][0], end, MESSAGES["dated"].format(date=printed), marks
    )
    organs = tuple(name for row in rows[first:place] for name in offices_in(node.text[slice(*row)]))
    if organs:
        says = MESSAGES["signed"].format(issuer="、".join(organs))
        yield Statement(("issuer",), "sign_off", node, rows[first][0], end, says, marks, organs)
        says = MESSAGES["signed_on"].format(issuer="、".join(organs), date=printed)
        yield Statement((), "signed", node, rows[first][0], end, says, (), organs)
