"""A web page -> the words of its document: what the page prints about it, and its content without what surrounds it.

One pass of the tokenizer, no tree: linear in the page's length, however it is nested.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from corpus.facts import fact_lines
from corpus.readers.cells import Cells, Place, joined
from corpus.readers.page_words import is_of_the_footer, is_of_the_page

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
        "body",
        "main",
        "header",
        "footer",
        "nav",
        "form",
    ]
)
_CELLS = frozenset(["td", "th"])
_SKIPPED = frozenset(["script", "style", "noscript", "template", "select", "button", "option", "iframe", "svg"])
_EMPTY = frozenset(
    ["br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr"]
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.1-9])|opacity\s*:\s*0(?![.1-9])"
)
_HIDING = re.compile(r"([.#])([\w-]{1,60})\s*\{[^{}]{0,400}?(?:display\s*:\s*none|visibility\s*:\s*hidden)")
_HAN = re.compile("[一-鿿]")
_CLOSED_UP = re.compile(r"(?<=[一-鿿，。；：、）》」”]) *[\n\r]+ *(?=[一-鿿，。；：、（《「“])")
_PROSE = re.compile("[，。；：,;:]")
_SHOWN = 0.2  # share of the prose above which what is hidden is no part of the document
_MOST = 0.6  # share of the page's prose from which on an element holds the document
_LOST = 0.05  # share of the paragraphs' prose that may stand outside it all the same
_LEAST, _PARAGRAPH = 200, 40  # characters of a page that has surroundings at all, and of a paragraph
_FILE = re.compile(r"附件|附表|《|\.(?:docx?|xlsx?|pdf|zip|rar|ofd|wps)")
_TITLE_SITE = re.compile(r"\s*[-_—|–]+\s*[^-_—|–]{2,40}$")
_TITLE_NAMES = frozenset(["articletitle", "title", "og:title"])
_DAY_NAMES = frozenset(["pubdate", "publishdate", "article:published_time"])


@dataclass
class _Block:
    """A line of the page, and the element that it stands in."""

    text: str
    element: int
    linked: int  # characters of it that are links
    hidden: bool  # by the page's own style
    place: Place | None = None  # in a table


@dataclass
class _Page:
    """What the parser tells, in the order of the page. Elements are numbers, each after the one that holds it."""

    parents: list[int] = field(default_factory=lambda: [0])
    blocks: list[_Block] = field(default_factory=list)
    title: str = ""
    heading: str = ""
    named_title: str = ""
    published: str = ""
    site: str = ""
    _open: list[tuple[str, bool, bool]] = field(default_factory=list)  # tag, holds no words, is hidden
    _elements: list[int] = field(default_factory=lambda: [0])
    _pieces: list[str] = field(default_factory=list)
    _linked: int = 0
    _links: int = 0
    _wordless: int = 0
    _hidden: int = 0
    _in_title: bool = False
    _hiding: set[str] = field(default_factory=set)  # .class and #id that a style sheet hides
    cells: Cells = field(default_factory=Cells)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "meta":
            name = (attributes.get("name") or attributes.get("property") or "").lower()
            if name in _TITLE_NAMES and not self.named_title:
                self.named_title = attributes.get("content", "")
            if name == "sitename":
                self.site = attributes.get("content", "")
            if name in _DAY_NAMES and not self.published:
                self.published = attributes.get("content", "")[:10]
        if tag in _BLOCKS or tag in _CELLS:
            self._end_block()
        self.cells.start(tag, attributes)
        if tag in _EMPTY:
            return
        wordless = tag in _SKIPPED
        hidden = self._is_hidden(attributes)
        if hidden and not self._hidden:
            self._end_block()
        self._open.append((tag, wordless, hidden))
        self._wordless += wordless
        self._hidden += hidden
        self._links += tag == "a"
        self._in_title = tag == "title"
        if tag in _BLOCKS:
            self.parents.append(self._elements[-1])
            self._elements.append(len(self.parents) - 1)

    def end(self, tag: str) -> None:
        if tag in _EMPTY:
            return
        while self._open:
            last, wordless, hidden = self._open[-1]
            if last in _BLOCKS or last in _CELLS or hidden:
                self._end_block()
            self.cells.end(last)
            self._open.pop()
            if last in _BLOCKS:
                self._elements.pop()
            self._wordless -= wordless
            self._hidden -= hidden
            self._links -= last == "a"
            if last == tag:
                break
        self._in_title = False

    def _is_hidden(self, attributes: dict[str, str]) -> bool:
        names = {f".{name}" for name in attributes.get("class", "")[:400].split()} | {f"#{attributes.get('id', '')}"}
        return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style", ""))) or bool(names & self._hiding)

    def data(self, words: str) -> None:
        if self._in_title:
            self.title += words
        elif self._open and self._open[-1][0] == "style":
            self._hiding.update(sign + name for sign, name in _HIDING.findall(words))
        elif not self._wordless:
            self._pieces.append(words.replace("\t", " "))
            self._linked += len(_HAN.findall(words)) if self._links else 0

    def close(self) -> _Page:
        self._end_block()
        return self

    def _end_block(self) -> None:
        text = re.sub(r"[\n\r]+| {2,}", " ", _CLOSED_UP.sub("", "".join(self._pieces))).strip()
        if text and not self.heading and any(row[0] == "h1" for row in self._open[-2:]):
            self.heading = text
        if text:
            self.blocks.append(_Block(text, self._elements[-1], self._linked, self._hidden > 0, self.cells.place))
        self._pieces, self._linked = [], 0


def text_of_html(page: str) -> str:
    """The title, what the page prints about the document (发文机关：…, a line each), then its content, a line a block."""
    parser = etree.HTMLParser(target=_Page(), huge_tree=True)  # else it would stop at 256 nested tags
    parser.feed(page)
    read: _Page = parser.close()
    shown = [block for block in read.blocks if not block.hidden]
    if sum(map(_prose, shown)) > _SHOWN * sum(map(_prose, read.blocks)):
        read.blocks = shown  # else a script of the page brings the document to light
    read.blocks = _with_rows(read.blocks, read.cells.spanned)
    first, last = _content(read)
    content = _lines(_without_menus(read.blocks[first:last]))
    around = [*_lines(read.blocks[:first]), *_lines(read.blocks[last:])]
    title = _title(read)
    facts = list(fact_lines(around))
    if read.published and not any(row.startswith(("发布", "发表", "成文", "时间")) for row in facts):
        facts.append(f"发布日期：{read.published}")
    if read.site.strip():
        facts.append(f"网站名称：{read.site.strip()}")
    lines = [*_unless_printed(title, content), *facts, *content]
    return "\n".join(lines)


def _with_rows(blocks: Sequence[_Block], spanned: Mapping[Place, Place]) -> list[_Block]:
    """The blocks, those of one row of a table as one."""
    rows = []
    for text, own in joined([(block.text, block.place) for block in blocks], spanned):
        first = blocks[own[0]]
        rows.append(_Block(text, first.element, sum(blocks[i].linked for i in own), first.hidden, first.place))
    return rows


def _lines(blocks: Sequence[_Block]) -> list[str]:
    return [block.text for block in blocks if not is_of_the_page(block.text)]


def _without_menus(blocks: Sequence[_Block]) -> Sequence[_Block]:
    """The blocks between the rows of links that stand above and below a document."""
    first, last = 0, len(blocks)
    while first < last and _is_menu(blocks[first]):
        first += 1
    while last > first and (_is_menu(blocks[last - 1]) or is_of_the_footer(blocks[last - 1].text)):
        last -= 1
    return blocks[first:last]


def _is_menu(block: _Block) -> bool:
    """Links and nothing else, that lead to no file; or words that only a page has."""
    if is_of_the_page(block.text):
        return True
    han = len(_HAN.findall(block.text))
    return 0 < han <= block.linked and not _FILE.search(block.text)


def _content(page: _Page) -> tuple[int, int]:
    """The first and one past the last block of the innermost element that holds most of the page's prose."""
    prose, long = _held(page, _prose), _held(page, _long_prose)
    chosen = 0
    for element in range(1, len(prose)):  # whatever holds most lies inside the one before, never beside it
        if prose[element] >= _MOST * prose[0] and long[0] - long[element] <= _LOST * long[0]:
            chosen = element
    if prose[0] < _LEAST or chosen == 0:
        return 0, len(page.blocks)
    inside = _inside(page.parents, chosen)
    rows = [number for number, block in enumerate(page.blocks) if inside[block.element]]
    return rows[0], rows[-1] + 1


def _held(page: _Page, count: Callable[[_Block], int]) -> list[int]:
    """For each element what `count` gives of the blocks in it, all together."""
    held = [0] * len(page.parents)
    for block in page.blocks:
        held[block.element] += count(block)
    for element in range(len(held) - 1, 0, -1):
        held[page.parents[element]] += held[element]
    return held


def _inside(parents: Sequence[int], chosen: int) -> list[bool]:
    inside = [False] * len(parents)
    inside[chosen] = True
    for element in range(chosen + 1, len(parents)):
        inside[element] = inside[parents[element]]
    return inside


def _prose(block: _Block) -> int:
    """Characters that are neither a link nor a menu's: those of a line with punctuation."""
    if not _PROSE.search(block.text) or is_of_the_page(block.text):
        return 0
    return max(0, len(_HAN.findall(block.text)) - block.linked)


def _long_prose(block: _Block) -> int:
    """As `_prose`, of a block that is a paragraph: what surrounds a document has hardly any."""
    prose = _prose(block)
    return prose if prose >= _PARAGRAPH else 0


def _title(page: _Page) -> str:
    """The document's, as the page's own is named, without the site's."""
    named = page.named_title.strip()
    return " ".join((named or _TITLE_SITE.sub("", page.title.strip()) or page.heading).split())


def _unless_printed(title: str, content: Sequence[str]) -> Iterator[str]:
    """The title, unless the content begins with it, on one line or on several."""
    front = re.sub(r"\s", "", "".join(content[:12]))
    if title and re.sub(r"\s", "", title) not in front:
        yield title
