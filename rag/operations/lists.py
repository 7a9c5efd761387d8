"""Lists as the texts have them: a heading or lead-in with the items that stand below it, in nodes or in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.departments import bracket_span
from corpus.headings import label_at
from corpus.script import simplify
from corpus.types import Document, Node
from rag.messages import MESSAGES
from rag.operations.series import series_in
from rag.phrases import short_title, topic_of
from rag.types import Draft, Evidence

FRONT = re.compile(r"(?:^|/)(?:标题|前言|目录|结尾|落款|版记|附件清单|段\d+)$")  # nodes that number nothing
_ITEM, _TOTAL = 130, 900  # characters said of an item; of all items, past which only their first words are said
_LONG = 48  # characters said of an item of a long list
_STOPS = "。；;"
_CUTS = "。；;：:，,"
_TITLE = re.compile(
    r"([^。；;：:，,\n]{2,24}|[^。；;：:\n]{2,12})(?:[。]|\s*\n)\s*\S"
)  # a run-in title, with sentences behind it
_BEFORE_YEAR = re.compile(r"^\d{1,2}[.、](?=20\d\d年)")  # 2.2025年名单, which no label can be read from
_COLON = re.compile(r"[:：]\s*$")


@dataclass(frozen=True)
class Item:
    """An item's words in a clause; of a bare heading, `clause` is the first clause below it."""

    node: Node
    evidence: Evidence
    words: str


@dataclass(frozen=True)
class Listing:
    """A list, and what leads to it: `holder` is the node whose items these are, None for the whole document."""

    document: Document
    holder: Node | None
    lead: str
    items: tuple[Item, ...]

    @property
    def title(self) -> str:
        """What the list is of: the words before a colon, or its heading."""
        lead = _bare(self.lead)
        if not lead and self.holder:
            lead = topic_of(self.holder)
        return simplify(lead)


def lists_of(document: Document, node: Node) -> tuple[Listing, ...]:
    """The list of the node's children, and the series in its own words."""
    return (*_children(document, node), *_series(document, node))


def whole_document(document: Document) -> Listing | None:
    """The document's own parts, outermost; of a document with annexes the main body's."""
    tops = [node for node in document.nodes if node.parent is None and not FRONT.search(node.path)]
    tops = [node for node in tops if "/" not in node.path or node.path.startswith("正文/")]
    items = tuple(_item(document, node) for node in tops)
    return Listing(document, None, "", items) if len(items) > 1 else None


def below(document: Document, node: Node) -> Listing | None:
    """What stands below a bare heading or a lead-in that ends with a colon; None for a clause that says something itself.

    For whoever has found such a clause: it alone answers nothing.
    """
    rows = _children(document, node)
    words = node.text.rstrip()
    is_bare = node.heading_only or bool(_COLON.search(words)) or len(words) <= len(node.heading) + 1
    return rows[0] if rows and is_bare else None


def annexes(document: Document) -> Listing | None:
    """The annexes that the document lists itself."""
    names = next((node for node in document.clauses if node.path.endswith("附件清单")), None)
    rows = _series(document, names) if names else iter(())
    return next(rows, None)


def said(listing: Listing) -> str:
    """The items in order, each with its mark from [1] on."""
    return "；".join(f"{item.words.rstrip('。；;')}[{n}]" for n, item in enumerate(listing.items, start=1)) + "。"


def drafted(listing: Listing) -> Draft:
    """The whole list, counted."""
    text = MESSAGES["list"].format(heading=named(listing), total=len(listing.items)) + said(listing)
    facts = {"kind": "list", "total": len(listing.items), "complete": True}
    return Draft("answered", text, tuple(item.evidence for item in listing.items), facts=facts)


def named(listing: Listing) -> str:
    """《…》“申请类别”, or the title alone of a list that is the whole document's."""
    title = f"《{short_title(listing.document)}》"
    return f"{title}“{listing.title}”" if listing.title else title


def _children(document: Document, node: Node) -> tuple[Listing, ...]:
    children = [child for child in document.children(node.path) if not FRONT.search(child.path)]
    items = tuple(_item(document, child) for child in _running(document, children) or children)
    if len(items) < 2:
        return ()
    last = node.text.rstrip().split("\n")[-1]
    return (Listing(document, node, last if _COLON.search(last) else "", _fitted(items)),)


def _running(document: Document, children: Sequence[Node]) -> list[Node]:
    """What stands below bare subheadings where its numbers run on across them: （一）1. 2. （二）3. 4."""
    inner = [document.children(child.path) for child in children]
    if not all(inner) or not all(child.heading_only for child in children):
        return []
    numbers = [[label.number if (label := label_at(node.text)) else None for node in row] for row in inner]
    flat = [number for row in numbers for number in row]
    return [node for row in inner for node in row] if flat == list(range(1, len(flat) + 1)) else []


def _series(document: Document, node: Node) -> Iterator[Listing]:
    if node.heading_only:
        return
    for series in series_in(node.text):
        items = tuple(
            Item(node, Evidence(node, start, end), without_label(node.text[start:end])) for start, end in series.items
        )
        yield Listing(document, node, node.text[slice(*series.lead)], _fitted(items))


def _item(document: Document, node: Node) -> Item:
    """A child: its own words, or of a bare heading the heading, resting on the first clause below it."""
    clause = next((n for n in (node, *document.under(node.path)) if not n.heading_only), node)
    if clause is not node:
        return Item(node, _opening(clause), topic_of(node) if len(node.heading) > 1 else node.text.strip())
    bracket = bracket_span(node.text)
    end = len(node.text[: bracket[0] if bracket else None].rstrip())
    return Item(node, Evidence(node, 0, end), without_label(node.text[:end]))


def _opening(clause: Node) -> Evidence:
    found = re.match(r"[^。\n]+。?", clause.text)
    return Evidence(clause, 0, found.end() if found else len(clause.text))


def _titled(item: Item) -> Item:
    """The run-in title alone, where the item has one: 加强组织保障。各单位要…"""
    found = _TITLE.match(item.words)
    return replace(item, words=found[1]) if found else item


def _fitted(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items with as many of their words as can be read out."""
    items = tuple(map(_titled, items))
    total = sum(min(len(item.words), _ITEM) for item in items)
    most = _ITEM if total <= _TOTAL else _LONG
    return tuple(_cut(item, most) for item in items)


def _cut(item: Item, most: int) -> Item:
    """The item up to the last sentence that fits; evidence and words alike. Line ends become a blank."""
    words = item.words
    if len(words) > most:
        whole = max((words.rfind(mark, 0, most) for mark in _STOPS), default=-1)
        part = max((words.rfind(mark, 0, most) for mark in _CUTS), default=-1)
        words = words[: whole + 1] if whole > 0 else words[:part] + "…" if part > 0 else words[:most] + "…"
    return Item(item.node, _quote(item, words), re.sub(r"\s*\n\s*", " ", simplify(words)))


def _quote(item: Item, words: str) -> Evidence:
    """The stretch of the clause from its number to the end of the words."""
    evidence = item.evidence
    plain = words.rstrip("…")
    at = evidence.clause.text.find(plain, evidence.start, evidence.end)
    return Evidence(evidence.clause, evidence.start, at + len(plain) if at >= 0 else evidence.end, evidence.sub_path)


def without_label(text: str) -> str:
    """The item's words behind its number."""
    label = label_at(text)
    return text[label.end :].strip() if label else _BEFORE_YEAR.sub("", text.strip())


def _bare(lead: str) -> str:
    """The lead-in without its number and colon."""
    return _COLON.sub("", without_label(lead.strip())).strip("　 \xa0。:：")
