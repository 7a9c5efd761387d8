"""Everything under a heading: 保障措施有哪些, 四个倍增目标是哪四个. Whole, with its count."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.numerals import NUMERAL, number_of
from corpus.script import fold
from corpus.types import Document, Node
from rag.evidence import opening
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.phrases import numbers_of, renumbered, short_title, topic_of
from rag.question import Query
from rag.routes import item
from rag.titles import names_of_annex
from rag.types import Draft, Evidence

_SYNONYMS = (  # what people call a section -> what headings call it
    ("保障措施", "措施"), ("措施", "措施"), ("保障", "保障措施"), ("原则", "原则"), ("目标", "目标"), ("任务", "任务"), ("重点", "重点"),
    ("举措", "举措"), ("专项行动", "专项"), ("重点领域", "领域"), ("短板", "不足"), ("基础", "基础"),
)  # fmt: skip
_QUOTED = re.compile('[“「"]([^”」"]{2,12})[”」"]')
_FILLER = re.compile(
    r"推进|推动|发展|落实|实施|提出|的|最后|总体|主要|重点|具体|目标|措施|原则|任务|举措|领域|行动|专项|条|项|个|大|几|[一二三四五六七八九十0-9]|"
    r"有|列|了|提|定|讲|是|那|些|上|在线|新经济|为|什|么|说|名称|内容|标题|分|别|叫|概括|归纳|总结|成|点|方面|部分|下面?|面|出|里|具|体|共|要|部署|安排|开展|明确|规定|写|搞|设|全|把"
)
_COUNTS = re.compile(r"(?:多少|几|哪[一二三四五六七八九十0-9]+)(?:个|项|条|点|大|方面)")
_WHICH = re.compile("哪[些几一二三四五六七八九十]|什么|分别|列|都有|内容|名称")
_RESIDUE_LIMIT, _COUNT_GIVEN = 6, 50


_Row = tuple[int, Document, Node, tuple[Node, ...]]  # how well it fits, where, the heading, its items


def answer(query: Query, library: Library) -> Draft | None:
    """The clauses under the one heading that the question names; None when it names none, or more than a heading."""
    folded = fold(query.asked)
    if query.bodies or not ("list" in query.asks or _COUNTS.search(folded) or (query.ordinal or 0) < 0):
        return None
    rows = []
    for document in library.corpus.documents:
        jurisdiction = document.metadata.jurisdiction
        for node in document.nodes:
            if (
                library.admits(node)
                and query.scope.bonus(node, jurisdiction) is not None
                and _in_place(query, jurisdiction)
            ):
                items = _items(document, node)
                if len(items) > 1 and (fit := _fit(node, items, folded, query)):
                    rows.append((fit, document, node, items))
    if not rows:
        return None
    best = max(fit for fit, *_ in rows)
    fitting = [row for row in rows if len(query.scope.places) > 1 or row[0] == best]
    chosen = {document.id: _chosen([row for row in fitting if row[1] is document]) for _, document, *_ in fitting}
    lists = [_listed(*row[1:]) for row in chosen.values() if row is not None]
    if not lists or None in chosen.values():
        return None
    if len(lists) == 1:
        only = next(row for row in chosen.values() if row is not None)
        return _last(query, lists[0], library) or _counted(query, *only[1:]) or lists[0]
    if len(query.scope.places) > 1:
        return _together(lists) if len(lists) >= len(query.scope.places) else None
    nearest = tuple(row[2] for row in chosen.values() if row is not None)
    return Draft("clarify", MESSAGES["ambiguous_list"], nearest=nearest, lists_departments=False)


def _chosen(rows: Sequence[_Row]) -> _Row | None:
    """The one heading of a document that fits best; the main body's before its annexes'. None when several do."""
    best = max(row[0] for row in rows)
    fitting = [row for row in rows if row[0] == best]
    body = [row for row in fitting if row[2].path.startswith("正文")]
    fitting = body if len(body) == 1 else fitting
    return fitting[0] if len(fitting) == 1 else None


def _last(query: Query, listed: Draft, library: Library) -> Draft | None:
    """保障措施的最后一条: the item itself."""
    return item.answer(query, listed, library) if query.ordinal and query.ordinal < 0 else None


def _counted(query: Query, document: Document, node: Node, items: Sequence[Node]) -> Draft | None:
    """几大重点领域, where the heading's own words give that number: they answer, and no list is asked for."""
    if node.heading_only or _WHICH.search(fold(query.asked)) or str(len(items)) not in numbers_of(node.text):
        return None
    heading = f"《{short_title(document)}》“{topic_of(node)}”"
    quote = opening(node)
    text = MESSAGES["counted"].format(heading=heading, total=len(items)) + f"[1]。“{quote.shown}”[1]"
    return Draft("answered", text, (quote,), facts={"kind": "count", "total": len(items), "complete": True})


def _together(lists: Sequence[Draft]) -> Draft:
    """Complete lists under one another, their citations numbered on."""
    lines: list[str] = []
    evidence: list[Evidence] = []
    for draft in lists:
        lines.append(renumbered(draft.text, len(evidence)))
        evidence += draft.evidence
    facts = {"kind": "list", "total": len(evidence), "complete": True}
    return Draft("answered", "\n".join(lines), tuple(evidence), facts=facts)


def _in_place(query: Query, jurisdiction: str | None) -> bool:
    return not query.scope.places or jurisdiction in query.scope.places


def _items(document: Document, node: Node) -> tuple[Node, ...]:
    """The clauses right under a heading, or those below its bare subheadings."""
    rows: list[Node] = []
    for child in document.children(node.path):
        rows += [child] if not child.heading_only else [n for n in document.under(child.path) if not n.heading_only]
    return tuple(rows)


def _counts_given(folded: str) -> tuple[int, ...]:
    """十条措施, 四个目标: how many items the question takes the list to have."""
    found = re.findall(rf"(?<!第)({NUMERAL}|\d+)(?:条|项|个|大|点|方面)", folded)
    return tuple(number for words in found if (number := number_of(words)))


def _fit(node: Node, items: Sequence[Node], folded: str, query: Query) -> int:
    """How well the heading is named: 0 not at all, more for longer names and for the part named."""
    part = 1 if query.scope.parts and node.path.split("/")[0] in query.scope.parts else 0
    if query.scope.parts and not part:
        return 0
    topic = fold(topic_of(node))
    quoted = [fold(words) for words in _QUOTED.findall(query.asked)]
    if any(re.match("[三四五六七八九十]", words) and words in fold(node.text) for words in quoted):
        return 100 + part  # “四个倍增”: a named set
    names = [name for name in (topic, _noun(topic), *_alternative_names(topic)) if name in folded]
    if not names:
        return 0
    longest = max(names, key=len)
    plain = "，".join((topic, longest, *names_of_annex(_part_title(node))))
    named = [word for word in (*query.subjects, *query.strangers) if word not in plain and _FILLER.sub("", word)]
    rest = query.residue_without(longest, topic, *names_of_annex(_part_title(node)))
    fits = not named and len(_FILLER.sub("", rest)) <= _RESIDUE_LIMIT
    return 10 * len(longest) + part + _COUNT_GIVEN * (len(items) in _counts_given(folded)) if fits else 0


def _noun(topic: str) -> str:
    """实施专项行动 -> 专项行动: what is left once the leading verb goes."""
    return re.sub(
        r"^(?:重点|主要|总体|具体|基本|实施|落实|聚焦|明确|推进|推动|促进|深入|继续|持续|进一步|加快|强化|优化|着力|全面|聚力|发展|完善)+(?=[一-鿿]{4})|"
        r"(?<=[一-鿿]{4})(?:发展|建设|体系)+$",
        "",
        topic,
    )


def _part_title(node: Node) -> str:
    """The title of the annex that holds the node, which names the place of the list and not its topic."""
    return fold(node.label.split(" > ")[0].split(" ")[-1]) if "/" in node.path else ""


def _alternative_names(topic: str) -> tuple[str, ...]:
    """`推进原则` is also asked for as 原则, `主要目标` as 目标."""
    return tuple(spoken for spoken, printed in _SYNONYMS if topic.endswith(printed))


def _listed(document: Document, node: Node, items: Sequence[Node]) -> Draft:
    evidence = tuple(Evidence(item, 0, _heading_end(item)) for item in items)
    names = "；".join(f"{topic_of(item)}[{n}]" for n, item in enumerate(items, start=1))
    heading = f"《{short_title(document)}》“{topic_of(node)}”"
    text = MESSAGES["list"].format(heading=heading, total=len(items)) + names + "。"
    facts = {"kind": "list", "total": len(items), "complete": True}
    return Draft("answered", text, evidence, facts=facts)


def _heading_end(node: Node) -> int:
    """The end of the item's heading, or of its first sentence."""
    found = re.match(r"[^。\n]+。?", node.text)
    return found.end() if found else len(node.text)
