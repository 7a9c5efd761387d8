"""A clause by its address: 第17条, 专项3, 附件二第二部分第（四）项第2点, 三（五）, 第十五条第二款. No search."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.address import find
from corpus.departments import bracket_span
from corpus.numerals import NUMERAL, number_of, numeral_of
from corpus.script import fold
from corpus.types import Document, Node
from rag.addressed import (
    below_heading,
    fitting_best,
    is_numbered,
    nodes_at,
    numbered_so,
    own_step,
    under_named_headings,
)
from rag.evidence import opening
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.phrases import listed, place_and_topic, responsibility, short_title, topic_of
from rag.question import Query, without_asides
from rag.spoken_address import NUMBER, Step, side_by_side, steps_of
from rag.titles import both_numerals
from rag.types import Draft, Evidence

_KINDS = re.compile("条例|办法|规定|意见|方案|规划|计划|文件|通知")
_PATH = re.compile(
    rf"(?:(?P<document>[a-z][a-z0-9-]*)#)?(?P<path>(?:附件{NUMBER}/|正文/)?{NUMERAL}(?:/(?:\({NUMBER}\)|{NUMBER}|专项[0-9]+))+)"
)
_ANNEX_NUMBER = re.compile(rf"附件\s*({NUMBER})")
_PART = re.compile(rf"附件\s*({NUMBER})|正文|总方案")
_NEXT_TO = re.compile("(?:部分|里面?|中|的|第|[、,])*")


def answer(query: Query, library: Library) -> Draft | None:
    """The clause at the address, whole; None when the question names no address."""
    if special := _by_path(query, library) or _absent_annex(query, library):
        return special
    steps, folded = steps_of(without_asides(query.asked))
    query = _at_nearest_part(query, folded, steps)
    if not steps or (
        len(steps) == 1 and not query.scope.places and not query.scope.documents and not _only_reference(query, steps)
    ):
        return None
    documents = [d for d in library.corpus.documents if _in_question(d, query, library)]
    if several := side_by_side(steps, folded):
        return _each(several, documents, query)
    if inside := _inside_article(steps, documents):
        return inside
    matches = [(d, node) for d in documents for node in nodes_at(d, steps, query)]
    if len(matches) != 1 and len(steps) > 1 and len(below := below_heading(documents, steps, query, folded)) == 1:
        matches = below
    if len(matches) > 1:
        matches = under_named_headings(matches, fold(query.asked)) or matches
    if len(matches) > 1:
        matches = fitting_best(matches, query, steps)
    if len(matches) > 1 and query.alternatives:
        return None  # each place or year by itself, side by side
    if not matches:
        return _missing(query, steps, documents)
    if len(matches) > 1:
        address = "".join(step.words for step in steps)
        return Draft("clarify", MESSAGES["ambiguous_clause"].format(address=address),
                     nearest=tuple(node for _, node in matches[:6]), lists_departments=False)  # fmt: skip
    document, node = matches[0]
    return _opened(document, node, query)


def _at_nearest_part(query: Query, folded: str, steps: Sequence[Step]) -> Query:
    """正文四(三)看过了, 要附件1的四(三): the part named last before the address is the one meant."""
    if not steps:
        return query
    named = [*_PART.finditer(folded, 0, steps[0].start)]
    if len({found[0] for found in named}) < 2 or not _NEXT_TO.fullmatch(folded, named[-1].end(), steps[0].start):
        return query
    number = named[-1][1]
    parts = tuple(f"附件{form}" for form in both_numerals(number)) if number else ("正文",)
    return replace(query, scope=replace(query.scope, parts=parts, strict_parts=True))


def _absent_annex(query: Query, library: Library) -> Draft | None:
    """附件五 of a document that has four: says so, and which there are."""
    found = _ANNEX_NUMBER.search(fold(query.asked))
    documents = [d for d in library.corpus.documents if _in_question(d, query, library)]
    if found is None or len(documents) != 1:
        return None
    document, number = documents[0], number_of(found[1])
    marks = [n for n in document.nodes if n.path.endswith("/标题") and not n.path.startswith("正文")]
    if any((label := re.search(rf"{NUMBER}", node.path)) and number_of(label[0]) == number for node in marks):
        return None
    listed = next((n for n in document.clauses if n.path.endswith(("附件清单", "标题"))), None)
    listed = next((n for n in document.clauses if n.path.endswith("附件清单")), listed)
    if listed is None:
        return None
    known = "；".join(node.label.split(" > ")[0] for node in marks) or "无"
    text = MESSAGES["no_such_annex"].format(title=short_title(document), annex=found[0], count=len(marks), known=known)
    return Draft("answered", f"{text}[1]", (Evidence(listed, 0, len(listed.text)),), lists_departments=False)


def _each(steps: Sequence[Step], documents: Sequence[Document], query: Query) -> Draft | None:
    """The clauses of several numbers, one under the other."""
    rows = []
    for step in steps:
        matches = [(d, node) for d in documents for node in nodes_at(d, [step], query)]
        matches = under_named_headings(matches, fold(query.asked)) or matches if len(matches) > 1 else matches
        if len(matches) != 1:
            return None
        rows.append(matches[0])
    asked = "departments" in query.asks
    evidence = tuple(opening(node) if not asked else _bracket(node) for _, node in rows)
    pieces = []
    for n, ((document, node), item) in enumerate(zip(rows, evidence, strict=True), start=1):
        topic = place_and_topic(node, document)
        named = responsibility(topic, node.departments) if asked and node.departments else f"“{item.shown}”"
        pieces.append(f"{named}[{n}]。")
    return Draft("answered", "\n".join(pieces), evidence)


def _bracket(node: Node) -> Evidence:
    return Evidence(node, *(bracket_span(node.text) or (0, len(node.text))))


def _by_path(query: Query, library: Library) -> Draft | None:
    """An address as the product itself prints it: hongkou-2020#二/(二)/8, 二/(二)/8."""
    found = _PATH.search(fold(query.asked))
    if not found:
        return None
    documents = [d for d in library.corpus.documents if found["document"] in (None, fold(d.id))]
    if found["document"] is None:
        documents = [d for d in documents if _in_question(d, query, library)]
    matches = [(d, address) for d in documents if (address := find(d, found["path"])) is not None]
    if len(matches) != 1:
        return None
    document, address = matches[0]
    return _opened(document, address.node, query)


def _only_reference(query: Query, steps: Sequence[Step]) -> bool:
    rest = _KINDS.sub("", query.residue)
    for step in steps:
        rest = rest.replace(re.sub("[^一-鿿0-9]", "", step.words), "")
    return len(rest) <= 4


def _in_question(document: Document, query: Query, library: Library) -> bool:
    if not document.nodes or not library.admits(document.nodes[0]):
        return False
    if query.scope.documents:
        return document.id in query.scope.documents
    return not query.scope.places or document.metadata.jurisdiction in query.scope.places


def _inside_article(steps: Sequence[Step], documents: Sequence[Document]) -> Draft | None:
    """第十五条第二款第（一）项: the paragraph or item alone; said to be missing where the article has none such."""
    if len(steps) == 1 or not steps[0].words.endswith("条"):
        return None
    rows = [(d, n) for d in documents for n in d.nodes if is_numbered(n.path, "第一条", steps[0].number)]
    if len(rows) != 1:
        return None
    document, article = rows[0]
    address = find(document, "/".join([article.path, *map(_inner_step, steps[1:])]))
    if address is None:
        spoken = "".join(step.words for step in steps)
        text = MESSAGES["no_such_paragraph"].format(document=f"《{short_title(document)}》", address=spoken)
        return Draft("answered", f"{text}[1]", (_first_line(article),), lists_departments=False)
    quote = Evidence(article, address.start, address.end, address.sub_path)
    return Draft("answered", f"“{quote.shown}”[1]", (quote,))


def _inner_step(step: Step) -> str:
    """第二款 as it is; 第一项 and 第(一)项 as items are printed."""
    return f"第{numeral_of(step.number)}款" if step.words.endswith("款") else f"({numeral_of(step.number)})"


def _opened(document: Document, node: Node, query: Query) -> Draft:
    """The clause itself: its departments when they are asked for, and its words."""
    if node.heading_only:
        children = [child for child in document.under(node.path) if not child.heading_only]
        return _contents(document, node, children)
    topic = place_and_topic(node, document)
    lead = ""
    if "departments" in query.asks and node.departments:
        lead = responsibility(topic, listed(node), "[1]。")
    quote = opening(node)
    return Draft("answered", f"{lead}“{quote.shown}”[1]", (quote,))


def _contents(document: Document, node: Node, children: Sequence[Node]) -> Draft:
    evidence = tuple(Evidence(child, 0, len(child.text.split("。")[0].split("\n")[0])) for child in children)
    names = "；".join(f"{topic_of(child)}[{n}]" for n, child in enumerate(children, start=1))
    text = (
        MESSAGES["list"].format(heading=f"{short_title(document)}“{node.heading}”", total=len(children)) + names + "。"
    )
    return Draft("answered", text, evidence, facts={"kind": "list", "total": len(children), "complete": True})


def _missing(query: Query, steps: Sequence[Step], documents: Sequence[Document]) -> Draft | None:
    """What isn't there, and what is: cited is the nearest neighbour of the same numbering."""
    if len(documents) != 1:
        return None
    document, last = documents[0], steps[-1]
    for rank in last.ranks:
        rows = numbered_so(document, rank, query)
        if not rows:
            continue
        _, nearest = min(rows, key=lambda row: abs(row[0] - last.number))
        nearest = next((n for n in (nearest, *document.under(nearest.path)) if not n.heading_only), nearest)
        address = "".join(step.words for step in steps)
        text = MESSAGES["no_such_clause"].format(
            document=f"《{short_title(document)}》", address=address, last=own_step(rows[-1][1])
        )
        return Draft("answered", f"{text}[1]", (_first_line(nearest),), lists_departments=False)
    return None


def _first_line(node: Node) -> Evidence:
    return Evidence(node, 0, len(node.text.split("。")[0].split("\n")[0]))
