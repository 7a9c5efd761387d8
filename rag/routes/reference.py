"""A clause by its address: 第17条, 专项3, 附件二第二部分第（四）项第2点, 三（五）, 第十五条第二款. No search."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.address import find
from corpus.departments import bracket_span
from corpus.headings import Label, label_at
from corpus.numerals import NUMERAL, number_of, numeral_of
from corpus.script import fold
from corpus.types import Document, Node
from rag.confidence import pair_coverage
from rag.evidence import opening
from rag.lookup import Library
from rag.messages import MESSAGES
from rag.phrases import listed, place_and_topic, responsibility, short_title, topic_of
from rag.question import Query, without_asides
from rag.titles import both_numerals
from rag.types import Draft, Evidence

_N = rf"(?:{NUMERAL}|[0-9]{{1,3}})"
# How an address is spoken (folded) -> the ranks of numbering it can mean, likeliest first.
_STEPS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(rf"第?\s*\(({_N})\)\s*(?:项|条|点|款|部分)?"), ("(一)", "(1)")),
    (re.compile(r"(?<=[)])\s*[、,.]?\s*([0-9]{1,2})(?![0-9]|年|个|家|项|条|万|亿|%)"), ("1.",)),
    (re.compile(rf"第({_N})(?:的?(?:那|这)一?(?:条|项|点|个))"), ("第一条", "1.", "专项1", "(一)", "(1)")),
    (re.compile(rf"第({_N})(?:小节|小部分)"), ("(一)", "第一节")),
    (re.compile(r"[头首](一)(?:条|项|点)"), ("第一条", "1.", "专项1", "(一)", "(1)")),
    (re.compile(rf"第({_N})(?:大?部分|大?块|大项|章|编|节|大点)"), ("一、", "第一章", "第一节")),
    (re.compile(rf"专项(?:行动)?({_N})(?![0-9])|第({_N})个?专项(?!行动)"), ("专项1",)),
    (
        re.compile(rf"第({_N})(?:条|项|点|小点|小项|款)(?!\s*(?:商业|线路|跑道|道路|街|路|河|船))"),
        ("第一条", "1.", "专项1", "(一)", "(1)"),
    ),
    (re.compile(rf"(?<![第零一二三四五六七八九十百])({NUMERAL})\s*[、,.]?\s*(?=\({NUMERAL}\))"), ("一、",)),
)
_CLEARLY = 0.2  # share of character pairs by which one clause must fit better than the next
_KINDS = re.compile("条例|办法|规定|意见|方案|规划|计划|文件|通知")
_DEPTHS = ("一、", "(一)", "1.")
_GAP = 10  # characters between two steps of one address
_PAIR, _RANGE = 2, 9  # steps side by side; clauses of one range
_PATH = re.compile(
    rf"(?:(?P<document>[a-z][a-z0-9-]*)#)?(?P<path>(?:附件{_N}/|正文/)?{NUMERAL}(?:/(?:\({_N}\)|{_N}|专项[0-9]+))+)"
)
_ANNEX_NUMBER = re.compile(rf"附件\s*({_N})")
_PART = re.compile(rf"附件\s*({_N})|正文|总方案")
_NEXT_TO = re.compile("(?:部分|里面?|中|的|第|[、,])*")
_ONLY_ADDRESS = re.compile("[第()零一二三四五六七八九十百0-9、条项点款部分]+")
_POINTS = re.compile(r"\(1\).+\(2\)")
_QUOTED = re.compile('“[^”]*”|「[^」]*」|"[^"]*"')


@dataclass(frozen=True)
class _Step:
    start: int
    words: str
    number: int
    ranks: tuple[str, ...]


def answer(query: Query, library: Library) -> Draft | None:
    """The clause at the address, whole; None when the question names no address."""
    if special := _by_path(query, library) or _absent_annex(query, library):
        return special
    asked = without_asides(query.asked)
    folded = fold(_QUOTED.sub(lambda m: "，" * len(m[0]), asked))
    folded = folded if len(_steps_in(folded)) > 1 else fold(_QUOTED.sub(_blank, asked))
    if _POINTS.search(folded):
        return None  # the question itself counts its points off
    steps = _together(_steps_in(folded), folded)
    query = _at_nearest_part(query, folded, steps)
    if not steps or (
        len(steps) == 1 and not query.scope.places and not query.scope.documents and not _only_reference(query, steps)
    ):
        return None
    documents = [d for d in library.corpus.documents if _in_question(d, query, library)]
    if several := _several(steps, folded):
        return _each(several, documents, query)
    if inside := _inside_article(steps, documents):
        return inside
    matches = [(d, node) for d in documents for node in _at(d, steps, query)]
    if len(matches) != 1 and len(steps) > 1 and len(below := _below_heading(documents, steps, query, folded)) == 1:
        matches = below
    if len(matches) > 1:
        matches = _by_heading(matches, fold(query.asked)) or matches
    if len(matches) > 1:
        matches = _by_words(matches, query, steps)
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


def _blank(quoted: re.Match[str]) -> str:
    """Quoted words are no address, unless they are one: “(四)”下面的第1条."""
    return quoted[0] if _ONLY_ADDRESS.fullmatch(fold(quoted[0][1:-1])) else "，" * len(quoted[0])


def _at_nearest_part(query: Query, folded: str, steps: Sequence[_Step]) -> Query:
    """正文四(三)看过了, 要附件1的四(三): the part named last before the address is the one meant."""
    if not steps:
        return query
    named = [*_PART.finditer(folded, 0, steps[0].start)]
    if len({found[0] for found in named}) < _PAIR or not _NEXT_TO.fullmatch(folded, named[-1].end(), steps[0].start):
        return query
    number = named[-1][1]
    parts = tuple(f"附件{form}" for form in both_numerals(number)) if number else ("正文",)
    return replace(query, scope=replace(query.scope, parts=parts, strict_parts=True))


def _below_heading(
    documents: Sequence[Document], steps: Sequence[_Step], query: Query, folded: str
) -> list[tuple[Document, Node]]:
    """重点任务的第一大点下面头一条: counted off below a heading that is named, whatever its items are numbered by."""
    rows = []
    for document in documents:
        headings = [
            n for n in document.nodes
            if (not query.scope.parts or n.path.split("/")[0] in query.scope.parts)
            and len(_bare(fold(n.heading))) > 1 and _bare(fold(n.heading)) in folded
        ]  # fmt: skip
        for heading in headings:
            node: Node | None = heading
            for step in steps:
                children = document.children(node.path) if node else ()
                node = children[step.number - 1] if 0 < step.number <= len(children) else None
            rows += [(document, node)] if node else []
    return rows


def _absent_annex(query: Query, library: Library) -> Draft | None:
    """附件五 of a document that has four: says so, and which there are."""
    found = _ANNEX_NUMBER.search(fold(query.asked))
    documents = [d for d in library.corpus.documents if _in_question(d, query, library)]
    if found is None or len(documents) != 1:
        return None
    document, number = documents[0], number_of(found[1])
    marks = [n for n in document.nodes if n.path.endswith("/标题") and not n.path.startswith("正文")]
    if any((label := re.search(rf"{_N}", node.path)) and number_of(label[0]) == number for node in marks):
        return None
    listed = next((n for n in document.clauses if n.path.endswith(("附件清单", "标题"))), None)
    listed = next((n for n in document.clauses if n.path.endswith("附件清单")), listed)
    if listed is None:
        return None
    known = "；".join(node.label.split(" > ")[0] for node in marks) or "无"
    text = MESSAGES["no_such_annex"].format(title=short_title(document), annex=found[0], count=len(marks), known=known)
    return Draft("answered", f"{text}[1]", (Evidence(listed, 0, len(listed.text)),), lists_departments=False)


def _several(steps: Sequence[_Step], folded: str) -> list[_Step]:
    """第3条和第4条, 第3到第5条: steps of one kind side by side, ranges filled in; empty when they nest instead."""
    if len(steps) != _PAIR or steps[0].ranks != steps[1].ranks:
        return []
    first, last = steps
    between = folded[first.start + len(first.words) : last.start]
    if re.fullmatch(r"\s*(?:和|与|跟|、|及|以及|还有)\s*", between):
        return [first, last]
    if re.fullmatch(r"\s*(?:到|至|-)\s*", between) and first.number < last.number <= first.number + _RANGE:
        return [replace(first, number=number) for number in range(first.number, last.number + 1)]
    return []


def _each(steps: Sequence[_Step], documents: Sequence[Document], query: Query) -> Draft | None:
    """The clauses of several numbers, one under the other."""
    rows = []
    for step in steps:
        matches = [(d, node) for d in documents for node in _at(d, [step], query)]
        matches = _by_heading(matches, fold(query.asked)) or matches if len(matches) > 1 else matches
        if len(matches) != 1:
            return None
        rows.append(matches[0])
    asked = "departments" in query.asks
    evidence = tuple(opening(node) if not asked else _bracket(node) for _, node in rows)
    pieces = []
    for n, ((document, node), item) in enumerate(zip(rows, evidence, strict=True), start=1):
        topic = place_and_topic(node, document)
        named = responsibility(topic, node.departments) if asked and node.departments else f"“{item.quote}”"
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


def _only_reference(query: Query, steps: Sequence[_Step]) -> bool:
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


def _steps_in(folded: str) -> list[_Step]:
    rows: list[_Step] = []
    for pattern, ranks in _STEPS:
        for found in pattern.finditer(folded):
            number = number_of(next(group for group in found.groups() if group))
            taken = any(found.start() < step.start + len(step.words) and step.start < found.end() for step in rows)
            if number is not None and found[0] and not taken:
                rows.append(_Step(found.start(), found[0], number, ranks))
    return sorted(rows, key=lambda step: step.start)


def _together(steps: Sequence[_Step], folded: str) -> list[_Step]:
    """The steps of one address: of several stretches of them the longest, and the later of equals."""
    stretches: list[list[_Step]] = []
    for step in steps:
        before = stretches[-1][-1] if stretches else None
        gap = folded[before.start + len(before.words) : step.start] if before else ""
        near = len(gap) <= _GAP and not re.search("[,。;?!—]", gap)
        if before and (near or max(_depths(step)) > min(_depths(before))):
            stretches[-1].append(step)
        else:
            stretches.append([step])
    addresses = [steps for steps in stretches if not _counts_off(steps)]
    return max(reversed(addresses), key=len, default=[])


def _counts_off(steps: Sequence[_Step]) -> bool:
    """都有（一）（二）（三）: numbers of one kind one after another are no address; two of them are a pair."""
    kinds = [shape for step in steps if (shape := re.sub(rf"{_N}|[、,.\\s]", "", step.words))]
    return len(set(kinds)) < len(kinds) and len(kinds) != _PAIR


def _depths(step: _Step) -> list[int]:
    """How deep in a document a step of this kind can lie."""
    return [_DEPTHS.index(rank) for rank in step.ranks if rank in _DEPTHS] or [0]


def _at(document: Document, steps: Sequence[_Step], query: Query) -> list[Node]:
    """The nodes whose last number is the last step's, with the earlier steps above it."""
    parts = query.scope.parts
    here = [n for n in document.nodes if not parts or n.path.split("/")[0] in parts]
    *above, last = steps
    found = {
        rank: [
            n for n in here if _numbered(n.path.split("/")[-1], rank, last.number) and _has_above(n, above, document)
        ]
        for rank in last.ranks
    }
    named = _by_heading([(document, n) for rows in found.values() for n in rows], fold(query.asked))
    if len(named) == 1:
        return [named[0][1]]
    return next((rows for rows in found.values() if rows), [])


def _numbered(step: str, rank: str, number: int) -> bool:
    label = _label(step, rank)
    return label is not None and label.number == number


def _label(step: str, rank: str) -> Label | None:
    """What the step of a path is numbered as, when it is of this rank."""
    label = label_at(re.sub(r"~\d+$", "", step) + ("、" if rank in ("一、", "1.") else ":" if rank == "专项1" else ""))
    return label if label is not None and label.rank.name == rank else None


def _has_above(node: Node, above: Sequence[_Step], document: Document) -> bool:
    """Each earlier step stands in the path or among the chapters, in order."""
    chain = [*node.path.split("/")[:-1]]
    parent = document.node(node.parent) if node.parent else None
    while parent is not None:
        if parent.path.split("/")[-1] not in chain:
            chain.insert(0, parent.path.split("/")[-1])
        parent = document.node(parent.parent) if parent.parent else None
    position = 0
    for step in above:
        found = next(
            (
                i
                for i in range(position, len(chain))
                if any(_numbered(chain[i], rank, step.number) for rank in step.ranks)
            ),
            None,
        )
        if found is None:
            return False
        position = found + 1
    return True


def _inside_article(steps: Sequence[_Step], documents: Sequence[Document]) -> Draft | None:
    """第十五条第二款第（一）项: the paragraph or item alone; said to be missing where the article has none such."""
    if len(steps) == 1 or not steps[0].words.endswith("条"):
        return None
    rows = [(d, n) for d in documents for n in d.nodes if _numbered(n.path, "第一条", steps[0].number)]
    if len(rows) != 1:
        return None
    document, article = rows[0]
    address = find(document, "/".join([article.path, *map(_inner_step, steps[1:])]))
    if address is None:
        spoken = "".join(step.words for step in steps)
        text = MESSAGES["no_such_paragraph"].format(document=f"《{short_title(document)}》", address=spoken)
        return Draft("answered", f"{text}[1]", (_first_line(article),), lists_departments=False)
    quote = Evidence(article, address.start, address.end, address.sub_path)
    return Draft("answered", f"“{quote.quote}”[1]", (quote,))


def _inner_step(step: _Step) -> str:
    """第二款 as it is; 第一项 and 第(一)项 as items are printed."""
    return f"第{numeral_of(step.number)}款" if step.words.endswith("款") else f"({numeral_of(step.number)})"


def _by_heading(matches: Sequence[tuple[Document, Node]], folded: str) -> list[tuple[Document, Node]]:
    """Of several, those under the headings that the question names."""
    scored = []
    for document, node in matches:
        headings = fold(node.label).split(" > ")[:-1]
        named = sum(1 for heading in headings if len(_bare(heading)) > 1 and _bare(heading) in folded)
        scored.append((named, document, node))
    best = max((named for named, *_ in scored), default=0)
    return [(document, node) for named, document, node in scored if named == best] if best else []


def _by_words(
    matches: Sequence[tuple[Document, Node]], query: Query, steps: Sequence[_Step]
) -> list[tuple[Document, Node]]:
    """Of several, the one that has most of the question's other words, when it has clearly more than the next."""
    rest = query.residue_without(*(step.words for step in steps))
    fits = [pair_coverage(rest, fold(node.label + node.text)) for _, node in matches]
    order = sorted(range(len(fits)), key=fits.__getitem__, reverse=True)
    clear = len(rest) > 1 and fits[order[0]] - fits[order[1]] >= _CLEARLY
    return [matches[order[0]]] if clear else list(matches)


def _bare(heading: str) -> str:
    return re.sub(r"^[^一-鿿]*[一二三四五六七八九十]*[、)）.]?", "", heading).strip()


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
    return Draft("answered", f"{lead}“{quote.quote}”[1]", (quote,))


def _contents(document: Document, node: Node, children: Sequence[Node]) -> Draft:
    evidence = tuple(Evidence(child, 0, len(child.text.split("。")[0].split("\n")[0])) for child in children)
    names = "；".join(f"{topic_of(child)}[{n}]" for n, child in enumerate(children, start=1))
    text = (
        MESSAGES["list"].format(heading=f"{short_title(document)}“{node.heading}”", total=len(children)) + names + "。"
    )
    return Draft("answered", text, evidence, facts={"kind": "list", "total": len(children), "complete": True})


def _missing(query: Query, steps: Sequence[_Step], documents: Sequence[Document]) -> Draft | None:
    """What isn't there, and what is: cited is the nearest neighbour of the same numbering."""
    if len(documents) != 1:
        return None
    document, last = documents[0], steps[-1]
    for rank in last.ranks:
        rows = _of_rank(document, rank, query)
        if not rows:
            continue
        _, nearest = min(rows, key=lambda row: abs(row[0] - last.number))
        nearest = next((n for n in (nearest, *document.under(nearest.path)) if not n.heading_only), nearest)
        address = "".join(step.words for step in steps)
        text = MESSAGES["no_such_clause"].format(
            document=f"《{short_title(document)}》", address=address, last=_own_step(rows[-1][1])
        )
        return Draft("answered", f"{text}[1]", (_first_line(nearest),), lists_departments=False)
    return None


def _of_rank(document: Document, rank: str, query: Query) -> list[tuple[int, Node]]:
    """The nodes numbered in this way, by number, in the part that the question names."""
    parts = query.scope.parts
    here = [n for n in document.nodes if not parts or n.path.split("/")[0] in parts]
    labels = [(n, _label(_own_step(n), rank)) for n in here]
    rows = {label.number: n for n, label in reversed(labels) if label is not None and label.number is not None}
    return sorted(rows.items(), key=lambda row: row[0])


def _own_step(node: Node) -> str:
    return node.path.split("/")[-1]


def _first_line(node: Node) -> Evidence:
    return Evidence(node, 0, len(node.text.split("。")[0].split("\n")[0]))
