"""Other texts that a document cites with their numbers: 《…三年行动计划》(沪府办〔2020〕38号)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.script import fold, simplify
from corpus.types import Document
from rag.messages import MESSAGES
from rag.statements.lines import own_clauses
from rag.statements.types import Statement

_CITED = re.compile(r"《(?P<title>[^《》]{4,80})》[(](?P<number>[^()]{4,40}?号)[^()]*[)]")


def cited_numbers(document: Document) -> Iterator[tuple[str, Statement]]:
    """(folded title, what is printed of its number) for each, annexes included."""
    for node in (*own_clauses(document), *(n for n in document.clauses if n.path.endswith("前言"))):
        for found in _CITED.finditer(fold(node.text)):
            title, number = (simplify(node.text[slice(*found.span(name))]) for name in ("title", "number"))
            says = MESSAGES["cites"].format(cited=title, number=number)
            yield found["title"], Statement(("number",), "line", node, *found.span(), says)
