"""How a document is made up: its annexes and its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.types import Document
from rag.messages import MESSAGES
from rag.phrases import topic_of
from rag.statements.lines import front_of, lines_of
from rag.statements.types import Statement
from rag.titles import is_annex

_ITEM = re.compile(r"^(?:附件)?[:：]?\s*\d{0,2}[.．、]?\s*")
_NUMBERED = re.compile("[一二三四五六七八九十]|第[^条]+$")  # a heading, and no article


def annexes(document: Document) -> Iterator[Statement]:
    """By the list below the text, else by the annexes that are there."""
    listed = next((node for node in document.clauses if node.path.endswith("附件清单")), None)
    if listed:
        names = [_ITEM.sub("", listed.text[start:end].strip()) for start, end in lines_of(listed)]
        clause = listed
    else:
        marks = [node for node in document.nodes if node.path.endswith("/标题") and is_annex(node)]
        names = [node.label.split(" > ")[0] for node in marks]
        clause = marks[0] if marks else front_of(document)
    names = [name for name in names if name]
    if names:
        says = MESSAGES["has_annexes"].format(count=len(names), value="；".join(names))
        yield Statement(("annexes",), "list", clause, 0, len(clause.text), says, ("附件",))


def parts(document: Document) -> Iterator[Statement]:
    """The headings of the first rank."""
    front = front_of(document)
    annexed = any(node.path.startswith("正文/") for node in document.nodes)
    top = [
        node
        for node in document.nodes
        if node.parent is None
        and node.path.count("/") == annexed
        and (not annexed or node.path.startswith("正文/"))
        and _NUMBERED.match(node.path.split("/")[-1])
    ]
    rows = list(lines_of(front))
    if top and rows:
        says = MESSAGES["has_parts"].format(
            part="正文" if annexed else "", count=len(top), value="；".join(topic_of(node) for node in top)
        )
        yield Statement(("parts",), "list", front, *rows[-1], says)
