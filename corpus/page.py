"""A web page -> its words. One pass of the tokenizer, no tree: linear in the page's length, however it is nested."""

from __future__ import annotations

import re

from lxml import etree

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "tr",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "title",
        "section",
        "article",
        "ul",
        "ol",
        "dt",
        "dd",
        "hr",
    ]
)
_CELLS = frozenset(["td", "th"])
_SKIPPED = frozenset(["script", "style", "noscript", "template"])


class _Words:
    """The words of a page, a line for each block; the parser calls it in the order of the page."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._skipping = 0

    def start(self, tag: str, _attributes: object) -> None:
        self._skipping += tag in _SKIPPED
        if tag in _BLOCKS:
            self._pieces.append("\n")
        elif tag in _CELLS:
            self._pieces.append("\t")

    def end(self, tag: str) -> None:
        self._skipping -= tag in _SKIPPED and self._skipping > 0
        if tag in _BLOCKS:
            self._pieces.append("\n")

    def data(self, words: str) -> None:
        if not self._skipping:
            self._pieces.append(words.replace("\n", " ").replace("\r", " "))

    def close(self) -> str:
        return "".join(self._pieces)


def text_of_html(page: str) -> str:
    """The page's words with a line for each block; blank lines are folded together."""
    parser = etree.HTMLParser(target=_Words(), huge_tree=True)  # else it would stop at 256 nested tags
    parser.feed(re.sub(r"[\n\r]+", " ", page))
    lines = (line.strip() for line in str(parser.close()).split("\n"))
    return "\n".join(line for line in lines if line)
